import { toWgs84 } from '@/server/feeds/datum.ts';
import type { CrsName, Geometry } from '@/server/wire/record.ts';
import type { CapArea, CapCircle, CapPoint } from './message.ts';
import { isClosed } from './read-area.ts';

type Position = [number, number];
const earthRadiusKm = 6371.0088;
const circleCorners = 64;
/** A radius of zero is common and means "here"; beside other shapes it is drawn this large, so that one geometry can hold all. */
const pointRadiusKm = 0.001;

const turn = ([latitude, longitude]: CapPoint): Position => [longitude, latitude];
const within = (value: number, most: number) => Math.max(-most, Math.min(most, value));
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** A circle on the sphere as a closed ring. */
function circleRing({ center, radiusKm }: CapCircle): Position[] {
  const [latitude, longitude] = center.map(radians) as [number, number];
  const angle = Math.max(radiusKm, pointRadiusKm) / earthRadiusKm;
  const ring = Array.from({ length: circleCorners }, (_, corner): Position => {
    // Falling bearings run counter-clockwise, as RFC 7946 wants outer rings.
    const bearing = -(2 * Math.PI * corner) / circleCorners;
    const north = Math.asin(
      Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing),
    );
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude),
      Math.cos(angle) - Math.sin(latitude) * Math.sin(north),
    );
    return [within(round(((longitude + east) * 180) / Math.PI), 180), within(round((north * 180) / Math.PI), 90)];
  });
  return [...ring, ring[0] as Position];
}

/** RFC 7946 §3.1.6: outer rings run counter-clockwise; CAP does not care. */
function counterClockwise(ring: Position[]): Position[] {
  let doubled = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1] as Position, ring[i] as Position];
    doubled += (x1 - x0) * (y1 + y0);
  }
  return doubled > 0 ? ring.reverse() : ring;
}

/**
 * All areas of one info as one geometry in WGS-84, or null where only names and codes say where. An open ring is closed; in the Chinese profile it is a
 * line, drawn where there is nothing else: one geometry holds one kind.
 */
export function alertGeometry(areas: readonly CapArea[], crs: CrsName, chinese = false): Geometry | null {
  const circles = areas.flatMap((area) => area.circles);
  const polygons = areas.flatMap((area) => area.polygons);
  const isLine = (points: readonly CapPoint[]) => chinese && !isClosed(points);
  const lines = polygons.filter(isLine).map((points) => points.map((point) => toWgs84(turn(point), crs)));
  const rings = polygons
    .filter((points) => !isLine(points))
    .map((points) => counterClockwise(closed(points.map(turn))));
  const only = circles.length === 1 && rings.length === 0 ? circles[0] : undefined;
  if (only?.radiusKm === 0) return { type: 'Point', coordinates: toWgs84(turn(only.center), crs) };
  const shifted = [...rings, ...circles.map(circleRing)].map((ring) => ring.map((position) => toWgs84(position, crs)));
  if (shifted.length === 0) return lines[0] ? { type: 'LineString', coordinates: lines[0] } : null;
  return shifted.length === 1
    ? { type: 'Polygon', coordinates: [shifted[0] as Position[]] }
    : { type: 'MultiPolygon', coordinates: shifted.map((ring) => [ring]) };
}

const closed = (ring: Position[]): Position[] => {
  const [first, last] = [ring[0] as Position, ring.at(-1) as Position];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, [first[0], first[1]]];
};
