import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildOutlines, type Outlines } from './geo/district-outlines.ts';
import { buildJurisdictions, readings } from './geo/jurisdictions.ts';
import { metricAround, type Point, round, rounded } from './geo/lines.ts';
import { hills, labels } from './geo/nanjing/authored-land.ts';
import { crossings, metro, type Route, roads } from './geo/nanjing/authored-routes.ts';
import { branches, downstream, lakes, mainWidths, rivers, upstream } from './geo/nanjing/authored-water.ts';
import { nanjing as recipe } from './geo/nanjing/recipe.ts';
import { openWorkshop } from './geo/npm-sources.ts';
import { channelArea, leadOn, middleLine, type Unite, widthsAlong } from './geo/yangtze.ts';

/** Builds the city pack: `npm run geo:build`. Needs the npm registry; what it writes is committed. */
const root = fileURLToPath(new URL('..', import.meta.url));
const mapFolder = join(root, 'public/map', recipe.id);
const placesFolder = join(root, 'server/places', recipe.id);
const metric = metricAround(...recipe.centre);
const schematic = { fidelity: 'schematic' } as const;

type Feature = GeoJSON.Feature<GeoJSON.Geometry, Record<string, unknown>>;
const feature = (geometry: GeoJSON.Geometry, properties: Record<string, unknown>): Feature => ({
  type: 'Feature',
  properties,
  geometry,
});
const closed = (points: readonly Point[]): Point[] => [...points, points[0]!];
const soft = (points: readonly Point[], times = 2): Point[] => round(points, times).map((at) => rounded(at));

function districts(outlines: Outlines): Feature[] {
  return outlines.districts.map(({ code, name, polygons, areaKm2 }) => {
    const label = labels.find((candidate) => candidate.code === code);
    const properties = {
      code,
      name,
      nameEn: label?.nameEn ?? name,
      areaKm2,
      labelAt: label?.at ?? polygons[0]![0]![0],
    };
    return feature(
      polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0]! }
        : { type: 'MultiPolygon', coordinates: polygons },
      properties,
    );
  });
}

/** Each border once, so that a line between two districts is not drawn twice. */
const borders = (outlines: Outlines): Feature[] =>
  outlines.borders.map(({ left, right, points }) =>
    feature(
      { type: 'LineString', coordinates: points },
      { kind: left === null || right === null ? 'city' : 'district' },
    ),
  );

function water(outlines: Outlines, unite: Unite): Feature[] {
  const middle = middleLine(outlines.borders, recipe.northBank, recipe.southBank);
  const outer = (code: string, near: Point) =>
    outlines.borders
      .filter((border) => [border.left, border.right].includes(code) && [border.left, border.right].includes(null))
      .find((border) =>
        [border.points[0]!, border.points.at(-1)!].some((end) => end[0] === near[0] && end[1] === near[1]),
      );
  const east = leadOn(outer(recipe.riverDown, middle.at(-1)!), middle.at(-1)!, (at) => at[0] > 119.22);
  const west = leadOn(outer(recipe.riverUp, middle[0]!), middle[0]!, (at) => at[1] < 31.785);
  const main = [...upstream, ...west.reverse(), ...middle, ...east, ...downstream];
  const yangtze = channelArea(
    [{ points: main, widthsM: widthsAlong(main, mainWidths, metric) }, ...branches],
    metric,
    unite,
  );
  return [
    feature(
      { type: 'MultiPolygon', coordinates: yangtze },
      { kind: 'river', id: 'yangtze', name: '长江', nameEn: 'Yangtze', ...schematic },
    ),
    ...lakes.map((lake) =>
      feature(
        { type: 'Polygon', coordinates: [lake.shore, ...(lake.islands ?? [])].map((ring) => soft(closed(ring))) },
        { kind: 'lake', id: lake.id, name: lake.name, nameEn: lake.nameEn, ...schematic },
      ),
    ),
    ...rivers.map((river) =>
      feature(
        { type: 'LineString', coordinates: soft(river.points) },
        { kind: 'stream', id: river.id, name: river.name, nameEn: river.nameEn, rank: river.rank, ...schematic },
      ),
    ),
  ];
}

const land = (): Feature[] =>
  hills.map(({ id, name, nameEn, outline }) =>
    feature(
      { type: 'Polygon', coordinates: [soft(closed(outline))] },
      { kind: 'hill', id, name, nameEn, ...schematic },
    ),
  );

const route = ({ points, ...properties }: Route): Feature =>
  feature({ type: 'LineString', coordinates: soft(points) }, { ...properties, ...schematic });

function routes(): Feature[] {
  return [
    ...roads.map(route),
    ...metro.map(route),
    ...crossings.map(({ at, kind, ...properties }) =>
      feature({ type: 'Point', coordinates: at }, { ...properties, class: 'crossing', kind, ...schematic }),
    ),
  ];
}

const labelPoints = (): Feature[] =>
  labels.map(({ at, aliases: _aliases, ...properties }) =>
    feature({ type: 'Point', coordinates: at }, { ...properties, ...schematic }),
  );

/** Known places without a surveyed point: findable by name, good only to move the map there. */
function landmarks() {
  const findable = labels.filter(({ kind }) => !['district', 'area', 'water'].includes(kind));
  const named = [
    ...findable.map(({ name, nameEn, kind, at, aliases }) => ({
      name,
      nameEn,
      kind: kind as string,
      at,
      aliases: aliases ?? [],
    })),
    ...lakes.map(({ name, nameEn, shore }) => ({
      name,
      nameEn,
      kind: 'water',
      at: middleOf(shore),
      aliases: [] as string[],
    })),
    ...crossings.map(({ name, nameEn, kind, at }) => ({
      name,
      nameEn,
      kind: kind as string,
      at,
      aliases: [] as string[],
    })),
  ];
  return named.map((landmark) => {
    const said = [landmark.name, ...landmark.aliases].map((text) => readings(text, recipe.localReadings));
    return {
      ...landmark,
      pinyin: said.flatMap((each) => each.pinyin),
      initials: said.flatMap((each) => each.initials),
      approximateM: landmark.kind === 'settlement' ? 1000 : 600,
    };
  });
}

const middleOf = (points: readonly Point[]): Point =>
  rounded([0, 1].map((axis) => points.reduce((sum, at) => sum + at[axis]!, 0) / points.length) as Point);

/** One record a line: small enough to load, and a change of the pack can be read. */
const records = (all: readonly unknown[]) => all.map((record) => `${JSON.stringify(record)}\n`).join('');
const collection = (features: readonly Feature[]) =>
  `{"type":"FeatureCollection","features":[\n${features.map((each) => JSON.stringify(each)).join(',\n')}\n]}\n`;

function manifest(written: Record<string, string>) {
  return {
    id: recipe.id,
    adcode: recipe.adcode,
    name: recipe.name,
    nameEn: recipe.nameEn,
    bbox: recipe.bbox,
    centre: recipe.centre,
    opening: recipe.opening,
    crs: 'WGS-84',
    note: '示意底图，非测绘成果',
    noteEn: 'Schematic base map, not a survey product',
    approvalNumber: null,
    attribution: `行政区轮廓：${recipe.outlines.package}（${recipe.outlines.licence}，已简化）`,
    attributionEn: `District outlines: ${recipe.outlines.package} (${recipe.outlines.licence}, simplified)`,
    sources: [
      {
        what: 'district outlines',
        from: `npm ${recipe.outlines.package}@${recipe.outlines.version}`,
        licence: recipe.outlines.licence,
        changed: 'half grid cell taken off, GCJ-02 to WGS-84, one topology, simplified',
      },
      {
        what: 'names and codes',
        from: `npm ${recipe.codes.package}@${recipe.codes.version}`,
        licence: recipe.codes.licence,
        changed: 'this city only, pinyin added',
      },
      {
        what: 'water, hills, roads, metro, labels',
        from: 'written for this project',
        licence: 'Apache-2.0',
        fidelity: 'schematic',
      },
    ],
    borderToleranceM: 150,
    files: Object.fromEntries(Object.keys(written).map((name) => [name, `${name}.json`])),
  };
}

const workshop = openWorkshop();
try {
  console.log('reading sources');
  const outlines = buildOutlines(
    join(workshop.unpack(recipe.outlines.package, recipe.outlines.version), recipe.outlines.folder),
    { toleranceM: recipe.toleranceM, minKm2: 0.3 },
  );
  const clipping = workshop.tool(recipe.clipping.package, recipe.clipping.version) as {
    union: (first: unknown, ...rest: unknown[]) => ReturnType<Unite>;
  };
  const files: Record<string, string> = {
    districts: collection(districts(outlines)),
    borders: collection(borders(outlines)),
    water: collection(water(outlines, ([first, ...rest]) => clipping.union(first, ...rest))),
    land: collection(land()),
    routes: collection(routes()),
    labels: collection(labelPoints()),
  };
  mkdirSync(mapFolder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(mapFolder, `${name}.json`), text);
  writeFileSync(join(mapFolder, 'pack.json'), `${JSON.stringify(manifest(files), null, 2)}\n`);

  const jurisdictions = buildJurisdictions(workshop.unpack(recipe.codes.package, recipe.codes.version), {
    cityCode: recipe.cityCode,
    local: recipe.localReadings,
  });
  mkdirSync(placesFolder, { recursive: true });
  writeFileSync(join(placesFolder, 'jurisdictions.jsonl'), records(jurisdictions));
  writeFileSync(join(placesFolder, 'landmarks.jsonl'), records(landmarks()));

  for (const [name, text] of Object.entries(files)) console.log(`${name}.json ${Math.round(text.length / 1024)} KB`);
  for (const { name, areaKm2 } of outlines.districts) console.log(`${name} ${areaKm2} km²`);
  console.log(`${jurisdictions.length} names, ${jurisdictions.filter(({ choice }) => choice).length} of them choices`);
} finally {
  workshop.clean();
}
