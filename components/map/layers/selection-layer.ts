import type { LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, inkTokens } from '../tokens.ts';
import { createFeatureLayer } from './feature-layer.ts';
import { placeImage } from './mark-images.ts';

export type Link = { from: LonLat; to: LonLat };
export type Selection = {
  /** Where the operator points: a place being chosen. */
  place: LonLat | null;
  /** What is selected: an incident or a signal. Units carry their own ring. */
  focus: LonLat | null;
  /** From a unit to where it is sent. */
  links: readonly Link[];
};
export type SelectionLayer = MapLayer & { show(selection: Selection): void };

export const nothingSelected: Selection = { place: null, focus: null, links: [] };

/** What the operator works on, above everything else. */
export function createSelectionLayer({
  scale = 1,
  id = 'selection',
}: {
  scale?: number;
  id?: string;
} = {}): SelectionLayer {
  const image = `${id}-place`;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.selection',
    legend: [
      { words: 'map.legend.place', mark: { draw: 'place' } },
      { words: 'map.legend.link', mark: { draw: 'link' } },
    ],
    look: (theme) => ({
      images: [{ id: image, ...placeImage(theme, scale) }],
      layers: [
        {
          storey: 'marks',
          spec: {
            id: `${id}-link-casing`,
            type: 'line',
            source: id,
            filter: ['==', ['get', 'is'], 'link'],
            layout: { 'line-cap': 'round' },
            paint: { 'line-color': baseTokens(theme).halo, 'line-width': 5 * scale, 'line-opacity': 0.8 },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-link`,
            type: 'line',
            source: id,
            filter: ['==', ['get', 'is'], 'link'],
            paint: {
              'line-color': inkTokens(theme).selection,
              'line-width': 1.8 * scale,
              'line-dasharray': [2.4, 1.8],
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-focus`,
            type: 'circle',
            source: id,
            filter: ['==', ['get', 'is'], 'focus'],
            paint: {
              'circle-radius': ['interpolate', ['linear'], ['zoom'], 8.5, 14 * scale, 11, 20 * scale],
              'circle-translate': [
                'interpolate',
                ['linear'],
                ['zoom'],
                8.5,
                ['literal', [0, -15 * scale]],
                11,
                ['literal', [0, -22 * scale]],
              ] as never,
              'circle-color': 'rgba(0, 0, 0, 0)',
              'circle-stroke-color': inkTokens(theme).selection,
              'circle-stroke-width': 2.4 * scale,
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-mark`,
            type: 'symbol',
            source: id,
            filter: ['==', ['get', 'is'], 'place'],
            layout: { 'icon-image': image, 'icon-allow-overlap': true, 'icon-ignore-placement': true },
          },
        },
      ],
    }),
  });
  const point = (is: string, at: LonLat): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { is },
    geometry: { type: 'Point', coordinates: at },
  });
  return {
    ...layer,
    show({ place, focus, links }) {
      layer.setData({
        type: 'FeatureCollection',
        features: [
          ...links.map(
            ({ from, to }): GeoJSON.Feature => ({
              type: 'Feature',
              properties: { is: 'link' },
              geometry: { type: 'LineString', coordinates: [from, to] },
            }),
          ),
          ...(focus ? [point('focus', focus)] : []),
          ...(place ? [point('place', place)] : []),
        ],
      });
    },
  };
}
