import type { ImportManifest, MapFolder } from '../map-folder.ts';
import { openTileFile, type TileFile } from './tile-file.ts';

/** What the pages need to know of the imported base map; `null`: there is none. */
export type BasemapFacts = {
  /** Relative to the origin, with {z}, {x}, {y}; another import has another address, so that browsers may keep tiles. */
  readonly tiles: string;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bbox: ImportManifest['bbox'];
  readonly attribution: string;
  readonly dataAt: number | null;
};
export type TileAnswer = {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
};
export type TileService = { answer(path: string): TileAnswer | null; close(): void };

export const basemapPath = '/map/basemap.json';
const tilePath = /^\/map\/tiles\/(\d{1,2})\/(\d{1,7})\/(\d{1,7})\.pbf$/;
const nothing = Buffer.alloc(0);

/** Tiles of the imported map for both engines, one address a tile; null: not for this one. */
export function createTileService(
  map: Pick<MapFolder, 'manifest' | 'fileOf'>,
  onError: (error: unknown) => void,
): TileService {
  let file: TileFile | null = null;
  let path: string | null = null;

  function current(): TileFile | null {
    const next = map.fileOf('tiles');
    if (next === path) return file;
    file?.close();
    path = next;
    file = null;
    if (next === null) return null;
    try {
      const opened = openTileFile(next);
      if ('refused' in opened) onError(new Error(`${next} is not used (${opened.refused}): ${opened.detail}`));
      else file = opened;
    } catch (error) {
      onError(error);
    }
    return file;
  }

  function facts(): BasemapFacts | null {
    const tiles = current();
    const manifest = map.manifest();
    if (!tiles || !manifest) return null;
    const { bbox, attribution, dataAt, importedAt } = manifest;
    return {
      tiles: `/map/tiles/{z}/{x}/{y}.pbf?v=${importedAt}`,
      minZoom: tiles.minZoom,
      maxZoom: tiles.maxZoom,
      bbox,
      attribution,
      dataAt,
    };
  }

  return {
    answer(of): TileAnswer | null {
      if (of === basemapPath)
        return {
          status: 200,
          headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
          body: JSON.stringify(facts()),
        };
      const [, z, x, y] = tilePath.exec(of) ?? [];
      if (z === undefined) return null;
      const tiles = current();
      if (!tiles) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no map is imported\n' };
      const tile = tiles.tile(Number(z), Number(x), Number(y));
      return {
        status: 200,
        headers: {
          'content-type': 'application/vnd.mapbox-vector-tile',
          'cache-control': 'public, max-age=86400',
          ...(tile ? { 'content-encoding': 'gzip' } : {}),
        },
        // A tile without anything in it is an empty one: engines take a 404 for a fault.
        body: tile ?? nothing,
      };
    },
    close() {
      file?.close();
      file = null;
      path = null;
    },
  };
}
