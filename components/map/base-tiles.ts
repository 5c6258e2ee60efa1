import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { StyleOptions } from './base-style.ts';
import { mapFonts, zoomed } from './base-words.ts';
import type { Basemap } from './city-pack.ts';
import { baseTokens, withAlpha } from './tokens.ts';

/**
 * The imported map (`npm run map:import`): vector tiles of our own server over the schematic pack, which stays in sight around it.
 * Layers and classes are those of scripts/geo/import/map-feature.ts.
 */
const get = (key: string): ExpressionSpecification => ['get', key];
const is = (value: string): ExpressionSpecification => ['==', get('class'), value];
const among = (...values: string[]): ExpressionSpecification => ['in', get('class'), ['literal', values]];
const round = { 'line-cap': 'round' as const, 'line-join': 'round' as const };

export const importedExtent = ({ bbox: [west, south, east, north] }: Basemap): GeoJSON.Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

export const tileSources = (basemap: Basemap, origin: string): Record<string, SourceSpecification> => ({
  imported: { type: 'geojson', data: { type: 'Feature', properties: {}, geometry: importedExtent(basemap) } },
  // Put together by hand: an address made by URL would escape the braces.
  tiles: {
    type: 'vector',
    tiles: [`${origin}${basemap.tiles}`],
    minzoom: basemap.minZoom,
    maxzoom: basemap.maxZoom,
    bounds: basemap.bbox,
  },
});

type Width = readonly [at8: number, at12: number, at15: number, at18: number];
const widths: Readonly<Record<string, Width>> = {
  motorway: [1.1, 3.2, 7, 20],
  trunk: [0.9, 3, 6.5, 19],
  primary: [0.6, 2.4, 6, 17],
  secondary: [0.4, 1.8, 5, 15],
  tertiary: [0.3, 1.3, 4, 12],
  link: [0.3, 1.1, 3, 9],
  minor: [0.2, 0.8, 2.8, 10],
  service: [0.1, 0.4, 1.4, 6],
};
const classes = Object.keys(widths);

/** Widths by class at four zooms; `more` pixels wider for the edge. */
function roadWidth(scale: number, more: number): ExpressionSpecification {
  const at = (stop: 0 | 1 | 2 | 3) =>
    [
      'match',
      get('class'),
      ...classes.flatMap((name) => [name, (widths[name]![stop] + more) * scale]),
      more * scale + 0.2,
    ] as unknown as ExpressionSpecification;
  return ['interpolate', ['exponential', 1.5], ['zoom'], 8, at(0), 12, at(1), 15, at(2), 18, at(3)];
}

export function tileLayers({ theme, scale }: StyleOptions): LayerSpecification[] {
  const t = baseTokens(theme);
  const tiles = (layer: string) => ({ source: 'tiles', 'source-layer': layer }) as const;
  const order: ExpressionSpecification = [
    'match',
    get('class'),
    ...classes.flatMap((name, i) => [name, classes.length - i]),
    0,
  ] as unknown as ExpressionSpecification;
  const tunnel: ExpressionSpecification = ['case', ['==', get('structure'), 'tunnel'], 0.45, 1];
  return [
    { id: 'tile-land', type: 'fill', source: 'imported', paint: { 'fill-color': t.land, 'fill-antialias': false } },
    { id: 'tile-site', type: 'fill', ...tiles('site'), paint: { 'fill-color': withAlpha(t.grid, 0.5) } },
    { id: 'tile-green', type: 'fill', ...tiles('green'), paint: { 'fill-color': t.hill, 'fill-antialias': false } },
    { id: 'tile-water', type: 'fill', ...tiles('water'), paint: { 'fill-color': t.water } },
    {
      id: 'tile-stream',
      type: 'line',
      ...tiles('stream'),
      layout: round,
      paint: {
        'line-color': t.water,
        'line-width': zoomed(9, ['case', is('river'), 1 * scale, 0.4 * scale], 15, [
          'case',
          is('river'),
          6 * scale,
          2 * scale,
        ]),
      },
    },
    {
      id: 'tile-water-edge',
      type: 'line',
      ...tiles('water'),
      paint: { 'line-color': t.waterEdge, 'line-width': zoomed(8, 0.4 * scale, 14, 1 * scale) },
    },
    {
      id: 'tile-building',
      type: 'fill',
      ...tiles('building'),
      minzoom: 14,
      paint: { 'fill-color': t.grid, 'fill-outline-color': t.border, 'fill-opacity': zoomed(14, 0, 14.6, 0.75) },
    },
    {
      id: 'tile-path',
      type: 'line',
      ...tiles('road'),
      minzoom: 15,
      filter: is('path'),
      paint: { 'line-color': t.rail, 'line-width': 1 * scale, 'line-dasharray': [2, 2] },
    },
    {
      id: 'tile-road-edge',
      type: 'line',
      ...tiles('road'),
      minzoom: 11,
      filter: among(...classes),
      layout: { ...round, 'line-sort-key': order },
      paint: { 'line-color': t.roadEdge, 'line-width': roadWidth(scale, 1.6), 'line-opacity': tunnel },
    },
    {
      id: 'tile-road',
      type: 'line',
      ...tiles('road'),
      filter: among(...classes),
      layout: { ...round, 'line-sort-key': order },
      paint: {
        'line-color': ['case', among('motorway', 'trunk', 'primary', 'link'), t.road, t.arterial],
        'line-width': roadWidth(scale, 0),
        'line-opacity': tunnel,
      },
    },
    {
      id: 'tile-rail',
      type: 'line',
      ...tiles('rail'),
      minzoom: 10,
      paint: {
        'line-color': t.rail,
        'line-width': zoomed(10, 0.8 * scale, 14, 1.6 * scale),
        'line-dasharray': [3, 2],
        'line-opacity': zoomed(10, 0.6, 12, 0.9),
      },
    },
  ];
}

type Words = {
  id: string;
  layer: string;
  filter: ExpressionSpecification;
  size: ExpressionSpecification | number;
  colour: string;
  minzoom: number;
  font?: string[];
  along?: boolean;
  field?: ExpressionSpecification;
};

/** Names of the imported map, the least important first. */
export function tileWords({ theme, language, scale }: StyleOptions): LayerSpecification[] {
  const t = baseTokens(theme);
  const s = (px: number) => px * scale;
  const name: ExpressionSpecification = language === 'zh' ? get('name') : ['coalesce', get('nameEn'), get('name')];
  const words = (w: Words): { layer: LayerSpecification } => ({
    layer: {
      id: w.id,
      type: 'symbol',
      source: 'tiles',
      'source-layer': w.layer,
      minzoom: w.minzoom,
      filter: w.filter,
      layout: {
        'text-field': w.field ?? name,
        'text-font': w.font ?? mapFonts.regular,
        'text-size': w.size,
        'text-letter-spacing': language === 'zh' ? 0.06 : 0.01,
        'text-max-width': language === 'zh' ? 10 : 8,
        'text-padding': w.along ? 12 : 6,
        ...(w.along ? { 'symbol-placement': 'line' as const, 'symbol-spacing': 320 } : {}),
      },
      paint: { 'text-color': w.colour, 'text-halo-color': withAlpha(t.halo, 0.9), 'text-halo-width': s(1.3) },
    },
  });
  return [
    words({
      id: 'tile-words-poi',
      layer: 'poi',
      filter: among('public', 'shop', 'school', 'health', 'works', 'site', 'building'),
      colour: t.labelSoft,
      minzoom: 15,
      size: s(11),
    }),
    words({
      id: 'tile-words-minor',
      layer: 'road',
      filter: among('minor', 'service'),
      colour: t.labelSoft,
      minzoom: 14.5,
      size: s(11),
      along: true,
    }),
    words({
      id: 'tile-words-sight',
      layer: 'poi',
      filter: among('sight', 'park', 'nature'),
      colour: t.labelHill,
      minzoom: 13,
      size: s(11),
    }),
    words({
      id: 'tile-words-stream',
      layer: 'stream',
      filter: is('river'),
      colour: t.labelWater,
      minzoom: 10,
      size: zoomed(10, s(11), 14, s(13)),
      along: true,
    }),
    words({
      id: 'tile-words-road',
      layer: 'road',
      filter: among('motorway', 'trunk', 'primary', 'secondary', 'tertiary'),
      colour: t.label,
      minzoom: 12.5,
      size: zoomed(12.5, s(10.5), 16, s(13)),
      along: true,
    }),
    words({
      id: 'tile-words-ref',
      layer: 'road',
      filter: ['has', 'ref'],
      field: get('ref'),
      colour: t.labelSoft,
      minzoom: 9.5,
      size: s(10),
      font: mapFonts.medium,
      along: true,
    }),
    words({
      id: 'tile-words-rescue',
      layer: 'poi',
      filter: among('rescue', 'station', 'airport'),
      colour: t.label,
      minzoom: 12.5,
      size: s(11.5),
      font: mapFonts.medium,
    }),
    words({
      id: 'tile-words-place',
      layer: 'place',
      filter: among('town', 'suburb', 'quarter', 'village', 'hamlet', 'neighbourhood', 'locality'),
      colour: t.label,
      minzoom: 10,
      size: zoomed(10, s(11), 14, s(14)),
    }),
  ].map(({ layer }) => layer);
}
