import type { LonLat } from '@/server/domain/place.ts';
import type { DistrictHit } from './district-of.ts';
import { createPlaceIndex } from './place-index.ts';
import { createNameSpotter } from './place-spotter.ts';
import { type Datum, readCoordinates } from './typed-coordinates.ts';

export const placeLevels = ['district', 'street', 'landmark', 'crossing', 'road', 'community', 'coordinates'] as const;
export type PlaceLevel = (typeof placeLevels)[number];
export type Bbox = [west: number, south: number, east: number, north: number];
export type MatchKind = 'exact' | 'prefix' | 'contained' | 'typed';

/** A name that can be found; streets and communities have no position in the default pack, landmarks only a rough one. */
export type GazetteerEntry = {
  code: string | null;
  level: Exclude<PlaceLevel, 'coordinates'>;
  name: string;
  bare: string;
  aliases: readonly string[];
  pinyin: readonly string[];
  initials: readonly string[];
  choice: boolean;
  /** Where a rough place lies; null: only its district is known. */
  rough: { at: LonLat; withinM: number } | null;
  /** From an import: where it is. With a box it is as long as that, and no point to send somebody to. */
  surveyed?: { at: LonLat; box: Bbox | null };
};

export type Candidate = {
  level: PlaceLevel;
  match: MatchKind;
  name: string;
  /** 江宁区 · 东山街道: outermost first, without the place itself. */
  parents: { code: string; name: string }[];
  district: string | null;
  street: string | null;
  community: string | null;
  nearDistrict: string | null;
  /** A point one may send somebody to: typed coordinates and surveyed places have one, the pack invents none. */
  lonLat: LonLat | null;
  /** Where to move the map instead: the district's extent, or the surroundings of a rough place. */
  view: { centre: LonLat; bbox: Bbox } | null;
  /** How far off the centre of `view` may be, for a rough place. */
  approximateM: number | null;
  datum: Datum | null;
  outsideCity: boolean;
};

export type GazetteerCity = {
  bbox: Bbox;
  entries: readonly GazetteerEntry[];
  /** Extent of each district by code. */
  extents: ReadonlyMap<string, { centre: LonLat; bbox: Bbox }>;
  districtOf: (at: LonLat) => DistrictHit;
};

export type SearchOptions = { limit?: number; datum?: Datum; withZones?: boolean };
export type Gazetteer = {
  search: (text: string, options?: SearchOptions) => Candidate[];
  byCode: (code: string) => Candidate | null;
  /** Names that stand in a text, the longest at each spot, without overlaps. */
  namesIn: (text: string) => NameInText[];
};
export type NameInText = { readonly at: number; readonly said: string; readonly candidates: readonly Candidate[] };

/** `all` holds whatever a term can be found in: one look at it passes over most entries. */
export type Prepared = { entry: GazetteerEntry; forms: string[]; chain: string; all: string };

const ranks = {
  exact: 0,
  initials: 1,
  prefix: 2,
  initialsPrefix: 3,
  contained: 4,
  initialsContained: 5,
  chain: 6,
} as const;
const kinds: readonly MatchKind[] = ['exact', 'exact', 'prefix', 'prefix', 'contained', 'contained', 'contained'];
export const none = 99;

/** Ranks the names that share a piece with the last word: a few ms among 40,000, and the order is right without tuning. */
export function createGazetteer(city: GazetteerCity): Gazetteer {
  const byCode = new Map(city.entries.flatMap((entry) => (entry.code ? [[entry.code, entry] as const] : [])));
  const parentsOf = (code: string | null) =>
    [6, 9]
      .filter((digits) => code !== null && code.length > digits)
      .flatMap((digits) => byCode.get(code!.slice(0, digits)) ?? []);
  const prepared = city.entries.map((entry): Prepared => {
    const parents = parentsOf(entry.code);
    const forms = [...new Set([entry.name, entry.bare, ...entry.aliases].map(fold))];
    const chain = fold([...parents.map(({ name }) => name), entry.name].join(''));
    const all = [...forms, ...entry.pinyin, ...entry.initials, chain, entry.code ?? ''].join('\n');
    return { entry, forms, chain, all };
  });

  function candidateOf(entry: GazetteerEntry, match: MatchKind): Candidate {
    const { surveyed } = entry;
    const somewhere = surveyed?.at ?? entry.rough?.at ?? null;
    const hit = somewhere ? city.districtOf(somewhere) : null;
    const district = entry.code?.slice(0, 6) ?? hit?.district ?? null;
    const parents = entry.code
      ? parentsOf(entry.code)
      : district
        ? [byCode.get(district)].filter((found) => !!found)
        : [];
    return {
      level: entry.level,
      match,
      name: entry.name,
      parents: parents.map(({ code, name }) => ({ code: code!, name })),
      district,
      street: entry.code && entry.code.length >= 9 ? entry.code.slice(0, 9) : null,
      community: entry.code?.length === 12 ? entry.code : null,
      nearDistrict: hit?.nearDistrict ?? null,
      lonLat: surveyed && !surveyed.box ? surveyed.at : null,
      view: surveyed
        ? surveyed.box
          ? { centre: surveyed.at, bbox: surveyed.box }
          : around(surveyed.at, 800)
        : entry.rough
          ? around(entry.rough.at, entry.rough.withinM * 2)
          : (district && city.extents.get(district)) || null,
      approximateM: entry.rough?.withinM ?? null,
      datum: null,
      outsideCity: false,
    };
  }

  function typed(text: string, datum: Datum): Candidate | null {
    const read = readCoordinates(text, { datum, bbox: city.bbox });
    if (!read) return null;
    const [lon, lat] = read.lonLat;
    const hit = city.districtOf(read.lonLat);
    const parent = hit.district ? byCode.get(hit.district) : undefined;
    return {
      level: 'coordinates',
      match: 'typed',
      name: `${lon.toFixed(5)}, ${lat.toFixed(5)}`,
      parents: parent ? [{ code: parent.code!, name: parent.name }] : [],
      district: hit.district,
      street: null,
      community: null,
      nearDistrict: hit.nearDistrict,
      lonLat: read.lonLat,
      view: around(read.lonLat, 800),
      approximateM: null,
      datum: read.datum,
      outsideCity: lon < city.bbox[0] || lat < city.bbox[1] || lon > city.bbox[2] || lat > city.bbox[3],
    };
  }

  const spotted = createNameSpotter(prepared);
  const among = createPlaceIndex(prepared);
  return {
    namesIn: (text) =>
      spotted(text).map(({ at, said, found }) => ({
        at,
        said,
        candidates: found.map(({ entry }) => candidateOf(entry, 'exact')),
      })),
    byCode: (code) => {
      const entry = byCode.get(code);
      return entry ? candidateOf(entry, 'exact') : null;
    },
    search(text, { limit = 12, datum = 'wgs84', withZones = false } = {}) {
      const point = typed(text, datum);
      if (point) return [point];
      const found = ranked(termsOf(text), withZones, limit);
      if (found.length > 0) return found;
      // 中山路和汉中路交叉口: the words between and after two roads are said in many ways.
      const corner = ranked(cornerTerms(text), withZones, limit);
      return corner.length > 0 ? corner : alongRoad(text, limit);
    },
  };

  /** 中山路18号, 绕城高速K12+300: the road is found; where along it nobody knows, and no district is guessed. */
  function alongRoad(text: string, limit: number): Candidate[] {
    const parts = spotAlong.exec(text.normalize('NFKC').trim());
    if (!parts) return [];
    return ranked(termsOf(parts[1]!), false, 40)
      .filter(({ level, match }) => level === 'road' && match !== 'contained')
      .slice(0, limit)
      .map((road) => ({
        ...road,
        name: `${road.name}${parts[2]!.toUpperCase()}`,
        parents: [],
        district: null,
        nearDistrict: null,
        lonLat: null,
      }));
  }

  function ranked(terms: readonly string[], withZones: boolean, limit: number): Candidate[] {
    if (terms.length === 0) return [];
    return (among(terms.at(-1)!) ?? prepared)
      .filter(({ entry }) => withZones || entry.choice)
      .flatMap((each) => {
        const rank = rankOf(each, terms);
        return rank === none ? [] : [{ rank, each }];
      })
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          placeLevels.indexOf(a.each.entry.level) - placeLevels.indexOf(b.each.entry.level) ||
          a.each.entry.name.length - b.each.entry.name.length ||
          (a.each.entry.code ?? '').localeCompare(b.each.entry.code ?? ''),
      )
      .slice(0, limit)
      .map(({ rank, each }) => candidateOf(each.entry, kinds[rank]!));
  }
}

/** A road, and a house number or a stake on it. */
const spotAlong = /^(\D+?)\s*(\d{1,4}(?:-\d{1,3})?(?:号|弄).*|K\s?\d{1,4}\s?\+\s?\d{1,3}(?:米|m)?)$/iu;

/** Roads of a corner as terms; nothing where the text names only one. */
function cornerTerms(text: string): string[] {
  const roads = text
    .replace(/(的)?(交叉路口|十字路口|交叉口|交汇处|交界处|交口|路口|口|处)\s*$/u, '')
    .split(/[与和跟同及&+@＋＆/、\s]+|(?:路口)?(?:近|靠近)/u)
    .filter((part) => part !== '');
  return roads.length > 1 ? termsOf(roads.join(' ')) : [];
}

export const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ü', 'v')
    .replace(/[\s'’·,，.。-]/g, '');
const latin = /^[a-z]+$/;

/** Words of a query; letters typed with spaces (`xin jie kou`) are one word. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const raw of text.slice(0, 100).split(/[\s·,，、/]+/)) {
    const term = fold(raw);
    if (term === '') continue;
    const last = terms.at(-1);
    if (last && latin.test(term) && latin.test(last)) terms[terms.length - 1] = last + term;
    else terms.push(term);
  }
  return terms;
}

/** The last word names the place; words before it may name what it lies in (`江宁 东山`). */
export function rankOf({ entry, forms, chain, all }: Prepared, terms: readonly string[]): number {
  const last = terms.at(-1)!;
  if (!all.includes(last)) return none;
  if (!terms.slice(0, -1).every((term) => chain.includes(term))) return none;
  if (/^\d+$/.test(last)) {
    if (last.length < 4 || !entry.code?.startsWith(last)) return none;
    return entry.code === last ? ranks.exact : ranks.prefix;
  }
  // Letters are pinyin, or a name in another language.
  if (latin.test(last)) return Math.min(latinRank(entry, last), last.length < 3 ? none : formRank(forms, last));
  const rank = formRank(forms, last);
  return rank === none && chain.includes(last) ? ranks.chain : rank;
}

function formRank(forms: readonly string[], term: string): number {
  if (forms.includes(term)) return ranks.exact;
  if (forms.some((form) => form.startsWith(term))) return ranks.prefix;
  return forms.some((form) => form.includes(term)) ? ranks.contained : none;
}

function latinRank({ pinyin, initials }: GazetteerEntry, term: string): number {
  if (pinyin.includes(term)) return ranks.exact;
  if (initials.includes(term)) return ranks.initials;
  if (pinyin.some((form) => form.startsWith(term))) return ranks.prefix;
  if (initials.some((form) => form.startsWith(term))) return ranks.initialsPrefix;
  if (term.length < 3) return none;
  if (pinyin.some((form) => form.includes(term))) return ranks.contained;
  return initials.some((form) => form.includes(term)) ? ranks.initialsContained : none;
}

function around([lon, lat]: LonLat, reachM: number): { centre: LonLat; bbox: Bbox } {
  const dLat = reachM / 111_320;
  const dLon = dLat / Math.cos((lat * Math.PI) / 180);
  return { centre: [lon, lat], bbox: [lon - dLon, lat - dLat, lon + dLon, lat + dLat] };
}
