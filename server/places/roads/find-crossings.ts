import type { Crossing, Roads } from './roads.ts';

/** A river by its middle line, or a shore ring of it. Positions in 1e-7 degrees, lon and lat in turn. */
export type Water = {
  readonly name: string;
  readonly nameEn: string | null;
  /** Whether the city says that crossing it matters; null: it names no river. */
  readonly big: boolean | null;
  readonly line: Int32Array;
};
export type Structure = {
  readonly segment: number;
  readonly kind: Crossing['kind'];
  readonly road: string | null;
  readonly name: string | null;
  readonly nameEn: string | null;
};

/** Where the city names no big rivers: from this length on a bridge or tunnel counts as one over a big river [prov]. */
const majorM = 600;
/** Two carriageways are one crossing within this distance. */
const togetherE7 = (2_000 / 111_320) * 1e7;
const cellE7 = 100_000;

type Geometry = Pick<Roads, 'points' | 'pointStart' | 'lengthM'>;

/** Bridges and tunnels that cut a river's line, one handle a name. */
export function findCrossings(
  roads: Geometry,
  structures: readonly Structure[],
  water: readonly Water[],
): readonly Crossing[] {
  const cut = riverFinder(water);
  type Group = { of: Structure; river: Water; at: readonly [number, number]; segments: number[]; lengthM: number };
  const groups: Group[] = [];
  const byName = new Map<string, Group[]>();
  for (const structure of structures) {
    const hit = cut(roads, structure.segment);
    if (!hit) continue;
    const lengthM = roads.lengthM[structure.segment]!;
    const key = `${structure.kind}|${structure.name ?? structure.road ?? ''}|${hit.river.name}`;
    const same = byName.get(key) ?? [];
    const near = same.find(
      ({ at }) => Math.abs(at[0] - hit.at[0]) < togetherE7 && Math.abs(at[1] - hit.at[1]) < togetherE7,
    );
    if (near) {
      near.segments.push(structure.segment);
      near.lengthM = Math.max(near.lengthM, lengthM);
      continue;
    }
    const group: Group = { of: structure, river: hit.river, at: hit.at, segments: [structure.segment], lengthM };
    byName.set(key, [...same, group]);
    groups.push(group);
  }
  const crossings = groups.map(
    ({ of, river, at, segments, lengthM }): Omit<Crossing, 'id'> => ({
      name: of.name ?? of.road ?? river.name,
      nameEn: of.nameEn,
      kind: of.kind,
      river: river.name,
      riverEn: river.nameEn,
      lengthM: Math.round(lengthM),
      major: river.big ?? lengthM >= majorM,
      at: [at[0] / 1e7, at[1] / 1e7],
      segments,
    }),
  );
  const ids = new Set<string>();
  return crossings
    .sort((a, b) => Number(b.major) - Number(a.major) || b.lengthM - a.lengthM || a.name.localeCompare(b.name))
    .map((crossing) => ({ id: freeId(crossing, ids), ...crossing }));
}

/** The same bridge keeps its id from one import to the next: it is made of its names and, where two share them, of its place. */
function freeId({ kind, name, river, at }: Omit<Crossing, 'id'>, taken: Set<string>): string {
  let id = `${kind}:${name}:${river}`;
  if (taken.has(id)) id += `@${at[0].toFixed(3)},${at[1].toFixed(3)}`;
  while (taken.has(id)) id += "'";
  taken.add(id);
  return id;
}

type Hit = { river: Water; at: readonly [number, number] };

function riverFinder(water: readonly Water[]): (roads: Geometry, segment: number) => Hit | null {
  const cells = new Map<string, [river: number, point: number][]>();
  const cellsOf = (ax: number, ay: number, bx: number, by: number): string[] => {
    const keys: string[] = [];
    for (let x = Math.floor(Math.min(ax, bx) / cellE7); x <= Math.floor(Math.max(ax, bx) / cellE7); x += 1)
      for (let y = Math.floor(Math.min(ay, by) / cellE7); y <= Math.floor(Math.max(ay, by) / cellE7); y += 1)
        keys.push(`${x},${y}`);
    return keys;
  };
  water.forEach(({ line }, river) => {
    for (let i = 0; i + 3 < line.length; i += 2)
      for (const key of cellsOf(line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!)) {
        const list = cells.get(key);
        if (list) list.push([river, i]);
        else cells.set(key, [[river, i]]);
      }
  });
  return ({ points, pointStart }, segment) => {
    for (let i = pointStart[segment]!; i + 1 < pointStart[segment + 1]!; i += 1) {
      const [ax, ay, bx, by] = [points[i * 2]!, points[i * 2 + 1]!, points[i * 2 + 2]!, points[i * 2 + 3]!];
      for (const key of cellsOf(ax, ay, bx, by))
        for (const [river, j] of cells.get(key) ?? []) {
          const { line } = water[river]!;
          const at = meeting(ax, ay, bx, by, line[j]!, line[j + 1]!, line[j + 2]!, line[j + 3]!);
          if (at) return { river: water[river]!, at };
        }
    }
    return null;
  };
}

/** Where two stretches cut, if they do. */
function meeting(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): readonly [number, number] | null {
  const [rx, ry, sx, sy] = [bx - ax, by - ay, dx - cx, dy - cy];
  const turn = rx * sy - ry * sx;
  if (turn === 0) return null;
  const t = ((cx - ax) * sy - (cy - ay) * sx) / turn;
  const u = ((cx - ax) * ry - (cy - ay) * rx) / turn;
  if (t < 0 || t > 1 || u < 0 || u > 1) return null;
  return [Math.round(ax + t * rx), Math.round(ay + t * ry)];
}
