import { childrenNamed, textOf, type XmlElement } from '../parse-xml.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { CapArea, CapCircle, CapNameValue, CapPoint } from './message.ts';

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;
const farthestKm = 20_038;

/** `latitude,longitude` in degrees; the usual mistake, GeoJSON's order, shows as a latitude beyond 90. */
function point(text: string): CapPoint | null {
  const parts = text.split(',');
  if (parts.length !== 2 || !parts.every((part) => number.test(part))) return null;
  const [latitude, longitude] = parts.map(Number) as [number, number];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}

/** CAP 1.2 §3.2.4: at least four pairs, the last equal to the first. */
export function readPolygon(text: string): readonly CapPoint[] | Refusal {
  const pairs = text.split(/\s+/);
  const points: CapPoint[] = [];
  for (const pair of pairs) {
    const read = point(pair);
    if (!read) return refuse('value', `polygon point "${pair.slice(0, 60)}" is not latitude,longitude`);
    points.push(read);
  }
  if (points.length < 4) return refuse('value', `a polygon of ${points.length} points (at least 4)`);
  const [first, last] = [points[0] as CapPoint, points.at(-1) as CapPoint];
  if (first[0] !== last[0] || first[1] !== last[1])
    return refuse('value', 'a polygon whose last point is not its first');
  return points;
}

/** `latitude,longitude radius`, the radius in kilometres. */
export function readCircle(text: string): CapCircle | Refusal {
  const [pair, radius, ...rest] = text.split(/\s+/);
  const center = point(pair ?? '');
  if (!center || radius === undefined || rest.length > 0 || !number.test(radius))
    return refuse('value', `circle "${text.slice(0, 80)}" is not latitude,longitude radius`);
  const radiusKm = Number(radius);
  if (radiusKm < 0 || radiusKm > farthestKm) return refuse('value', `a circle with a radius of ${radius} km`);
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

export function readArea(element: XmlElement): CapArea | Refusal {
  const polygons: (readonly CapPoint[])[] = [];
  const circles: CapCircle[] = [];
  for (const text of filled(element, 'polygon')) {
    const polygon = readPolygon(text);
    if ('refused' in polygon) return polygon;
    polygons.push(polygon);
  }
  for (const text of filled(element, 'circle')) {
    const circle = readCircle(text);
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
