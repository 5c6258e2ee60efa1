import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ImportManifest, manifestName } from '@/server/places/map-folder.ts';
import type { NodeStore } from '@/server/places/osm/node-store.ts';
import { OsmRefused } from '@/server/places/osm/osm-file.ts';
import type { Tags } from '@/server/places/osm/read-block.ts';
import { type OsmRead, readOsm } from '@/server/places/osm/read-osm.ts';
import { buildRoads } from '@/server/places/roads/build-roads.ts';
import { createRoadCollector } from '@/server/places/roads/collect-roads.ts';
import type { Water } from '@/server/places/roads/find-crossings.ts';
import { writeRoads } from '@/server/places/roads/road-file.ts';
import type { Roads } from '@/server/places/roads/roads.ts';
import { createNameCollector } from './collect-names.ts';
import { type Bounds, createShapeCollector } from './collect-shapes.ts';
import { cutTiles } from './cut-tiles.ts';
import { tileZooms } from './map-feature.ts';
import { createTileArchive } from './write-pmtiles.ts';

export type ImportOptions = {
  readonly source: string;
  readonly folder: string;
  /** Only what lies in here; null: all of the extract. */
  readonly bounds: Bounds | null;
  readonly bigRivers: readonly string[];
  readonly local: Readonly<Record<string, string>>;
  readonly now: number;
  readonly step: (words: string, share: number | null) => void;
};
export type ImportRefusal = { readonly refused: 'not-osm' | 'elsewhere' | 'empty'; readonly detail: string };
export type ImportResult = { readonly manifest: ImportManifest; readonly bytes: Readonly<Record<string, number>> };

const attribution = '© OpenStreetMap contributors (ODbL 1.0)';

/** `.osm.pbf` → road graph, names and base map in one folder; the manifest is written last. */
export function importMap(options: ImportOptions): ImportResult | ImportRefusal {
  const { source, folder, bounds, step, now } = options;
  const roadsOf = createRoadCollector();
  const shapes = createShapeCollector(bounds);
  const names = createNameCollector({ local: options.local });
  const water: Water[] = [];
  let inside = 0;
  const within = (lonE7: number, latE7: number) =>
    !bounds ||
    (lonE7 >= bounds[0] * 1e7 && latE7 >= bounds[1] * 1e7 && lonE7 <= bounds[2] * 1e7 && latE7 <= bounds[3] * 1e7);

  let read: OsmRead;
  try {
    read = readOsm(source, {
      progress: (of, share) => step(`reading ${of}`, share),
      relation: (_id, members, tags) => shapes.relation(members, tags),
      node(id, { lonE7, latE7 }, tags) {
        if (!within(lonE7, latE7)) return;
        roadsOf.node(id, tags);
        shapes.node(lonE7, latE7, tags);
        names.place([lonE7 / 1e7, latE7 / 1e7], tags);
      },
      way(id, nodes, tags, store) {
        const some = nodes.find((node) => node >= 0 && within(store.lonE7(node), store.latE7(node)));
        shapes.way(id, nodes, tags, store);
        if (some === undefined || tags.size === 0) return;
        inside += 1;
        const trimmed = bounds
          ? nodes.map((node) => (node >= 0 && within(store.lonE7(node), store.latE7(node)) ? node : -1))
          : nodes;
        roadsOf.way(id, trimmed, tags);
        water.push(...waterOf(nodes, tags, store, options.bigRivers));
        const middle = middleOf(nodes, store);
        if (middle && nodes[0] === nodes[nodes.length - 1]) names.place(middle, tags);
      },
    });
  } catch (error) {
    if (error instanceof OsmRefused) return { refused: 'not-osm', detail: error.message };
    throw error;
  }
  if (inside === 0)
    return read.counts.ways === 0
      ? { refused: 'empty', detail: 'the extract holds no ways' }
      : { refused: 'elsewhere', detail: 'nothing of the extract lies in the city' };

  step('building the road graph', null);
  const dataAt = read.header.replicatedAtS === null ? null : read.header.replicatedAtS * 1000;
  const facts = { source: basename(source), importedAt: now, dataAt };
  const blocked = roadsOf.blocked(read.store.indexOf);
  const roads = buildRoads({ store: read.store, ways: roadsOf.ways, blocked, water, facts });
  shapes.finish(read.store);
  mkdirSync(folder, { recursive: true });
  return write(options, { roads, shapes: shapes.shapes, names, dataAt });
}

type Made = {
  roads: Roads | null;
  shapes: ReturnType<typeof createShapeCollector>['shapes'];
  names: ReturnType<typeof createNameCollector>;
  dataAt: number | null;
};

function write({ source, folder, bounds, now, step }: ImportOptions, made: Made): ImportResult {
  const { roads, shapes } = made;
  // A name of its own for each import: whoever holds the last one open reads on in it.
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
  const bytes: Record<string, number> = {};
  const put = (name: string, content: Buffer | string) => {
    const half = join(folder, `${name}.${process.pid}`);
    writeFileSync(half, content);
    renameSync(half, join(folder, name));
    bytes[name] = Buffer.byteLength(content);
  };
  const roadsFile = `roads-${stamp}.bin`;
  if (roads) bytes[roadsFile] = writeRoads(join(folder, roadsFile), roads);

  step('reading names aloud', null);
  const entries = made.names.finish(roads);
  const namesFile = `places-${stamp}.jsonl`;
  put(namesFile, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));

  const archive = createTileArchive();
  cutTiles(shapes, {
    minZoom: tileZooms.min,
    maxZoom: tileZooms.max,
    tile: archive.add,
    progress: (share) => step('cutting tiles', share),
  });
  step('writing tiles', null);
  const bbox = roads?.facts.bbox ?? bounds ?? ([-180, -85, 180, 85] as const);
  const layers = [...new Set(shapes.map(({ drawn }) => drawn.layer))];
  const tilesFile = `tiles-${stamp}.pmtiles`;
  put(
    tilesFile,
    archive.finish({
      minZoom: tileZooms.min,
      maxZoom: tileZooms.max,
      bbox: [...bbox],
      metadata: {
        name: basename(source),
        attribution,
        vector_layers: layers.map((id) => ({ id, fields: { class: 'String', name: 'String', nameEn: 'String' } })),
      },
    }),
  );
  const manifest: ImportManifest = {
    version: 1,
    source: basename(source),
    importedAt: now,
    dataAt: made.dataAt,
    bbox: [...bbox],
    attribution,
    roads: roads && { file: roadsFile, segments: roads.from.length, crossings: roads.crossings.length },
    tiles: { file: tilesFile, minZoom: tileZooms.min, maxZoom: tileZooms.max },
    places: { file: namesFile, names: entries.length },
  };
  put(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  return { manifest, bytes };
}

/** Rivers by their middle line and by their shores: an extract may have either. */
function waterOf(nodes: Int32Array, tags: Tags, store: NodeStore, bigRivers: readonly string[]): Water[] {
  const waterway = tags.get('waterway');
  const line = waterway === 'river' || waterway === 'canal';
  const shore = waterway === 'riverbank' || (tags.get('natural') === 'water' && tags.get('water') === 'river');
  const name = tags.get('name');
  if (!name || !(line || shore)) return [];
  const known = nodes.filter((node) => node >= 0);
  const points = new Int32Array(known.length * 2);
  known.forEach((node, i) => {
    points[i * 2] = store.lonE7(node);
    points[i * 2 + 1] = store.latE7(node);
  });
  const big = bigRivers.length === 0 ? null : bigRivers.some((river) => name.startsWith(river));
  return [{ name, nameEn: tags.get('name:en') ?? null, big, line: points }];
}

/** Of a ring; its last node is its first again and does not count twice. */
function middleOf(nodes: Int32Array, store: NodeStore): [number, number] | null {
  const known = nodes.subarray(0, -1).filter((node) => node >= 0);
  if (known.length === 0) return null;
  let [lon, lat] = [0, 0];
  for (const node of known) {
    lon += store.lonE7(node) / 1e7 / known.length;
    lat += store.latE7(node) / 1e7 / known.length;
  }
  return [lon, lat];
}
