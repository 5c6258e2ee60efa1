import type { Bbox, LonLat } from './geometry.ts';

/** What a browser needs of a city pack's manifest (public/map/README.md). */
export type CityPack = {
  id: string;
  name: string;
  nameEn: string;
  bbox: Bbox;
  centre: LonLat;
  /** What a map shows first. */
  opening: Bbox;
  note: string;
  noteEn: string;
  approvalNumber: string | null;
  attribution: string;
  attributionEn: string;
  files: Record<PackFile, string>;
  /** Imported over the pack; null: nothing was. */
  basemap?: Basemap | null;
};
/** What the server says of an imported map (server/places/tiles/serve-tiles.ts). */
export type Basemap = {
  tiles: string;
  minZoom: number;
  maxZoom: number;
  bbox: Bbox;
  attribution: string;
};
export const packFiles = ['districts', 'borders', 'water', 'land', 'routes', 'labels'] as const;
export type PackFile = (typeof packFiles)[number];

export const packUrl = (city: string): string => `/map/${encodeURIComponent(city)}/pack.json`;

/** A file of the pack as an address that a worker can load, too: workers have no page to be relative to. */
export const packFileUrl = (pack: Pick<CityPack, 'id' | 'files'>, file: PackFile, origin: string): string =>
  new URL(`/map/${encodeURIComponent(pack.id)}/${pack.files[file]}`, origin).href;

export async function fetchPack(city: string, signal?: AbortSignal): Promise<CityPack | null> {
  try {
    const answer = await fetch(packUrl(city), { signal });
    if (!answer.ok) return null;
    const pack = (await answer.json()) as CityPack;
    if (!packFiles.every((file) => typeof pack.files?.[file] === 'string')) return null;
    const basemap = await fetchBasemap(signal);
    return basemap ? withBasemap(pack, basemap) : pack;
  } catch {
    return null; // no network or no JSON: the caller says that the base map is missing
  }
}

export const withBasemap = (pack: CityPack, basemap: Basemap): CityPack => ({
  ...pack,
  basemap,
  attribution: `${pack.attribution} · ${basemap.attribution}`,
  attributionEn: `${pack.attributionEn} · ${basemap.attribution}`,
});

/** Without it the pack alone is drawn, which is what there was before the import. */
async function fetchBasemap(signal?: AbortSignal): Promise<Basemap | null> {
  try {
    const answer = await fetch('/map/basemap.json', { signal });
    const basemap = answer.ok ? ((await answer.json()) as Basemap | null) : null;
    return basemap?.tiles.startsWith('/map/') && basemap.bbox.length === 4 ? basemap : null;
  } catch {
    return null; // no answer, or none that is one: the pack stays
  }
}
