/** WGS-84 longitude, latitude. */
export type LonLat = [lon: number, lat: number];
export type Bbox = [west: number, south: number, east: number, north: number];
export type ScreenPoint = { x: number; y: number };

export { latitude, longitude, mercatorX, mercatorY } from '@/server/wire/cell-grid.ts';

/** CSS pixels of the whole world at a zoom; both engines use tiles of 512. */
export const worldPixels = (zoom: number): number => 512 * 2 ** zoom;

export function bboxAround(points: readonly LonLat[]): Bbox | null {
  if (points.length === 0) return null;
  const lons = points.map((at) => at[0]);
  const lats = points.map((at) => at[1]);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
