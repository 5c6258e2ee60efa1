import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { type CityPack, packFiles, packFileUrl } from './city-pack.ts';
import { kilometreGrid } from './kilometre-grid.ts';
import { baseTokens, type MapTheme, withAlpha } from './tokens.ts';

/**
 * The base map, inline: no glyph server, no sprite, no tiles; words come from the fonts of the viewer's machine. Roads and metro are
 * a schematic and leave before a reader could take them for exact; a kilometre grid takes their place.
 */
export type StyleOptions = { pack: CityPack; theme: MapTheme; language: 'zh' | 'en'; origin: string; scale: number };

const family = [
  'Noto Sans CJK SC',
  'Noto Sans SC',
  'Source Han Sans SC',
  'PingFang SC',
  'Microsoft YaHei',
  'sans-serif',
];
/** The engine reads the weight out of the first name; no font is called like that, so the next ones draw. */
export const mapFonts = { regular: family, medium: ['Map Medium', ...family], bold: ['Map Bold', ...family] };
/** Layer under which areas are put. */
export const firstWords = 'words-water';

type Draft = { layer: LayerSpecification };
const zoomed = (...stops: (number | ExpressionSpecification)[]) =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;

export function buildBaseStyle(options: StyleOptions): StyleSpecification {
  const { pack, origin } = options;
  return {
    version: 8,
    name: pack.id,
    center: pack.centre,
    zoom: 9,
    sources: {
      ...Object.fromEntries(
        packFiles.map((file) => [
          file,
          { type: 'geojson' as const, data: packFileUrl(pack, file, origin), tolerance: 0.2 },
        ]),
      ),
      grid: { type: 'geojson', data: kilometreGrid(pack.bbox, pack.centre), tolerance: 0 },
    },
    layers: [...groundLayers(options), ...routeLayers(options), ...wordLayers(options)].map(({ layer }) => layer),
  };
}

function groundLayers({ theme, scale }: StyleOptions): Draft[] {
  const t = baseTokens(theme);
  return [
    { layer: { id: 'outside', type: 'background', paint: { 'background-color': t.outside } } },
    {
      layer: {
        id: 'city-glow',
        type: 'line',
        source: 'borders',
        filter: ['==', ['get', 'kind'], 'city'],
        paint: {
          'line-color': withAlpha(t.cityEdge, theme === 'light' ? 0.22 : 0.16),
          'line-width': zoomed(8, 7 * scale, 13, 18 * scale),
          'line-blur': zoomed(8, 6 * scale, 13, 16 * scale),
        },
      },
    },
    {
      layer: {
        id: 'land',
        type: 'fill',
        source: 'districts',
        paint: { 'fill-color': t.land, 'fill-antialias': false },
      },
    },
    { layer: { id: 'hills', type: 'fill', source: 'land', paint: { 'fill-color': t.hill } } },
    {
      layer: {
        id: 'water',
        type: 'fill',
        source: 'water',
        filter: ['in', ['get', 'kind'], ['literal', ['river', 'lake']]],
        paint: { 'fill-color': t.water },
      },
    },
    {
      layer: {
        id: 'water-edge',
        type: 'line',
        source: 'water',
        filter: ['in', ['get', 'kind'], ['literal', ['river', 'lake']]],
        paint: { 'line-color': t.waterEdge, 'line-width': zoomed(8, 0.6 * scale, 14, 1.4 * scale) },
      },
    },
    {
      layer: {
        id: 'streams',
        type: 'line',
        source: 'water',
        filter: ['==', ['get', 'kind'], 'stream'],
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': theme === 'light' ? t.water : t.waterEdge,
          'line-opacity': theme === 'light' ? 1 : 0.75,
          'line-width': zoomed(
            8,
            ['case', ['==', ['get', 'rank'], 1], 1 * scale, 0.5 * scale],
            12,
            ['case', ['==', ['get', 'rank'], 1], 3.2 * scale, 2 * scale],
            15,
            ['case', ['==', ['get', 'rank'], 1], 12 * scale, 7 * scale],
          ),
        },
      },
    },
    {
      layer: {
        id: 'grid',
        type: 'line',
        source: 'grid',
        minzoom: 12,
        paint: { 'line-color': t.grid, 'line-width': scale, 'line-opacity': zoomed(12, 0, 13, 1) },
      },
    },
    {
      layer: {
        id: 'district-borders',
        type: 'line',
        source: 'borders',
        filter: ['==', ['get', 'kind'], 'district'],
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': t.border,
          'line-width': zoomed(8, 0.8 * scale, 13, 1.6 * scale),
          'line-dasharray': [4, 2.5],
          'line-opacity': theme === 'light' ? 0.9 : 0.8,
        },
      },
    },
    {
      layer: {
        id: 'city-border',
        type: 'line',
        source: 'borders',
        filter: ['==', ['get', 'kind'], 'city'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': t.cityEdge, 'line-width': zoomed(8, 1 * scale, 13, 2 * scale), 'line-opacity': 0.85 },
      },
    },
  ];
}

function routeLayers({ theme, scale }: StyleOptions): Draft[] {
  const t = baseTokens(theme);
  const fade = zoomed(12, 1, 13, 0);
  const only = (name: string) => ['==', ['get', 'class'], name] as ExpressionSpecification;
  const round = { 'line-cap': 'round' as const, 'line-join': 'round' as const };
  return [
    {
      layer: {
        id: 'metro',
        type: 'line',
        source: 'routes',
        minzoom: 9.5,
        maxzoom: 13,
        filter: only('metro'),
        layout: round,
        paint: {
          'line-color': t.rail,
          'line-width': zoomed(9.5, 0.8 * scale, 12, 1.6 * scale),
          'line-dasharray': [2.4, 1.6],
          'line-opacity': zoomed(9.5, 0, 10, 0.9, 12, 0.9, 13, 0),
        },
      },
    },
    {
      layer: {
        id: 'arterial-edge',
        type: 'line',
        source: 'routes',
        minzoom: 9.5,
        maxzoom: 13,
        filter: only('arterial'),
        layout: round,
        paint: {
          'line-color': t.roadEdge,
          'line-width': zoomed(9.5, 1.4 * scale, 12, 4.4 * scale),
          'line-opacity': zoomed(9.5, 0, 10.2, 0.8, 12, 0.8, 13, 0),
        },
      },
    },
    {
      layer: {
        id: 'arterial',
        type: 'line',
        source: 'routes',
        minzoom: 9.5,
        maxzoom: 13,
        filter: only('arterial'),
        layout: round,
        paint: {
          'line-color': t.arterial,
          'line-width': zoomed(9.5, 0.8 * scale, 12, 3 * scale),
          'line-opacity': zoomed(9.5, 0, 10.2, 1, 12, 1, 13, 0),
        },
      },
    },
    {
      layer: {
        id: 'expressway-edge',
        type: 'line',
        source: 'routes',
        maxzoom: 13,
        filter: only('expressway'),
        layout: round,
        paint: { 'line-color': t.roadEdge, 'line-width': zoomed(8, 2 * scale, 12, 6 * scale), 'line-opacity': fade },
      },
    },
    {
      layer: {
        id: 'expressway',
        type: 'line',
        source: 'routes',
        maxzoom: 13,
        filter: only('expressway'),
        layout: round,
        paint: { 'line-color': t.road, 'line-width': zoomed(8, 1.1 * scale, 12, 4 * scale), 'line-opacity': fade },
      },
    },
  ];
}

type Words = {
  id: string;
  source: 'labels' | 'routes';
  kinds: string[];
  colour: string;
  halo?: string;
  font?: string[];
  minzoom?: number;
  maxzoom?: number;
  size: ExpressionSpecification | number;
  spacing?: number;
  optional?: boolean;
};

function wordLayers({ theme, language, scale }: StyleOptions): Draft[] {
  const t = baseTokens(theme);
  const name = ['get', language === 'zh' ? 'name' : 'nameEn'] as ExpressionSpecification;
  const s = (px: number) => px * scale;
  const words = (w: Words): Draft => ({
    layer: {
      id: w.id,
      type: 'symbol',
      source: w.source,
      ...(w.minzoom === undefined ? {} : { minzoom: w.minzoom }),
      ...(w.maxzoom === undefined ? {} : { maxzoom: w.maxzoom }),
      filter: ['in', ['get', w.source === 'routes' ? 'class' : 'kind'], ['literal', w.kinds]],
      layout: {
        'text-field': name,
        'text-font': w.font ?? mapFonts.regular,
        'text-size': w.size,
        'text-letter-spacing': language === 'zh' ? (w.spacing ?? 0.04) : 0.01,
        'text-max-width': language === 'zh' ? 12 : 8,
        'text-padding': 6,
      },
      paint: { 'text-color': w.colour, 'text-halo-color': withAlpha(w.halo ?? t.halo, 0.9), 'text-halo-width': s(1.3) },
    },
  });
  const stations: Draft = {
    layer: {
      id: 'words-station',
      type: 'symbol',
      source: 'labels',
      minzoom: 10.2,
      filter: ['in', ['get', 'kind'], ['literal', ['station', 'airport']]],
      layout: {
        'text-field': name,
        'text-font': mapFonts.medium,
        'text-size': zoomed(10, s(11), 14, s(13.5)),
        'text-padding': 6,
      },
      paint: { 'text-color': t.label, 'text-halo-color': withAlpha(t.halo, 0.9), 'text-halo-width': s(1.3) },
    },
  };
  const refs: Draft = {
    layer: {
      id: 'words-ref',
      type: 'symbol',
      source: 'routes',
      minzoom: 9.4,
      maxzoom: 12.6,
      filter: ['all', ['==', ['get', 'class'], 'expressway'], ['has', 'ref']],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'ref'],
        'text-font': mapFonts.medium,
        'text-size': s(10),
        'text-rotation-alignment': 'viewport',
        'text-padding': 18,
      },
      paint: { 'text-color': t.labelSoft, 'text-halo-color': t.halo, 'text-halo-width': s(2.2) },
    },
  };
  return [
    words({
      id: firstWords,
      source: 'labels',
      kinds: ['water'],
      colour: t.labelWater,
      halo: t.water,
      minzoom: 9,
      size: zoomed(9, s(10.5), 13, s(14)),
      spacing: 0.22,
    }),
    words({
      id: 'words-hill',
      source: 'labels',
      kinds: ['hill'],
      colour: t.labelHill,
      halo: t.hill,
      minzoom: 10.3,
      size: zoomed(10, s(10.5), 13, s(13)),
      spacing: 0.12,
    }),
    refs,
    words({
      id: 'words-crossing',
      source: 'routes',
      kinds: ['crossing'],
      colour: t.labelSoft,
      minzoom: 11.2,
      maxzoom: 14,
      size: s(11),
    }),
    words({
      id: 'words-settlement',
      source: 'labels',
      kinds: ['settlement'],
      colour: t.labelSoft,
      minzoom: 9.8,
      size: zoomed(10, s(10.5), 13, s(13)),
    }),
    words({
      id: 'words-landmark',
      source: 'labels',
      kinds: ['landmark'],
      colour: t.label,
      minzoom: 11,
      size: zoomed(11, s(11), 14, s(13.5)),
    }),
    stations,
    words({
      id: 'words-area',
      source: 'labels',
      kinds: ['area'],
      colour: t.labelSoft,
      minzoom: 9.6,
      maxzoom: 12.5,
      size: zoomed(9.6, s(11), 12, s(13)),
      spacing: 0.1,
    }),
    words({
      id: 'words-district',
      source: 'labels',
      kinds: ['district'],
      colour: t.label,
      font: mapFonts.medium,
      maxzoom: 13.5,
      size: zoomed(8, s(11.5), 10, s(14), 13, s(18)),
      spacing: 0.14,
    }),
  ];
}

/** What a change of theme, language or size must set again, as (layer, group, key, value). */
export function styleDifferences(before: StyleSpecification, after: StyleSpecification) {
  const changes: { layer: string; group: 'paint' | 'layout'; key: string; value: unknown }[] = [];
  const old = new Map(before.layers.map((layer) => [layer.id, layer]));
  for (const layer of after.layers) {
    for (const group of ['paint', 'layout'] as const) {
      const was = (old.get(layer.id)?.[group] ?? {}) as Record<string, unknown>;
      for (const [key, value] of Object.entries((layer[group] ?? {}) as Record<string, unknown>))
        if (JSON.stringify(was[key]) !== JSON.stringify(value)) changes.push({ layer: layer.id, group, key, value });
    }
  }
  return changes;
}
