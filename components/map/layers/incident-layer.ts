import { type Priority, priorities } from '@/server/domain/scale.ts';
import { mapFonts } from '../base-words.ts';
import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens } from '../tokens.ts';
import { createFeatureLayer, pointFeature, pointOf } from './feature-layer.ts';
import { incidentImage, incidentImageId } from './mark-images.ts';

export type IncidentMark = {
  id: string;
  lonLat: LonLat;
  priority: Priority;
  /** What stands beside it when near: its number or kind, ready to read. */
  text: string;
  /** Suspended, transferred, closed: there, but not asking for anybody. */
  muted: boolean;
  reality: 'actual' | 'exercise' | 'test';
};
export type IncidentLayer = MapLayer & { show(incidents: readonly IncidentMark[]): void };

const flags = [false, true] as const;

/** Incidents: colour, outline and P1–P4 together; the more urgent lies on top and is never left out. */
export function createIncidentLayer({
  scale = 1,
  id = 'incidents',
}: {
  scale?: number;
  id?: string;
} = {}): IncidentLayer {
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.incidents',
    legend: priorities.map((priority) => ({
      words: `domain.priority.${priority}`,
      mark: { draw: 'incident', priority },
    })),
    pickable: { layers: [id], radius: 3, read: pointOf },
    look: (theme) => ({
      images: priorities.flatMap((priority) =>
        flags.flatMap((muted) =>
          flags.map((unreal) => ({
            id: incidentImageId(priority, muted, unreal),
            ...incidentImage({ theme, priority, scale, muted, unreal }),
          })),
        ),
      ),
      layers: [
        {
          storey: 'marks',
          spec: {
            id,
            type: 'symbol',
            source: id,
            layout: {
              'icon-image': ['get', 'image'],
              'icon-anchor': 'bottom',
              'icon-size': ['interpolate', ['linear'], ['zoom'], 8.5, 0.7, 11, 1],
              'icon-allow-overlap': true,
              'icon-ignore-placement': true,
              'icon-offset': [0, 3 * scale],
              'symbol-sort-key': ['get', 'order'],
              'text-field': ['step', ['zoom'], '', 11.5, ['get', 'text']],
              'text-font': mapFonts.medium,
              'text-size': 11.5 * scale,
              'text-anchor': 'left',
              // Clear of the ring around what is selected.
              'text-offset': [2.3, -1.6],
              'text-max-width': 14,
              'text-justify': 'left',
              'text-optional': true,
            },
            paint: {
              'text-color': baseTokens(theme).label,
              'text-halo-color': baseTokens(theme).halo,
              'text-halo-width': 1.6 * scale,
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(incidents) {
      layer.setData({
        type: 'FeatureCollection',
        features: incidents.map(({ lonLat, priority, muted, reality, text, id: incident }) =>
          pointFeature(lonLat, {
            id: incident,
            text,
            image: incidentImageId(priority, muted, reality !== 'actual'),
            order: (muted ? 0 : 10) + priorities.length - priorities.indexOf(priority),
          }),
        ),
      });
    },
  };
}
