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
    return packFiles.every((file) => typeof pack.files?.[file] === 'string') ? pack : null;
  } catch {
    return null; // no network or no JSON: the caller says that the base map is missing
  }
}
