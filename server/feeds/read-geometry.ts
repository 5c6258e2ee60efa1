import type { CrsName, Geometry, QualityFlag } from '@/server/wire/record.ts';
import { type LonLat, toWgs84 } from './datum.ts';
import type { JsonValue } from './read-json.ts';
import { isObject } from './read-json-document.ts';

export type ReadGeometry = { readonly geometry: Geometry | null; readonly flags: readonly QualityFlag[] };

/** More corners than this are a map, not a message. */
const mostPoints = 20_000;

/**
 * GeoJSON (RFC 7946) as far as records carry it: longitude first, heights passed over, rings closed where the sender forgot. A latitude
 * beyond 90 beside a longitude that would do as one is the mark of swapped axes; nothing is put right by guess.
 */
export function readGeometry(value: JsonValue | undefined, crs: CrsName): ReadGeometry {
  const flags = new Set<QualityFlag>();
  let points = 0;
  const position = (at: JsonValue | undefined): LonLat | null => {
    if (!Array.isArray(at) || at.length < 2 || at.length > 4 || ++points > mostPoints) return null;
    const [lon, lat] = at;
    if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon + lat)) return null;
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180) {
      flags.add(Math.abs(lat) <= 180 && Math.abs(lon) <= 90 ? 'crs_suspect' : 'out_of_area');
      return null;
    }
    return toWgs84([lon, lat], crs);
  };
  const list = <T>(from: JsonValue | undefined, read: (one: JsonValue) => T | null, least: number): T[] | null => {
    if (!Array.isArray(from) || from.length < least) return null;
    const out: T[] = [];
    for (const one of from) {
      const made = read(one);
      if (made === null) return null;
      out.push(made);
    }
    return out;
  };
  const ring = (from: JsonValue): LonLat[] | null => {
    const made = list(from, position, 3);
    const [first, last] = [made?.[0], made?.at(-1)];
    if (!made || !first || !last) return null;
    const closed = first[0] === last[0] && first[1] === last[1] ? made : [...made, [first[0], first[1]] as LonLat];
    return closed.length < 4 ? null : closed;
  };
  const polygon = (from: JsonValue | undefined) => list(from, ring, 1);

  function shape(of: JsonValue | undefined, depth: number): Geometry | null {
    if (!isObject(of) || depth > 3) return null;
    if (of.type === 'Feature') return shape(of.geometry, depth + 1);
    const { coordinates } = of;
    if (of.type === 'Point') {
      const at = position(coordinates);
      if (!at) return null;
      if (at[0] === 0 && at[1] === 0) {
        flags.add('zero_position');
        return null;
      }
      return { type: 'Point', coordinates: at };
    }
    if (of.type === 'LineString') {
      const line = list(coordinates, position, 2);
      return line && { type: 'LineString', coordinates: line };
    }
    if (of.type === 'Polygon') {
      const rings = polygon(coordinates);
      return rings && { type: 'Polygon', coordinates: rings };
    }
    if (of.type === 'MultiPolygon') {
      const polygons = list(coordinates, polygon, 1);
      return polygons && { type: 'MultiPolygon', coordinates: polygons };
    }
    return null;
  }

  const geometry = shape(value, 0);
  if (!geometry && isObject(value) && flags.size === 0) flags.add('partial');
  if (geometry && crs === 'unknown') flags.add('crs_assumed');
  return { geometry, flags: [...flags] };
}
