import { readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { buildBaseStyle, styleDifferences } from './base-style.ts';
import { firstWords } from './base-words.ts';
import { type Basemap, type CityPack, packFiles, packFileUrl, withBasemap } from './city-pack.ts';
import { faultOf, scrubbed } from './mapbox-fault.ts';
import { engineFor } from './start-map.ts';
import { mapThemes } from './tokens.ts';

const pack = JSON.parse(
  readFileSync(new URL('../../public/map/nanjing/pack.json', import.meta.url), 'utf8'),
) as CityPack;
const origin = 'https://city.example:8443';
const style = (theme: (typeof mapThemes)[number], language: 'zh' | 'en' = 'zh') =>
  buildBaseStyle({ pack, theme, language, origin, scale: 1 });

describe('base style', () => {
  it.each(mapThemes)('of the %s theme asks nobody but the origin for anything', (theme) => {
    const made = style(theme);
    expect(made.glyphs).toBeUndefined();
    expect(made.sprite).toBeUndefined();
    const addresses = JSON.stringify(made).match(/[a-z]+:\/\/[^"]+/g) ?? [];
    expect(addresses.length).toBe(packFiles.length);
    expect(addresses.filter((address) => !address.startsWith(`${origin}/map/nanjing/`))).toEqual([]);
  });

  it('draws only sources it has, each layer once, with the place for areas under the first words', () => {
    const { layers, sources } = style('dim');
    const ids = layers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(layers.filter((layer) => 'source' in layer && !(String(layer.source) in sources))).toEqual([]);
    expect(layers.slice(ids.indexOf(firstWords)).every(({ type }) => type === 'symbol')).toBe(true);
    expect(layers.slice(0, ids.indexOf(firstWords)).some(({ type }) => type === 'symbol')).toBe(false);
  });

  it('hides the schematic before it could be taken for a survey', () => {
    const routes = style('dark').layers.filter((layer) => 'source' in layer && layer.source === 'routes');
    expect(routes.filter(({ type, maxzoom }) => type === 'line' && (maxzoom ?? 99) > 13)).toEqual([]);
  });

  it('changes theme and language by properties alone', () => {
    const dim = style('dim');
    expect(styleDifferences(dim, dim)).toEqual([]);
    expect(styleDifferences(dim, style('light')).every(({ group }) => group === 'paint')).toBe(true);
    const keys = new Set(styleDifferences(dim, style('dim', 'en')).map(({ key }) => key));
    expect([...keys].sort()).toEqual(['text-field', 'text-letter-spacing', 'text-max-width']);
  });
});

const basemap: Basemap = {
  tiles: '/map/tiles/{z}/{x}/{y}.pbf?v=1',
  minZoom: 6,
  maxZoom: 14,
  bbox: [118.71, 31.98, 118.8, 32.07],
  attribution: '© OpenStreetMap contributors',
};

describe('an imported map', () => {
  const covered = withBasemap(pack, basemap);
  const made = buildBaseStyle({ pack: covered, theme: 'dim', language: 'zh', origin, scale: 1 });
  const ids = made.layers.map(({ id }) => id);

  it('is drawn over the schematic and under the borders, its names under those of districts', () => {
    const order = [
      'streams',
      'expressway',
      'tile-land',
      'tile-road',
      'district-borders',
      firstWords,
      'tile-words-road',
      'words-district',
    ];
    const at = order.map((id) => ids.indexOf(id));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at).not.toContain(-1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(made.layers.slice(ids.indexOf(firstWords)).every(({ type }) => type === 'symbol')).toBe(true);
    expect(made.layers.slice(0, ids.indexOf(firstWords)).some(({ type }) => type === 'symbol')).toBe(false);
  });

  it('comes from the origin alone, and names whose data it is', () => {
    expect(made.sources.tiles).toMatchObject({ tiles: [`${origin}/map/tiles/{z}/{x}/{y}.pbf?v=1`] });
    expect(covered.attribution).toContain('OpenStreetMap');
    expect(pack.attribution).not.toContain('OpenStreetMap');
  });

  it('takes the place of names the schematic has there, not of districts', () => {
    const filterOf = (id: string) => JSON.stringify(made.layers.find((layer) => layer.id === id));
    expect(filterOf('words-landmark')).toContain('"within"');
    expect(filterOf('words-district')).not.toContain('"within"');
    expect(JSON.stringify(style('dim'))).not.toContain('"within"');
  });

  it('is a style that the engine takes', () => {
    expect(validateStyleMin(made).map(({ message }) => message)).toEqual([]);
    expect(
      validateStyleMin({ ...made, layers: [...made.layers, { id: 'x', type: 'line', source: 'nowhere' }] }),
    ).not.toEqual([]);
  });
});

describe('addresses', () => {
  it('are whole, so that a worker can load them', () => {
    expect(packFileUrl(pack, 'water', origin)).toBe('https://city.example:8443/map/nanjing/water.json');
  });
});

describe('engines', () => {
  it('take the second one only with a token that was not refused', () => {
    expect(engineFor(null, false)).toBe('maplibre');
    expect(engineFor('', false)).toBe('maplibre');
    expect(engineFor('pk.x', false)).toBe('mapbox');
    expect(engineFor('pk.x', true)).toBe('maplibre');
  });

  it('fall back when the service refuses or nothing could start, and keep the token to themselves', () => {
    expect(faultOf({ error: { status: 401, message: 'x' } }, true).fatal).toBe(true);
    expect(faultOf({ error: new Error('A valid Mapbox access token is required') }, true).fatal).toBe(true);
    expect(faultOf({ error: new Error('tile 404') }, true).fatal).toBe(false);
    expect(faultOf({ error: new Error('Failed to fetch') }, false).fatal).toBe(true);
    expect(scrubbed('https://api.example/v1?access_token=pk.abc.def&x=1 pk.abc.def')).toBe(
      'https://api.example/v1?access_token=…&x=1 …',
    );
  });
});
