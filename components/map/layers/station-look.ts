import { type ReadingState, thresholdLevels } from '@/server/domain/station.ts';
import { freshnessClasses } from '@/server/wire/frame.ts';
import { mapFonts } from '../base-words.ts';
import { baseTokens, inkTokens, type MapTheme } from '../tokens.ts';
import type { Look } from './feature-layer.ts';
import { singleZoom } from './gather-stations.ts';
import { stationHue, stationImage, stationImageId } from './station-shapes.ts';

export const readingStates: readonly ReadingState[] = ['normal', ...thresholdLevels];

const valueInk = (theme: MapTheme, state: ReadingState): string =>
  theme === 'light' && state === 'alarm' ? '#8a4209' : stationHue(theme, state).hue;

/** Groups, marks with their sign, values: everything of the station layer that hangs on the theme. */
export function stationLook(theme: MapTheme, { id, scale }: { id: string; scale: number }): Look {
  const grouped = ['has', 'count'] as never;
  const single = ['!', grouped] as never;
  return {
    images: readingStates.flatMap((state) =>
      freshnessClasses.map((freshness) => ({
        id: stationImageId(state, freshness),
        ...stationImage(theme, { state, freshness, scale }),
      })),
    ),
    layers: [
      {
        storey: 'marks',
        spec: {
          id: `${id}-groups`,
          type: 'circle',
          source: id,
          filter: grouped,
          paint: {
            'circle-radius': ['interpolate', ['linear'], ['get', 'count'], 2, 8 * scale, 100, 15 * scale],
            'circle-color': inkTokens(theme).panel,
            'circle-opacity': 0.72,
            'circle-stroke-width': 1.1 * scale,
            'circle-stroke-color': ['case', ['get', 'silent'], inkTokens(theme).ink, inkTokens(theme).lineStrong],
            'circle-stroke-opacity': 0.8,
          },
        },
      },
      {
        storey: 'marks',
        spec: {
          id: `${id}-counts`,
          type: 'symbol',
          source: id,
          filter: grouped,
          layout: {
            'text-field': ['to-string', ['get', 'count']],
            'text-font': mapFonts.medium,
            'text-size': 9.5 * scale,
            'text-allow-overlap': true,
            'text-ignore-placement': true,
          },
          paint: { 'text-color': baseTokens(theme).labelSoft },
        },
      },
      {
        storey: 'marks',
        spec: {
          id: `${id}-marks`,
          type: 'symbol',
          source: id,
          filter: single,
          layout: {
            'icon-image': ['get', 'image'],
            'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.72, 12, 0.9, 14, 1],
            'icon-allow-overlap': true,
            'icon-ignore-placement': true,
            'symbol-sort-key': ['get', 'order'],
            // A sign in a small broken outline would be noise.
            'text-field': ['step', ['zoom'], ['case', ['get', 'quiet'], '', ['get', 'sign']], 12, ['get', 'sign']],
            'text-font': mapFonts.medium,
            'text-size': ['interpolate', ['linear'], ['zoom'], 9, 6.4 * scale, 12, 8 * scale, 14, 9 * scale],
            'text-offset': [0, 0.04],
            'text-allow-overlap': true,
            'text-ignore-placement': true,
          },
          paint: {
            'text-color': [
              'case',
              ['get', 'hollow'],
              inkTokens(theme).ink,
              [
                'match',
                ['get', 'state'],
                ...thresholdLevels.flatMap((level) => [level, stationHue(theme, level).ink]),
                stationHue(theme, 'normal').ink,
              ],
            ] as never,
          },
        },
      },
      {
        storey: 'marks',
        spec: {
          id: `${id}-values`,
          type: 'symbol',
          source: id,
          filter: ['all', single, ['!=', ['get', 'text'], '']] as never,
          layout: {
            // What is abnormal says how much from afar, the others when near.
            'text-field': [
              'step',
              ['zoom'],
              ['case', ['get', 'loud'], ['get', 'text'], ''],
              10,
              ['case', ['get', 'abnormal'], ['get', 'text'], ''],
              singleZoom,
              ['get', 'text'],
            ],
            'text-font': mapFonts.medium,
            'text-size': 10.5 * scale,
            'text-anchor': 'top',
            'text-offset': [0, 0.95],
            'text-padding': 1,
            'text-max-width': 12,
            'symbol-sort-key': ['-', 0, ['get', 'order']],
          },
          paint: {
            'text-color': [
              'match',
              ['get', 'state'],
              ...thresholdLevels.flatMap((level) => [level, valueInk(theme, level)]),
              baseTokens(theme).labelSoft,
            ] as never,
            'text-halo-color': baseTokens(theme).halo,
            'text-halo-width': 1.6 * scale,
          },
        },
      },
    ],
  };
}
