import type { GridPoint, LabelRaster } from './label-raster.ts';

/** A stretch of border between two owners, `right` and `left` seen in its direction; 0 is outside the city. */
export type BorderArc = { left: number; right: number; points: GridPoint[] };

type Edge = { from: number; to: number; left: number; right: number };

/**
 * Borders of a label raster as arcs that begin and end where three owners meet. Both sides use the same arc, so
 * simplifying arcs keeps neighbours joined.
 */
export function traceArcs(raster: LabelRaster): BorderArc[] {
  const { width, height, labels } = raster;
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : labels[row * width + column]!;
  const node = (column: number, row: number) => row * (width + 1) + column;
  const edges: Edge[] = [];
  const touching = new Map<number, number[]>();
  const add = (edge: Edge) => {
    const id = edges.push(edge) - 1;
    for (const end of [edge.from, edge.to]) touching.set(end, [...(touching.get(end) ?? []), id]);
  };
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const here = at(column, row);
      const west = at(column - 1, row);
      const south = at(column, row - 1);
      if (row < height && here !== west)
        add({ from: node(column, row), to: node(column, row + 1), left: west, right: here });
      if (column < width && here !== south)
        add({ from: node(column, row), to: node(column + 1, row), left: here, right: south });
    }
  }

  const used = new Uint8Array(edges.length);
  const point = (id: number): GridPoint => [
    raster.left + (id % (width + 1)),
    raster.bottom + Math.floor(id / (width + 1)),
  ];
  const other = (edge: Edge, end: number) => (edge.from === end ? edge.to : edge.from);

  function walk(start: number, first: number): BorderArc {
    const opening = edges[first]!;
    const forward = opening.from === start;
    const [left, right] = forward ? [opening.left, opening.right] : [opening.right, opening.left];
    const path = [start];
    let edge = opening;
    let id = first;
    for (;;) {
      used[id] = 1;
      const end = other(edge, path.at(-1)!);
      path.push(end);
      const meeting = touching.get(end)!;
      if (end === start || meeting.length !== 2) break;
      id = meeting[0] === id ? meeting[1]! : meeting[0]!;
      edge = edges[id]!;
    }
    return { left, right, points: path.map(point) };
  }

  const arcs: BorderArc[] = [];
  for (const [junction, ids] of touching)
    if (ids.length !== 2) for (const id of ids) if (!used[id]) arcs.push(walk(junction, id));
  for (let id = 0; id < edges.length; id++) if (!used[id]) arcs.push(walk(edges[id]!.from, id));
  return arcs;
}

/** Closed rings around one owner, joined from its arcs; the owner lies to the left (counter-clockwise outside). */
export function ringsAround(arcs: readonly BorderArc[], owner: number): GridPoint[][] {
  const own = arcs
    .filter((arc) => (arc.left === owner) !== (arc.right === owner))
    .map((arc) => (arc.left === owner ? arc.points : [...arc.points].reverse()));
  const key = (at: GridPoint) => `${at[0]},${at[1]}`;
  const from = new Map<string, GridPoint[][]>();
  for (const points of own) from.set(key(points[0]!), [...(from.get(key(points[0]!)) ?? []), points]);
  const rings: GridPoint[][] = [];
  for (const begin of own) {
    if (!take(begin)) continue;
    const ring = [...begin];
    while (key(ring.at(-1)!) !== key(ring[0]!)) {
      const next = from.get(key(ring.at(-1)!))?.[0];
      if (!next) throw new Error(`border of ${owner} is not closed at ${key(ring.at(-1)!)}`);
      take(next);
      ring.push(...next.slice(1));
    }
    rings.push(ring);
  }
  return rings;

  function take(points: GridPoint[]): boolean {
    const waiting = from.get(key(points[0]!)) ?? [];
    const index = waiting.indexOf(points);
    if (index < 0) return false;
    waiting.splice(index, 1);
    return true;
  }
}
