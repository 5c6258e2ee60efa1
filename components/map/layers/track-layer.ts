import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, type MapTheme, unitColour } from '../tokens.ts';
import { createFeatureLayer } from './feature-layer.ts';

/** Ways that were driven, each a line of its own: between two lines nobody knows. */
export type TrackLine = { readonly id: string; readonly points: readonly LonLat[]; readonly strong: boolean };
export type TrackLayer = MapLayer & { show(lines: readonly TrackLine[]): void };

export function createTrackLayer({ scale = 1, id = 'tracks' }: { scale?: number; id?: string } = {}): TrackLayer {
  const strong = (yes: unknown, no: unknown) => ['case', ['get', 'strong'], yes, no] as never;
  const layer = createFeatureLayer({
    id,
    words: 'review.map.tracks',
    legend: [{ words: 'review.map.tracks', mark: { draw: 'link' } }],
    look: (theme: MapTheme) => ({
      layers: [
        {
          storey: 'marks',
          spec: {
            id: `${id}-casing`,
            type: 'line',
            source: id,
            layout: { 'line-cap': 'round', 'line-join': 'round' },
            paint: {
              'line-color': baseTokens(theme).halo,
              'line-width': strong(6 * scale, 4.4 * scale),
              'line-opacity': 0.8,
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-line`,
            type: 'line',
            source: id,
            layout: { 'line-cap': 'round', 'line-join': 'round' },
            paint: {
              'line-color': unitColour(theme, 'enRoute'),
              'line-width': strong(3.2 * scale, 1.8 * scale),
              'line-opacity': strong(1, 0.75),
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(lines) {
      layer.setData({
        type: 'FeatureCollection',
        features: lines.map(({ id: unit, points, strong: emphasis }) => ({
          type: 'Feature',
          properties: { id: unit, strong: emphasis },
          geometry: { type: 'LineString', coordinates: points.map(([lon, lat]) => [lon, lat]) },
        })),
      });
    },
  };
}
