import { childrenNamed, textOf, type XmlElement } from '../parse-xml.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { CapArea, CapCircle, CapNameValue, CapPoint } from './message.ts';

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/;
const farthestKm = 20_038;
/** No place in China lies north of its westernmost degree of longitude, so that either order of a pair is told from its figures. */
const westernmost = 73;

/**
 * `latitude,longitude` in degrees; the usual mistake, GeoJSON's order, shows as a latitude beyond 90. The Chinese profile only says
 * "pairs of coordinates", and both orders are written.
 */
function point(text: string, chinese: boolean): CapPoint | null {
  const parts = text.split(',');
  if (parts.length !== 2 || !parts.every((part) => number.test(part))) return null;
  const [first, second] = parts.map(Number) as [number, number];
  const turned = chinese && first >= westernmost && Math.abs(second) < westernmost;
  const [latitude, longitude] = turned ? [second, first] : [first, second];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}

/** A comma behind each pair, or a space within it (`31.9, 118.7 31.9, 118.9`), changes nothing that is meant. */
function pairsOf(text: string): string[] {
  const tokens = text.split(/\s+/).map((token) => token.replace(/,$/, ''));
  const commas = text.split(',').length - 1;
  if (tokens.some((token) => token.includes(',')) || commas * 2 !== tokens.length) return tokens;
  return tokens.flatMap((token, at) => (at % 2 === 0 ? [`${token},${tokens[at + 1]}`] : []));
}

export const isClosed = (points: readonly CapPoint[]): boolean => {
  const [first, last] = [points[0], points.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

/**
 * CAP 1.2 §3.2.4: at least four pairs, the last equal to the first. Rings that are left open are published and mean what they mean
 * closed; in the Chinese profile an open one is a line.
 */
export function readPolygon(text: string, chinese = false): readonly CapPoint[] | Refusal {
  const points: CapPoint[] = [];
  for (const pair of pairsOf(text)) {
    const read = point(pair, chinese);
    if (!read) return refuse('value', `polygon point "${pair.slice(0, 60)}" is not latitude,longitude`);
    points.push(read);
  }
  const [least, closed] = [chinese ? 2 : 3, isClosed(points)];
  if (points.length < (closed ? 4 : least))
    return refuse('value', `a polygon of ${points.length} points (at least ${closed ? 4 : least})`);
  return points;
}

/** `latitude,longitude radius`, the radius in kilometres; in metres in the Chinese profile. */
export function readCircle(text: string, chinese = false): CapCircle | Refusal {
  const [pair, radius, ...rest] = text.replace(/^([^\s,]+),\s+/, '$1,').split(/,?\s+/);
  const center = point(pair ?? '', chinese);
  if (!center || radius === undefined || rest.length > 0 || !number.test(radius))
    return refuse('value', `circle "${text.slice(0, 80)}" is not latitude,longitude radius`);
  const radiusKm = Number(radius) / (chinese ? 1000 : 1);
  if (radiusKm < 0 || radiusKm > farthestKm)
    return refuse('value', `a circle with a radius of ${radius} ${chinese ? 'm' : 'km'}`);
  return { center, radiusKm };
}

/** valueName and value as children (1.1 on), `name=value` as text (1.0), or a comma list of area codes (Chinese profile). */
export function readNameValues(parent: XmlElement, name: string): CapNameValue[] {
  return childrenNamed(parent, name).flatMap((element) => {
    const value = textOf(element, 'value');
    const valueName = textOf(element, 'valueName');
    if (valueName !== null || value !== null) return [{ valueName: valueName ?? '', value: value ?? '' }];
    const text = element.text.trim();
    if (text === '') return [];
    const equals = text.indexOf('=');
    if (equals > 0) return [{ valueName: text.slice(0, equals).trim(), value: text.slice(equals + 1).trim() }];
    return [...new Set(text.split(/[,，]/).map((code) => code.trim()))]
      .filter((code) => code !== '')
      .map((code) => ({ valueName: name === 'geocode' ? 'area-code' : '', value: code }));
  });
}

const feet = (area: XmlElement, name: string) => {
  const text = textOf(area, name);
  return text !== null && number.test(text) ? Number(text) : null;
};

export function readArea(element: XmlElement, chinese: boolean): CapArea | Refusal {
  const polygons: (readonly CapPoint[])[] = [];
  const circles: CapCircle[] = [];
  for (const text of filled(element, 'polygon')) {
    const polygon = readPolygon(text, chinese);
    if ('refused' in polygon) return polygon;
    polygons.push(polygon);
  }
  for (const text of filled(element, 'circle')) {
    const circle = readCircle(text, chinese);
    if ('refused' in circle) return circle;
    circles.push(circle);
  }
  return {
    areaDesc: textOf(element, 'areaDesc'),
    polygons,
    circles,
    geocodes: readNameValues(element, 'geocode'),
    altitudeFt: feet(element, 'altitude'),
    ceilingFt: feet(element, 'ceiling'),
  };
}

const filled = (parent: XmlElement, name: string) =>
  childrenNamed(parent, name)
    .map((child) => child.text.trim())
    .filter((text) => text !== '');
