import { type Priority, priorities } from '@/server/domain/scale.ts';
import { mapFonts } from '../base-words.ts';
import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, inkTokens, type MapTheme, priorityFill } from '../tokens.ts';
import { createFeatureLayer, pointFeature, pointOf } from './feature-layer.ts';
import { type Made, paint } from './mark-images.ts';

/** What a device or a road says at one place; nobody has filed anything. */
export type AlertMark = {
  readonly id: string;
  readonly lonLat: LonLat;
  readonly priority: Priority;
  readonly text: string;
  readonly reality: 'actual' | 'exercise' | 'test';
};
export type AlertLayer = MapLayer & { show(alerts: readonly AlertMark[]): void };

const imageId = (priority: string, unreal: boolean) => `alert-${priority}${unreal ? '-unreal' : ''}`;
export const alertHue = (theme: MapTheme, priority: Priority): string =>
  priority === 'P4' ? inkTokens(theme).lineStrong : priorityFill(theme, priority).fill;

/** A pennant on its pole, whose foot is the place. */
function alertImage(theme: MapTheme, of: { priority: Priority; unreal: boolean; scale: number }): Made {
  const { priority, unreal, scale } = of;
  const [width, height] = [24 * scale, 26 * scale];
  const foot = 6 * scale;
  return paint(width, height, (brush) => {
    brush.lineJoin = 'round';
    brush.lineCap = 'round';
    const draw = () => {
      brush.beginPath();
      brush.moveTo(foot, 23 * scale);
      brush.lineTo(foot, 4 * scale);
      brush.lineTo(20 * scale, 8.5 * scale);
      brush.lineTo(foot, 13.5 * scale);
    };
    draw();
    brush.strokeStyle = theme === 'light' ? '#ffffff' : baseTokens(theme).halo;
    brush.lineWidth = 4.4 * scale;
    brush.stroke();
    brush.fillStyle = unreal ? inkTokens(theme).panel : alertHue(theme, priority);
    brush.fill();
    brush.strokeStyle = theme === 'light' && priority === 'P3' ? '#7a6304' : alertHue(theme, priority);
    brush.lineWidth = 1.8 * scale;
    if (unreal) brush.setLineDash([2.6 * scale, 2.4 * scale]);
    brush.stroke();
  });
}

export function createAlertLayer({ scale = 1, id = 'alerts' }: { scale?: number; id?: string } = {}): AlertLayer {
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.alerts',
    legend: priorities.map((priority) => ({
      words: `domain.priority.${priority}`,
      mark: { draw: 'alert', priority },
    })),
    pickable: { layers: [id], radius: 3, read: pointOf },
    look: (theme) => ({
      images: priorities.flatMap((priority) =>
        [false, true].map((unreal) => ({
          id: imageId(priority, unreal),
          ...alertImage(theme, { priority, unreal, scale }),
        })),
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
              'icon-anchor': 'bottom-left',
              'icon-offset': [-6 * scale, 3 * scale],
              'icon-allow-overlap': true,
              'icon-ignore-placement': true,
              'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.7, 12, 1],
              'symbol-sort-key': ['get', 'order'],
              'text-field': ['step', ['zoom'], '', 12, ['get', 'text']],
              'text-font': mapFonts.regular,
              'text-size': 10.5 * scale,
              'text-anchor': 'top-left',
              'text-offset': [0.4, 0.2],
              'text-max-width': 12,
              'text-optional': true,
            },
            paint: {
              'text-color': baseTokens(theme).label,
              'text-halo-color': baseTokens(theme).halo,
              'text-halo-width': 1.5 * scale,
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(alerts) {
      layer.setData({
        type: 'FeatureCollection',
        features: alerts.map(({ id: alert, lonLat, priority, text, reality }) =>
          pointFeature(lonLat, {
            id: alert,
            text,
            image: imageId(priority, reality !== 'actual'),
            order: priorities.length - priorities.indexOf(priority),
          }),
        ),
      });
    },
  };
}
