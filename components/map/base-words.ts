import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { baseTokens, type MapTheme, withAlpha } from './tokens.ts';

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
export const zoomed = (...stops: (number | ExpressionSpecification)[]) =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;

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

/** Names of the base map, the least important first. */
export function wordLayers({
  theme,
  language,
  scale,
  covered,
}: {
  theme: MapTheme;
  language: 'zh' | 'en';
  scale: number;
  /** Where an imported map has names of its own. */
  covered: GeoJSON.Polygon | null;
}): LayerSpecification[] {
  const t = baseTokens(theme);
  const name = ['get', language === 'zh' ? 'name' : 'nameEn'] as ExpressionSpecification;
  const s = (px: number) => px * scale;
  /** Districts and areas are in no import; of all else there is one name, the surveyed one. */
  const beside = (filter: ExpressionSpecification, kinds: readonly string[]): ExpressionSpecification =>
    !covered || kinds.includes('district') || kinds.includes('area')
      ? filter
      : ['all', filter, ['!', ['within', covered]]];
  const words = (w: Words): { layer: LayerSpecification } => ({
    layer: {
      id: w.id,
      type: 'symbol',
      source: w.source,
      ...(w.minzoom === undefined ? {} : { minzoom: w.minzoom }),
      ...(w.maxzoom === undefined ? {} : { maxzoom: w.maxzoom }),
      filter: beside(['in', ['get', w.source === 'routes' ? 'class' : 'kind'], ['literal', w.kinds]], w.kinds),
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
  const stations: { layer: LayerSpecification } = {
    layer: {
      id: 'words-station',
      type: 'symbol',
      source: 'labels',
      minzoom: 10.2,
      filter: beside(['in', ['get', 'kind'], ['literal', ['station', 'airport']]], []),
      layout: {
        'text-field': name,
        'text-font': mapFonts.medium,
        'text-size': zoomed(10, s(11), 14, s(13.5)),
        'text-padding': 6,
      },
      paint: { 'text-color': t.label, 'text-halo-color': withAlpha(t.halo, 0.9), 'text-halo-width': s(1.3) },
    },
  };
  const refs: { layer: LayerSpecification } = {
    layer: {
      id: 'words-ref',
      type: 'symbol',
      source: 'routes',
      minzoom: 9.4,
      maxzoom: 12.6,
      filter: beside(['all', ['==', ['get', 'class'], 'expressway'], ['has', 'ref']], []),
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
  ].map(({ layer }) => layer);
}
