import { type Priority, priorities } from '@/server/domain/scale.ts';
import { signalKinds } from '@/server/domain/signal.ts';
import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { createFeatureLayer, pointFeature, pointOf } from './feature-layer.ts';
import { signalImage, signalImageId } from './mark-images.ts';

export type SignalKind = (typeof signalKinds)[number];
export type SignalMark = {
  id: string;
  lonLat: LonLat;
  kind: SignalKind;
  priority: Priority;
  reality: 'actual' | 'exercise' | 'test';
};
export type SignalLayer = MapLayer & {
  show(signals: readonly SignalMark[]): void;
  /** One or two letters for each kind, in the reader's language. */
  setSigns(signs: Record<SignalKind, string>): void;
};

const flags = [false, true] as const;

/** Open signals: a bubble in outline, so that nobody takes what was said for what was filed. */
export function createSignalLayer(
  firstSigns: Record<SignalKind, string>,
  { scale = 1, id = 'signals' }: { scale?: number; id?: string } = {},
): SignalLayer {
  let signs = firstSigns;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.signals',
    legend: priorities.map((priority) => ({
      words: `domain.priority.${priority}`,
      mark: { draw: 'signal', priority },
    })),
    pickable: { layers: [id], radius: 3, read: pointOf },
    look: (theme) => ({
      images: signalKinds.flatMap((kind) =>
        priorities.flatMap((priority) =>
          flags.map((unreal) => ({
            id: signalImageId(kind, priority, unreal),
            ...signalImage({ theme, priority, scale, unreal }, signs[kind]),
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
              'icon-allow-overlap': true,
              'icon-ignore-placement': true,
              'icon-offset': [0, 2 * scale],
              'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.72, 12, 1],
              'symbol-sort-key': ['get', 'order'],
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(signals) {
      layer.setData({
        type: 'FeatureCollection',
        features: signals.map(({ id: signal, lonLat, kind, priority, reality }) =>
          pointFeature(lonLat, {
            id: signal,
            image: signalImageId(kind, priority, reality !== 'actual'),
            order: priorities.length - priorities.indexOf(priority),
          }),
        ),
      });
    },
    setSigns(next) {
      signs = next;
      layer.changed();
    },
  };
}
