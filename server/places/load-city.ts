import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type LonLat, lonLat } from '@/server/domain/place.ts';
import { createDistrictFinder, type DistrictHit } from './district-of.ts';
import { type Bbox, createGazetteer, type Gazetteer, type GazetteerEntry } from './gazetteer.ts';

const bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const packSchema = z.object({
  id: z.string(),
  adcode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  bbox,
  centre: lonLat,
  opening: bbox,
  borderToleranceM: z.number().min(0),
});
const position = z.array(z.number()).min(2);
const polygon = z.array(z.array(position));
const districtsSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ code: z.string(), name: z.string(), nameEn: z.string(), labelAt: lonLat }),
      geometry: z.union([
        z.object({ type: z.literal('Polygon'), coordinates: polygon }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
      ]),
    }),
  ),
});
const said = { pinyin: z.array(z.string()), initials: z.array(z.string()) };
const jurisdictionsSchema = z.array(
  z.object({
    code: z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/),
    level: z.enum(['district', 'street', 'community']),
    name: z.string(),
    bare: z.string(),
    choice: z.boolean(),
    ...said,
  }),
);
const landmarksSchema = z.array(
  z.object({
    name: z.string(),
    kind: z.string(),
    at: lonLat,
    aliases: z.array(z.string()),
    approximateM: z.number(),
    ...said,
  }),
);

export type Jurisdiction = z.infer<typeof jurisdictionsSchema>[number];
export type City = z.infer<typeof packSchema> & {
  jurisdictions: readonly Jurisdiction[];
  gazetteer: Gazetteer;
  districtOf: (at: LonLat) => DistrictHit;
  /** Extent and label point of each district by code. */
  districts: ReadonlyMap<string, { name: string; nameEn: string; centre: LonLat; bbox: Bbox }>;
};

/**
 * Reads a city pack from disk: its map folder (`public/map/<id>`) and its names (`server/places/<id>`). `imported` gives the names of
 * the map import; another list means another import.
 */
export function loadCity(root: string, id: string, imported: () => readonly GazetteerEntry[] = () => []): City {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`${id} is no name of a city pack`);
  const map = join(root, 'public/map', id);
  const places = join(root, 'server/places', id);
  const pack = read(join(map, 'pack.json'), packSchema);
  const shapes = read(join(map, 'districts.json'), districtsSchema).features.map(({ properties, geometry }) => ({
    ...properties,
    polygons: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  }));
  const jurisdictions = readLines(join(places, 'jurisdictions.jsonl'), jurisdictionsSchema);
  const landmarks = readLines(join(places, 'landmarks.jsonl'), landmarksSchema);

  const districts = new Map(
    shapes.map(({ code, name, nameEn, labelAt, polygons }) => [
      code,
      { name, nameEn, centre: labelAt, bbox: extentOf(polygons.flat(2)) },
    ]),
  );
  const districtOf = createDistrictFinder(shapes, { centre: pack.centre, toleranceM: pack.borderToleranceM });
  const entries: GazetteerEntry[] = [
    ...jurisdictions.map((each) => ({ ...each, aliases: [], rough: null })),
    ...landmarks.map(({ name, at, aliases, approximateM, pinyin, initials }) => ({
      code: null,
      level: 'landmark' as const,
      name,
      bare: name,
      aliases,
      pinyin,
      initials,
      choice: true,
      rough: { at, withinM: approximateM },
    })),
  ];
  const gazetteer = refreshing(imported, (more) =>
    createGazetteer({ bbox: pack.bbox, entries: [...entries, ...more], extents: districts, districtOf }),
  );
  return { ...pack, jurisdictions, gazetteer, districtOf, districts };
}

/** Made anew when the import is another one. */
function refreshing(
  imported: () => readonly GazetteerEntry[],
  make: (more: readonly GazetteerEntry[]) => Gazetteer,
): Gazetteer {
  let of = imported();
  let made = make(of);
  const current = (): Gazetteer => {
    const now = imported();
    if (now !== of) {
      of = now;
      made = make(of);
    }
    return made;
  };
  return {
    search: (text, options) => current().search(text, options),
    byCode: (code) => current().byCode(code),
    namesIn: (text) => current().namesIn(text),
  };
}

const read = <T>(path: string, schema: z.ZodType<T>): T =>
  checked(path, JSON.parse(readFileSync(path, 'utf8')), schema);

const readLines = <T>(path: string, schema: z.ZodType<T>): T =>
  checked(
    path,
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
    schema,
  );

function checked<T>(path: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${path} is no part of a city pack: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function extentOf(points: readonly (readonly number[])[]): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    box[0] = Math.min(box[0], lon!);
    box[1] = Math.min(box[1], lat!);
    box[2] = Math.max(box[2], lon!);
    box[3] = Math.max(box[3], lat!);
  }
  return box;
}
