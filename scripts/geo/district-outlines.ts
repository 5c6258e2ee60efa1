import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import gcoord from 'gcoord';
import { type BorderArc, ringsAround, traceArcs } from './border-arcs.ts';
import { closeGaps, createRaster, dropSpecks, type GridPoint, paintRings } from './label-raster.ts';
import { metricAround, type Point, ringArea, round, rounded, simplify } from './lines.ts';

export type Outline = { code: string; name: string; polygons: Point[][][]; areaKm2: number };
/** Shared border between two districts (null: outside the city), in WGS-84. */
export type Border = { left: string | null; right: string | null; points: Point[] };
export type Outlines = { districts: Outline[]; borders: Border[] };

/** Source vertices sit on a grid of 1/1024°, moved by half a cell (research: measured against independent borders). */
const sourceGrid = 1024;
const halfCell = 1 / 2048;
const rasterPerDegree = 2048;

const toWgs84 = (lon: number, lat: number): Point => gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) as Point;

/** Eleven outlines drawn separately in GCJ-02 → one set without gaps or overlaps in WGS-84. */
export function buildOutlines(folder: string, options: { toleranceM: number; minKm2: number }): Outlines {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.geojson'))
    .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as GeoJSON.FeatureCollection).features)
    .map((feature) => ({
      code: String(feature.id),
      name: String(feature.properties?.name),
      rings: ringsOf(feature.geometry).map((ring) => ring.map(snap)),
    }))
    .sort((a, b) => a.code.localeCompare(b.code));
  const all = sources.flatMap((source) => source.rings.flat());
  const margin = 8;
  const left = Math.min(...xs(all)) - margin;
  const bottom = Math.min(...ys(all)) - margin;
  const raster = createRaster(
    left,
    bottom,
    Math.max(...xs(all)) - left + margin,
    Math.max(...ys(all)) - bottom + margin,
  );
  for (const [index, source] of sources.entries()) paintRings(raster, source.rings, index + 1);
  closeGaps(raster, 4);
  const cellKm2 = (111.32 / rasterPerDegree) ** 2 * Math.cos((32 * Math.PI) / 180);
  dropSpecks(raster, Math.ceil(options.minKm2 / cellKm2));

  const middle = toWgs84((left + raster.width / 2) / rasterPerDegree, (bottom + raster.height / 2) / rasterPerDegree);
  const metric = metricAround(middle[0], middle[1]);
  const arcs = traceArcs(raster).map((arc): BorderArc => {
    const metres = arc.points.map(([x, y]) =>
      metric.to(toWgs84(x / rasterPerDegree - halfCell, y / rasterPerDegree - halfCell)),
    );
    const line = simplify(round(simplify(metres, options.toleranceM), 2), options.toleranceM / 5);
    return { ...arc, points: line.map((at) => rounded(metric.from(at))) };
  });

  const codeOf = (label: number) => sources[label - 1]?.code ?? null;
  return {
    borders: arcs.map((arc) => ({ left: codeOf(arc.left), right: codeOf(arc.right), points: arc.points as Point[] })),
    districts: sources.map((source, index) => {
      const rings = ringsAround(arcs, index + 1) as Point[][];
      const outer = rings.filter((ring) => ringArea(ring) > 0);
      const holes = rings.filter((ring) => ringArea(ring) <= 0);
      const polygons = outer.map((ring) => [
        ring,
        ...holes.filter((hole) => outer.length === 1 || holds(ring, hole[0]!)),
      ]);
      const areaKm2 = rings.reduce((sum, ring) => sum + ringArea(ring.map(metric.to)), 0) / 1e6;
      return { code: source.code, name: source.name, polygons, areaKm2: Math.round(areaKm2 * 10) / 10 };
    }),
  };
}

const xs = (points: readonly GridPoint[]) => points.map((at) => at[0]);
const ys = (points: readonly GridPoint[]) => points.map((at) => at[1]);

function snap(at: readonly number[]): GridPoint {
  const scale = rasterPerDegree / sourceGrid;
  return [Math.round(at[0]! * sourceGrid) * scale, Math.round(at[1]! * sourceGrid) * scale];
}

function ringsOf(geometry: GeoJSON.Geometry): number[][][] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat();
  throw new Error(`a district is no polygon but ${geometry.type}`);
}

function holds(ring: readonly Point[], at: Point): boolean {
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[i + 1]!;
    if (a[1] > at[1] !== b[1] > at[1] && at[0] < a[0] + ((at[1] - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      inside = !inside;
  }
  return inside;
}
