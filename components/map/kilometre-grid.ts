import type { Bbox, LonLat } from './geometry.ts';

const metresPerDegree = 111_320;

/** Lines one kilometre apart, counted from the city's centre like the city-local metres. */
export function kilometreGrid(bbox: Bbox, centre: LonLat, stepM = 1_000): GeoJSON.FeatureCollection {
  const [west, south, east, north] = bbox;
  const stepLat = stepM / metresPerDegree;
  const stepLon = stepLat / Math.cos((centre[1] * Math.PI) / 180);
  const lines: LonLat[][] = [];
  for (let i = Math.ceil((west - centre[0]) / stepLon); centre[0] + i * stepLon <= east; i++)
    lines.push([
      [centre[0] + i * stepLon, south],
      [centre[0] + i * stepLon, north],
    ]);
  for (let i = Math.ceil((south - centre[1]) / stepLat); centre[1] + i * stepLat <= north; i++)
    lines.push([
      [west, centre[1] + i * stepLat],
      [east, centre[1] + i * stepLat],
    ]);
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } }],
  };
}
