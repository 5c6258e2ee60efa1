import { type SeedStore, seedOnce } from './apply.ts';

export type SeedJurisdiction = {
  readonly code: string;
  readonly level: string;
  readonly name: string;
  readonly bare: string;
  readonly pinyin: readonly string[];
  readonly initials: readonly string[];
};
export type SeedCity = {
  readonly adcode: string;
  readonly name: string;
  readonly id: string;
  readonly centre: readonly [number, number];
  readonly jurisdictions: readonly SeedJurisdiction[];
  readonly districts: ReadonlyMap<string, { readonly centre: readonly [number, number] }>;
};

type Row = {
  code: string;
  parent: string | null;
  level: string;
  name: string;
  short_name: string;
  pinyin: string;
  initials: string;
  lon: number | null;
  lat: number | null;
  source: string;
};

/** Codes nest: 6 digits a district, 9 a street, 12 a community. */
const parentOf = (code: string, city: string): string => (code.length > 6 ? code.slice(0, code.length - 3) : city);

export function jurisdictionRows(city: SeedCity): Row[] {
  const source = `city pack ${city.id}`;
  const top: Row = {
    code: city.adcode,
    parent: null,
    level: 'city',
    name: city.name,
    short_name: city.name,
    pinyin: '',
    initials: '',
    lon: city.centre[0],
    lat: city.centre[1],
    source,
  };
  const known = new Set([city.adcode, ...city.jurisdictions.map((of) => of.code)]);
  const below = city.jurisdictions.map((of): Row => {
    const parent = parentOf(of.code, city.adcode);
    const centre = city.districts.get(of.code)?.centre;
    return {
      code: of.code,
      parent: known.has(parent) ? parent : null,
      level: of.level,
      name: of.name,
      short_name: of.bare,
      pinyin: of.pinyin.join(' '),
      initials: of.initials.join(' '),
      lon: centre?.[0] ?? null,
      lat: centre?.[1] ?? null,
      source,
    };
  });
  return [top, ...below].sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}

/** City, districts, streets and communities by their national codes. A name that changed in the pack changes here. */
export const seedJurisdictions = (store: SeedStore, city: SeedCity): Promise<number> => {
  const rows = jurisdictionRows(city);
  return seedOnce(store, { name: 'jurisdictions', from: rows }, async (tx) => {
    await tx.query(
      `insert into jurisdiction (code, parent, level, name, short_name, pinyin, initials, lon, lat, source)
       select code, parent, level, name, short_name, pinyin, initials, lon, lat, source
       from json_to_recordset($1::json) as r(code text, parent text, level text, name text, short_name text, pinyin text,
         initials text, lon double precision, lat double precision, source text)
       on conflict (code) do update set parent = excluded.parent, level = excluded.level, name = excluded.name,
         short_name = excluded.short_name, pinyin = excluded.pinyin, initials = excluded.initials, lon = excluded.lon,
         lat = excluded.lat, source = excluded.source`,
      [JSON.stringify(rows)],
    );
    return { events: [], answer: { added: rows.length } };
  });
};
