import gcoord from 'gcoord';
import type { LonLat } from '@/server/domain/place.ts';
import { readGrid } from './grid-coordinates.ts';

export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
export type Datum = (typeof datums)[number];
export type TypedCoordinates = { lonLat: LonLat; datum: Datum; given: LonLat };

/** Words by which people name a datum; what is said in the text wins over the choice beside the field. */
const spoken: readonly [pattern: RegExp, datum: Datum][] = [
  [/\bgcj-?0?2\b|高德|火星|腾讯|\bamap\b/i, 'gcj02'],
  [/\bbd-?0?9(ll)?\b|百度|\bbaidu\b/i, 'bd09'],
  [/\bcgcs-?2000\b|国家大地/i, 'cgcs2000'],
  [/\bwgs-?84\b|\bgps\b|天地图/i, 'wgs84'],
];

/** A number with optional minutes and seconds, and the letter of its axis before or behind it. */
const angle =
  /([NSEW北南东西])?\s*([-+]?\d{1,3}(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['’′分]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["”″秒]|''|′′)\s*)?)?([NSEW北南东西])?/giu;

type Angle = { value: number; axis: 'lon' | 'lat' | null };

const axisOf = (letter: string | undefined): Angle['axis'] => {
  if (!letter) return null;
  return /[EW东西]/i.test(letter) ? 'lon' : 'lat';
};

function angleOf(match: RegExpMatchArray): Angle {
  const [, before, degrees, minutes, seconds, behind] = match;
  const size = Math.abs(Number(degrees)) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
  const letter = before ?? behind;
  const negative = Number(degrees) < 0 || degrees?.startsWith('-') || (letter ? /[SW南西]/i.test(letter) : false);
  return { value: negative ? -size : size, axis: axisOf(letter) };
}

const inside = ([lon, lat]: LonLat, [west, south, east, north]: readonly number[]) =>
  lon >= west! && lon <= east! && lat >= south! && lat <= north!;

/**
 * Reads a position as people write it: `118.80, 32.06`, `32.06N 118.80E`, `E118°48′00″ N32°03′36″`, `东经118.8 北纬32.06`,
 * `118.805,32.058 高德`. Without letters the order is longitude, latitude unless only the other one can be meant.
 */
export function readCoordinates(
  text: string,
  options: { datum: Datum; bbox: readonly number[] },
): TypedCoordinates | null {
  const grid = readGrid(text);
  if (grid) return { lonLat: grid, datum: 'wgs84', given: grid };
  const datum = spoken.find(([pattern]) => pattern.test(text))?.[1] ?? options.datum;
  const bare = spoken
    .reduce((left, [pattern]) => left.replace(pattern, ' '), text.normalize('NFKC'))
    .replace(/[经緯纬经度:：]+|坐标|latitude|longitude|lat|lng|lon/giu, (found) =>
      found.includes('度') && /\d/.test(text) ? '°' : ' ',
    )
    .replace(/[()（）[\]【】]/g, ' ');
  const matches = [...bare.matchAll(angle)];
  const rest = bare.replace(angle, '').replace(/[\s,，;；、/]+/g, '');
  if (matches.length !== 2 || rest !== '') return null;
  const [first, second] = matches.map(angleOf) as [Angle, Angle];
  const given = inOrder(first, second, options.bbox);
  if (!given || Math.abs(given[0]) > 180 || Math.abs(given[1]) > 90) return null;
  return { lonLat: toWgs84(given, datum), datum, given };
}

const link = /^[\s,，;；、/:：°度NSEW北南东西经緯纬度和]*$/iu;
/** What may stand before the first and behind the last number, and belongs to them. */
const lead = /(?:[NSEW]|[东西]经|[北南]纬|经度|纬度|坐标|lon(?:gitude)?|lat(?:itude)?|lng)?\s*[:：]?\s*$/iu;
const tail =
  /^\s*(?:[°度NSEW北南东西])?\s*(?:[(（]?(?:高德|百度|腾讯|火星|天地图|gps|wgs-?84|gcj-?0?2|bd-?0?9|cgcs-?2000)[)）]?)?/iu;

export type SaidCoordinates = TypedCoordinates & { readonly said: string };

/** Pairs of coordinates within a story: written precisely enough to be meant as such, and near the city. */
export function coordinatesIn(
  text: string,
  options: { datum: Datum; bbox: readonly [number, number, number, number] },
): SaidCoordinates[] {
  const whole = text.normalize('NFKC');
  const numbers = [...whole.matchAll(angle)].map((match) => {
    const blank = match[0].length - match[0].trimStart().length;
    return { from: match.index + blank, to: match.index + match[0].length, precise: /\d\.\d{2}|[°度]/.test(match[0]) };
  });
  const [west, south, east, north] = options.bbox;
  const near = [west - 1, south - 1, east + 1, north + 1];
  return numbers.flatMap((one, index) => {
    const other = numbers[index + 1];
    if (!other?.precise || !one.precise || !link.test(whole.slice(one.to, other.from))) return [];
    const from = one.from - (lead.exec(whole.slice(Math.max(0, one.from - 12), one.from))?.[0].length ?? 0);
    const to = other.to + (tail.exec(whole.slice(other.to))?.[0].length ?? 0);
    const said = whole.slice(from, to).trim();
    const read = readCoordinates(said, options);
    return read && inside(read.lonLat, near) ? [{ ...read, said }] : [];
  });
}

function inOrder(first: Angle, second: Angle, bbox: readonly number[]): LonLat | null {
  if (first.axis && first.axis === second.axis) return null;
  const swapped = first.axis === 'lat' || second.axis === 'lon';
  if (first.axis || second.axis) return swapped ? [second.value, first.value] : [first.value, second.value];
  const plain: LonLat = [first.value, second.value];
  const turned: LonLat = [second.value, first.value];
  if (Math.abs(plain[1]) > 90) return turned;
  return !inside(plain, bbox) && inside(turned, bbox) ? turned : plain;
}

/** CGCS2000 and WGS-84 differ by centimetres here: nothing an operator could see. */
export function toWgs84(given: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84' || datum === 'cgcs2000') return [given[0], given[1]];
  const from = datum === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [lon, lat] = gcoord.transform([given[0], given[1]], from, gcoord.WGS84) as [number, number];
  return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
}
