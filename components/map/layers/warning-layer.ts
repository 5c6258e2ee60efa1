import { warningColours } from '@/server/domain/scale.ts';
import { mapFonts } from '../base-words.ts';
import { bboxAround, type LonLat } from '../geometry.ts';
import type { MapLayer } from '../map-layer.ts';
import { baseTokens, type MapTheme, type WarningColour, warningHue } from '../tokens.ts';
import { createFeatureLayer, pointOf } from './feature-layer.ts';
import { hatchImage, hatchImageId } from './mark-images.ts';

export type WarningMark = {
  id: string;
  colour: WarningColour;
  /** Headline as it shall be read on the map. */
  text: string;
  geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon;
  reality: 'actual' | 'exercise' | 'test';
};
export type WarningLayer = MapLayer & { show(warnings: readonly WarningMark[]): void };

const byColour = (theme: MapTheme) =>
  [
    'match',
    ['get', 'colour'],
    ...warningColours.flatMap((colour) => [colour, warningHue(theme, colour)]),
    baseTokens(theme).labelSoft,
  ] as never;

/** Warning areas: colour, a hatch of their own, an outline and the headline. Exercises have no fill and say so. */
export function createWarningLayer({ scale = 1, id = 'warnings' }: { scale?: number; id?: string } = {}): WarningLayer {
  const area = ['==', ['geometry-type'], 'Polygon'] as never;
  const layer = createFeatureLayer({
    id,
    words: 'map.layers.warnings',
    legend: warningColours.map((colour) => ({
      words: `domain.warningColour.${colour}`,
      mark: { draw: 'warning', colour },
    })),
    pickable: { layers: [`${id}-words`, `${id}-edge`], radius: 5, read: pointOf },
    look: (theme) => ({
      images: warningColours.map((colour) => ({ id: hatchImageId(colour), ...hatchImage(theme, colour) })),
      layers: [
        {
          storey: 'areas',
          spec: {
            id: `${id}-fill`,
            type: 'fill',
            source: id,
            filter: ['all', area, ['==', ['get', 'real'], true]] as never,
            paint: {
              'fill-pattern': ['concat', 'hatch-', ['get', 'colour']],
              // A warning for the whole city must not hide the city: the nearer, the fainter; the outline and the words stay.
              'fill-opacity': ['interpolate', ['linear'], ['zoom'], 8.5, 0.5, 10.5, 0.3, 12.5, 0.1],
            },
          },
        },
        {
          storey: 'areas',
          spec: {
            id: `${id}-edge`,
            type: 'line',
            source: id,
            filter: area,
            layout: { 'line-join': 'round' },
            paint: {
              'line-color': byColour(theme),
              'line-width': ['case', ['get', 'real'], 2 * scale, 1.2 * scale],
              'line-dasharray': [3, 1.4],
              'line-opacity': ['case', ['get', 'real'], 0.95, 0.6],
            },
          },
        },
        {
          storey: 'marks',
          spec: {
            id: `${id}-words`,
            type: 'symbol',
            source: id,
            filter: ['==', ['geometry-type'], 'Point'] as never,
            layout: {
              'text-field': ['get', 'text'],
              'text-font': mapFonts.bold,
              'text-size': 12.5 * scale,
              'text-max-width': 16,
              'text-padding': 4,
              'symbol-sort-key': ['get', 'order'],
            },
            paint: {
              'text-color': byColour(theme),
              'text-halo-color': baseTokens(theme).halo,
              'text-halo-width': 2 * scale,
            },
          },
        },
      ],
    }),
  });
  return {
    ...layer,
    show(warnings) {
      layer.setData({
        type: 'FeatureCollection',
        features: warnings.flatMap(({ id: warning, colour, text, geometry, reality }): GeoJSON.Feature[] => {
          const at = topOf(geometry);
          if (!at) return [];
          const properties = {
            id: warning,
            colour,
            text,
            real: reality === 'actual',
            // Where two lie over one another the words of the one in earnest stand.
            order: (reality === 'actual' ? 0 : 10) + warningColours.indexOf(colour),
            lon: at[0],
            lat: at[1],
          };
          return [
            { type: 'Feature', properties, geometry },
            { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } },
          ];
        }),
      });
    },
  };
}

/** Middle of the northern part: words there stay clear of what happens inside. */
function topOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): LonLat | null {
  const rings =
    geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
  const largest = rings
    .map((ring) => ({ ring: (ring ?? []) as LonLat[], box: bboxAround((ring ?? []) as LonLat[]) }))
    .filter((each) => each.box !== null)
    .sort((a, b) => size(b.box!) - size(a.box!))[0];
  if (!largest?.box) return null;
  const [, south, , north] = largest.box;
  const lat = north - (north - south) * 0.16;
  const crossings = largest.ring
    .slice(0, -1)
    .flatMap((a, i) => {
      const b = largest.ring[i + 1]!;
      return a[1] > lat === b[1] > lat ? [] : [a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])];
    })
    .sort((a, b) => a - b);
  const [left, right] = [crossings[0], crossings[1]];
  return left === undefined || right === undefined ? null : [(left + right) / 2, lat];
}

const size = ([west, south, east, north]: readonly number[]) => (east! - west!) * (north! - south!);
