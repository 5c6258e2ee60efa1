import { PbfWriter } from 'pbf';
import type { MapLayerName, MapProperties } from './map-feature.ts';
import { mapLayers } from './map-feature.ts';
import type { Shape } from './tile-shape.ts';

export const tileExtent = 4096;
/** Vertices nearer than this to the line without them are left out, in units of the extent. */
const tolerance = 3;
const geometryType = { point: 1, line: 2, area: 3 } as const;

export type TileAt = { readonly z: number; readonly x: number; readonly y: number; readonly last: boolean };

/** Shapes that lie in one tile → Mapbox Vector Tile 2.1; null: nothing of them is left at this size. */
export function encodeTile(shapes: readonly Shape[], at: TileAt): Uint8Array | null {
  const byLayer = new Map<MapLayerName, { shape: Shape; geometry: number[] }[]>();
  for (const shape of shapes) {
    const geometry = commands(shape, at);
    if (geometry.length === 0) continue;
    const list = byLayer.get(shape.drawn.layer) ?? [];
    byLayer.set(shape.drawn.layer, list);
    list.push({ shape, geometry });
  }
  if (byLayer.size === 0) return null;
  const tile = new PbfWriter();
  for (const layer of mapLayers) {
    const features = byLayer.get(layer);
    if (features) tile.writeMessage(3, writeLayer, { layer, features });
  }
  return tile.finish();
}

type LayerContent = { layer: MapLayerName; features: { shape: Shape; geometry: number[] }[] };

function writeLayer({ layer, features }: LayerContent, pbf: PbfWriter): void {
  const keys = new Map<string, number>();
  const values = new Map<string | number, number>();
  const numberIn = <K>(map: Map<K, number>, key: K): number => {
    const known = map.get(key);
    if (known !== undefined) return known;
    map.set(key, map.size);
    return map.size - 1;
  };
  pbf.writeVarintField(15, 2);
  pbf.writeStringField(1, layer);
  for (const { shape, geometry } of features)
    pbf.writeMessage(
      2,
      (_, feature) => {
        const tags = Object.entries(shape.drawn.properties as MapProperties).flatMap(([key, value]) => [
          numberIn(keys, key),
          numberIn(values, value),
        ]);
        feature.writePackedVarint(2, tags);
        feature.writeVarintField(3, geometryType[shape.kind]);
        feature.writePackedVarint(4, geometry);
      },
      null,
    );
  for (const key of keys.keys()) pbf.writeStringField(3, key);
  for (const value of values.keys())
    pbf.writeMessage(
      4,
      (of, into) => {
        if (typeof of === 'string') into.writeStringField(1, of);
        else into.writeDoubleField(3, of);
      },
      value,
    );
  pbf.writeVarintField(5, tileExtent);
}

const zigzag = (value: number) => (value << 1) ^ (value >> 31);
const command = (id: 1 | 2 | 7, count: number) => (count << 3) | id;

function commands(shape: Shape, { z, x, y, last }: TileAt): number[] {
  const scale = 2 ** z * tileExtent;
  const [dx, dy] = [x * tileExtent, y * tileExtent];
  const least = last ? 0 : (tolerance / scale) ** 2;
  const out: number[] = [];
  let [penX, penY] = [0, 0];
  for (const [index, { xy, weight }] of shape.parts.entries()) {
    let points: number[] = [];
    for (let i = 0; i < weight.length; i += 1) {
      if (weight[i]! < least) continue;
      const [px, py] = [Math.round(xy[i * 2]! * scale - dx), Math.round(xy[i * 2 + 1]! * scale - dy)];
      if (points.length && points.at(-2) === px && points.at(-1) === py) continue;
      points.push(px, py);
    }
    if (shape.kind === 'area') {
      if (points.length >= 4 && points[0] === points.at(-2) && points[1] === points.at(-1))
        points = points.slice(0, -2);
      const doubled = areaOf(points);
      // A speck of less than four pixels of the screen's 512 is not seen; without its outside there is no hole either.
      if (points.length < 6 || Math.abs(doubled) < (last ? 2 : 512)) {
        if (index === 0) return [];
        continue;
      }
      if (doubled > 0 !== (index === 0)) points = reversed(points);
    }
    const count = points.length / 2;
    if (shape.kind === 'line' && count < 2) continue;
    out.push(command(1, 1), zigzag(points[0]! - penX), zigzag(points[1]! - penY));
    [penX, penY] = [points[0]!, points[1]!];
    if (shape.kind === 'point') continue;
    out.push(command(2, count - 1));
    for (let i = 1; i < count; i += 1) {
      out.push(zigzag(points[i * 2]! - penX), zigzag(points[i * 2 + 1]! - penY));
      [penX, penY] = [points[i * 2]!, points[i * 2 + 1]!];
    }
    if (shape.kind === 'area') out.push(command(7, 1));
  }
  return out;
}

/** Twice the area, positive for outsides as the specification wants them (clockwise on the screen). */
function areaOf(points: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const j = (i + 2) % points.length;
    sum += points[i]! * points[j + 1]! - points[j]! * points[i + 1]!;
  }
  return sum;
}

function reversed(points: readonly number[]): number[] {
  const back: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) back.push(points[i]!, points[i + 1]!);
  return back;
}
