import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { importedExtent, tileLayers, tileSources, tileWords } from './base-tiles.ts';
import { wordLayers, zoomed } from './base-words.ts';
import { type CityPack, packFiles, packFileUrl } from './city-pack.ts';
import { kilometreGrid } from './kilometre-grid.ts';
import { baseTokens, type MapTheme, withAlpha } from './tokens.ts';

/**
 * The base map, inline: no glyph server, no sprite; words come from the fonts of the viewer's machine. Roads and metro of the pack are
 * a schematic and leave before a reader could take them for exact; a kilometre grid takes their place. Where a map was imported, it
 * covers the schematic with tiles of our own server.
 */
export type StyleOptions = { pack: CityPack; theme: MapTheme; language: 'zh' | 'en'; origin: string; scale: number };

export function buildBaseStyle(options: StyleOptions): StyleSpecification {
  const { pack, origin } = options;
  const basemap = pack.basemap ?? null;
  const [under, ...words] = wordLayers({ ...options, covered: basemap && importedExtent(basemap) });
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
      ...(basemap ? tileSources(basemap, origin) : {}),
    },
    layers: [
      ...groundLayers(options),
      ...(basemap ? [] : borderLayers(options)),
      ...routeLayers(options),
      ...(basemap ? [...tileLayers(options), ...borderLayers(options)] : []),
      under!,
      ...(basemap ? tileWords(options) : []),
      ...words,
    ],
  };
}

function groundLayers({ theme, scale }: StyleOptions): LayerSpecification[] {
  const t = baseTokens(theme);
  return [
    { id: 'outside', type: 'background', paint: { 'background-color': t.outside } },
    {
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
    {
      id: 'land',
      type: 'fill',
      source: 'districts',
      paint: { 'fill-color': t.land, 'fill-antialias': false },
    },
    { id: 'hills', type: 'fill', source: 'land', paint: { 'fill-color': t.hill } },
    {
      id: 'water',
      type: 'fill',
      source: 'water',
      filter: ['in', ['get', 'kind'], ['literal', ['river', 'lake']]],
      paint: { 'fill-color': t.water },
    },
    {
      id: 'water-edge',
      type: 'line',
      source: 'water',
      filter: ['in', ['get', 'kind'], ['literal', ['river', 'lake']]],
      paint: { 'line-color': t.waterEdge, 'line-width': zoomed(8, 0.6 * scale, 14, 1.4 * scale) },
    },
    {
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
    {
      id: 'grid',
      type: 'line',
      source: 'grid',
      minzoom: 12,
      paint: { 'line-color': t.grid, 'line-width': scale, 'line-opacity': zoomed(12, 0, 13, 1) },
    },
  ];
}

function borderLayers({ theme, scale }: StyleOptions): LayerSpecification[] {
  const t = baseTokens(theme);
  return [
    {
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
    {
      id: 'city-border',
      type: 'line',
      source: 'borders',
      filter: ['==', ['get', 'kind'], 'city'],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': t.cityEdge, 'line-width': zoomed(8, 1 * scale, 13, 2 * scale), 'line-opacity': 0.85 },
    },
  ];
}

function routeLayers({ theme, scale }: StyleOptions): LayerSpecification[] {
  const t = baseTokens(theme);
  const fade = zoomed(12, 1, 13, 0);
  const only = (name: string) => ['==', ['get', 'class'], name] as ExpressionSpecification;
  const round = { 'line-cap': 'round' as const, 'line-join': 'round' as const };
  return [
    {
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
    {
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
    {
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
    {
      id: 'expressway-edge',
      type: 'line',
      source: 'routes',
      maxzoom: 13,
      filter: only('expressway'),
      layout: round,
      paint: { 'line-color': t.roadEdge, 'line-width': zoomed(8, 2 * scale, 12, 6 * scale), 'line-opacity': fade },
    },
    {
      id: 'expressway',
      type: 'line',
      source: 'routes',
      maxzoom: 13,
      filter: only('expressway'),
      layout: round,
      paint: { 'line-color': t.road, 'line-width': zoomed(8, 1.1 * scale, 12, 4 * scale), 'line-opacity': fade },
    },
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
