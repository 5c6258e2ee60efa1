import type { StationKind } from '@/server/domain/station.ts';
import { freshnessClasses } from '@/server/wire/frame.ts';
import type { LegendEntry, MapLayer } from '../map-layer.ts';
import type { MapSurface } from '../map-surface.ts';
import { createFeatureLayer, pointFeature, pointOf } from './feature-layer.ts';
import { gatherStations, type StationMark } from './gather-stations.ts';
import { readingStates, stationLook } from './station-look.ts';
import { stationImageId } from './station-shapes.ts';

export type StationLayer = MapLayer & { show(stations: readonly StationMark[]): void };
export type StationSigns = Readonly<Record<StationKind, string>>;
export type StationLayerOptions = { scale?: number; id?: string };

export const stationLegend: readonly LegendEntry[] = [
  ...readingStates.map(
    (state): LegendEntry => ({
      words: `domain.readingState.${state}`,
      mark: { draw: 'station', state, freshness: 'fresh' },
    }),
  ),
  ...freshnessClasses
    .filter((freshness) => freshness !== 'fresh')
    .map(
      (freshness): LegendEntry => ({
        words: `domain.freshness.${freshness}`,
        mark: { draw: 'station', state: 'normal', freshness },
      }),
    ),
];

/** Marks and groups as one source; what is worse lies on top. */
export function stationFeatures(
  stations: readonly StationMark[],
  zoom: number,
  signs: StationSigns,
): GeoJSON.FeatureCollection {
  const { marks, groups } = gatherStations(stations, zoom);
  return {
    type: 'FeatureCollection',
    features: [
      ...groups.map(({ id, lonLat, count, silent }) => pointFeature(lonLat, { id, count, silent: silent > 0 })),
      ...marks.map(({ id, lonLat, kind, state, freshness, text }) =>
        pointFeature(lonLat, {
          ...{ id, state, text, sign: signs[kind], image: stationImageId(state, freshness) },
          order: readingStates.indexOf(state),
          abnormal: state !== 'normal',
          loud: state === 'alarm' || state === 'severe',
          hollow: freshness === 'stale' || freshness === 'unknown',
          quiet: state === 'normal' && freshness === 'unknown',
        }),
      ),
    ],
  };
}

/** Stations by kind (the sign in the mark), state (colour and outline) and freshness (fill); the value beside it when near. */
export function createStationLayer(
  signs: StationSigns,
  { scale = 1, id = 'stations' }: StationLayerOptions = {},
): StationLayer {
  let stations: readonly StationMark[] = [];
  let surface: MapSurface | null = null;
  let drawn = '';
  let off: () => void = () => undefined;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.stations',
    legend: stationLegend,
    pickable: { layers: [`${id}-marks`, `${id}-groups`], radius: 4, read: pointOf },
    look: (theme) => stationLook(theme, { id, scale }),
  });

  function draw(): void {
    if (!surface) return;
    // Large marks of a large screen gather as early as small ones do.
    const next = stationFeatures(stations, surface.camera().zoom - Math.log2(scale), signs);
    const key = JSON.stringify(next);
    // The engine cuts and lays out a source anew at each setData: not for what looks the same.
    if (key === drawn) return;
    drawn = key;
    layer.setData(next);
  }

  return {
    ...layer,
    attach(to, theme) {
      surface = to;
      layer.attach(to, theme);
      off = to.on('rest', draw);
      draw();
    },
    detach() {
      off();
      surface = null;
      layer.detach();
    },
    show(next) {
      stations = next;
      draw();
    },
  };
}
