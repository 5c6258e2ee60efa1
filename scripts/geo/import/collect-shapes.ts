import type { NodeStore } from '@/server/places/osm/node-store.ts';
import type { Member, Tags } from '@/server/places/osm/read-block.ts';
import { assembleRings } from './assemble-rings.ts';
import { type Drawn, drawnArea, drawnLine, drawnPoint } from './map-feature.ts';
import { boxOf, type Part, partOf, type Shape, worldX, worldY } from './tile-shape.ts';

export type Bounds = readonly [west: number, south: number, east: number, north: number];
type Outline = { readonly drawn: Drawn; readonly outer: number[]; readonly inner: number[] };

/** Gathers what the base map draws while an extract is read: relations first, then nodes, then ways. */
export function createShapeCollector(bounds: Bounds | null) {
  const shapes: Shape[] = [];
  const outlines: Outline[] = [];
  /** Ways that areas are made of, by id: their nodes, once they were read. */
  const members = new Map<number, Int32Array | null>();
  const limits = bounds && [worldX(bounds[0]), worldY(bounds[3]), worldX(bounds[2]), worldY(bounds[1])];
  const within = ([west, north, east, south]: Shape['box']): boolean =>
    !limits || (east >= limits[0]! && west <= limits[2]! && south >= limits[1]! && north <= limits[3]!);

  function add(drawn: Drawn, kind: Shape['kind'], parts: readonly Part[]): void {
    const box = boxOf(parts);
    if (within(box)) shapes.push({ drawn, kind, parts, box });
  }

  return {
    shapes,
    relation(list: readonly Member[], tags: Tags): void {
      if (tags.get('type') !== 'multipolygon') return;
      const drawn = drawnArea(tags);
      if (!drawn) return;
      const ids = (inner: boolean) =>
        list.flatMap(({ type, id, role }) => (type === 'way' && (role === 'inner') === inner ? [id] : []));
      const outline = { drawn, outer: ids(false), inner: ids(true) };
      outlines.push(outline);
      for (const id of [...outline.outer, ...outline.inner]) members.set(id, null);
    },
    node(lonE7: number, latE7: number, tags: Tags): void {
      const drawn = drawnPoint(tags);
      if (drawn) add(drawn, 'point', [pointAt(lonE7, latE7)]);
    },
    way(id: number, nodes: Int32Array, tags: Tags, store: NodeStore): void {
      if (members.has(id)) members.set(id, nodes);
      if (tags.size === 0) return;
      const isClosed = nodes.length >= 4 && nodes[0] === nodes[nodes.length - 1];
      const line = drawnLine(tags);
      if (line) for (const run of runsOf(nodes)) add(line, 'line', [partOf(coordinates(run, store))]);
      if (!isClosed) return;
      const area = drawnArea(tags);
      const ring = known(nodes);
      if (area && ring.length >= 4) add(area, 'area', [partOf(coordinates(ring.slice(0, -1), store))]);
      const label = drawnPoint(tags);
      if (label && ring.length >= 4) add(label, 'point', [middle(coordinates(ring.slice(0, -1), store))]);
    },
    /** After the last way: areas with holes, or of several ways. */
    finish(store: NodeStore): void {
      for (const { drawn, outer, inner } of outlines) {
        const rings = (ids: readonly number[]) =>
          assembleRings(ids.flatMap((id) => (members.get(id) ? [known(members.get(id)!)] : []))).map((ring) =>
            partOf(coordinates(ring.slice(0, -1), store)),
          );
        const holes = rings(inner);
        for (const outside of rings(outer)) {
          const own = holes.filter((hole) => holds(outside.xy, hole.xy[0]!, hole.xy[1]!));
          add(drawn, 'area', [outside, ...own]);
        }
      }
      outlines.length = 0;
      members.clear();
    },
  };
}

const known = (nodes: Int32Array): number[] => [...nodes].filter((node) => node >= 0);

/** Stretches without a gap. */
function runsOf(nodes: Int32Array): number[][] {
  const runs: number[][] = [[]];
  for (const node of nodes)
    if (node >= 0) runs.at(-1)!.push(node);
    else runs.push([]);
  return runs.filter((run) => run.length >= 2);
}

function coordinates(nodes: readonly number[], store: NodeStore): Float64Array {
  const xy = new Float64Array(nodes.length * 2);
  nodes.forEach((node, i) => {
    xy[i * 2] = worldX(store.lonE7(node) / 1e7);
    xy[i * 2 + 1] = worldY(store.latE7(node) / 1e7);
  });
  return xy;
}

const pointAt = (lonE7: number, latE7: number): Part => ({
  xy: Float64Array.of(worldX(lonE7 / 1e7), worldY(latE7 / 1e7)),
  weight: Float64Array.of(Infinity),
});

function middle(xy: Float64Array): Part {
  let [x, y] = [0, 0];
  for (let i = 0; i < xy.length; i += 2) {
    x += xy[i]!;
    y += xy[i + 1]!;
  }
  return { xy: Float64Array.of((x * 2) / xy.length, (y * 2) / xy.length), weight: Float64Array.of(Infinity) };
}

function holds(ring: Float64Array, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}
