import type { NodeStore } from '../osm/node-store.ts';
import { findCrossings, type Structure, type Water } from './find-crossings.ts';
import { roadClasses } from './road-speeds.ts';
import type { RoadRule } from './road-tags.ts';
import {
  backwardBit,
  bridgeBit,
  emergencyBit,
  forwardBit,
  mayOpposeBit,
  publicBit,
  type RoadFacts,
  type Roads,
  stretchM,
  tunnelBit,
} from './roads.ts';
import { largestOf, strongComponents } from './strong-components.ts';

export type RoadWay = {
  readonly id: number;
  readonly rule: RoadRule;
  readonly name: string | null;
  readonly structure: { readonly name: string | null; readonly nameEn: string | null };
  /** Indices of the node store; -1 where the extract was cut. */
  readonly nodes: ArrayLike<number>;
};

export type RoadSource = {
  readonly store: NodeStore;
  readonly ways: readonly RoadWay[];
  /** Nodes that nobody drives over. */
  readonly blocked: ReadonlySet<number>;
  readonly water: readonly Water[];
  readonly facts: Omit<RoadFacts, 'islandSegments' | 'bbox'>;
};

type Draft = { way: RoadWay; from: number; to: number; lengthM: number; nodes: number[] };

/** Ways → segments between junctions → what hangs together in both directions → packed. Null: no roads in it. */
export function buildRoads({ store, ways, blocked, water, facts }: RoadSource): Roads | null {
  const { drafts, positions } = split(store, ways, blocked);
  const all = drafts.map((_, i) => i);
  const onDuty = componentOf(positions.length, drafts, all);
  const kept = all.filter((i) => onDuty(drafts[i]!.from) && onDuty(drafts[i]!.to));
  if (kept.length === 0) return null;
  const isPublic = (i: number) => !drafts[i]!.way.rule.emergencyOnly;
  const open = componentOf(positions.length, drafts, kept.filter(isPublic));
  const segments = kept.map((i) => drafts[i]!);
  const number = renumber(segments, positions, store);

  const count = segments.length;
  const nodeCount = number.size;
  const nodes = new Int32Array(nodeCount * 2);
  for (const [old, node] of number) {
    nodes[node * 2] = store.lonE7(positions[old]!);
    nodes[node * 2 + 1] = store.latE7(positions[old]!);
  }
  const names = [''];
  const nameNumber = new Map<string, number>([['', 0]]);
  const numberOf = (name: string): number => {
    const known = nameNumber.get(name);
    if (known !== undefined) return known;
    nameNumber.set(name, names.length);
    return names.push(name) - 1;
  };
  const pointCount = segments.reduce((sum, { nodes: line }) => sum + line.length, 0);
  const packed = {
    nodes,
    from: new Uint32Array(count),
    to: new Uint32Array(count),
    lengthM: new Float32Array(count),
    roadClass: new Uint8Array(count),
    bits: new Uint8Array(count),
    limitKmh: new Uint8Array(count * 2),
    name: new Uint32Array(count),
    way: new Float64Array(count),
    pointStart: new Uint32Array(count + 1),
    points: new Int32Array(pointCount * 2),
  };
  const structures: Structure[] = [];
  let at = 0;
  segments.forEach(({ way, from, to, lengthM, nodes: line }, i) => {
    const { rule } = way;
    packed.from[i] = number.get(from)!;
    packed.to[i] = number.get(to)!;
    packed.lengthM[i] = lengthM;
    packed.roadClass[i] = roadClasses.indexOf(rule.roadClass);
    packed.bits[i] =
      (rule.forward ? forwardBit : 0) |
      (rule.backward ? backwardBit : 0) |
      (rule.emergencyOnly ? emergencyBit : 0) |
      (rule.structure === 'bridge' ? bridgeBit : 0) |
      (rule.structure === 'tunnel' ? tunnelBit : 0) |
      (rule.roundabout || rule.roadClass.startsWith('motorway') ? 0 : mayOpposeBit) |
      (!rule.emergencyOnly && open(from) && open(to) ? publicBit : 0);
    packed.limitKmh.set(rule.limitKmh, i * 2);
    packed.name[i] = numberOf(way.name ?? '');
    packed.way[i] = way.id;
    packed.pointStart[i] = at;
    for (const node of line) {
      packed.points[at * 2] = store.lonE7(node);
      packed.points[at * 2 + 1] = store.latE7(node);
      at += 1;
    }
    if (rule.structure) structures.push({ segment: i, kind: rule.structure, road: way.name, ...way.structure });
  });
  packed.pointStart[count] = at;
  return {
    ...packed,
    ...adjacency(nodeCount, packed.from, packed.to),
    names,
    crossings: findCrossings(packed, structures, water),
    facts: { ...facts, bbox: boxOf(nodes), islandSegments: drafts.length - count },
  };
}

/** A node is a junction where two ways meet, or one meets itself; at a barrier both sides end on their own. */
function split(store: NodeStore, ways: readonly RoadWay[], blocked: ReadonlySet<number>) {
  const uses = new Uint8Array(store.count);
  for (const { nodes } of ways)
    for (let i = 0; i < nodes.length; i += 1) {
      const node = nodes[i]!;
      if (node >= 0) uses[node] = Math.min(2, uses[node]! + 1);
    }
  const drafts: Draft[] = [];
  const positions: number[] = [];
  const numbers = new Map<number, number>();
  const nodeOf = (node: number): number => {
    const known = blocked.has(node) ? undefined : numbers.get(node);
    if (known !== undefined) return known;
    if (!blocked.has(node)) numbers.set(node, positions.length);
    return positions.push(node) - 1;
  };
  for (const way of ways) {
    let line: number[] = [];
    let start = -1;
    const { nodes } = way;
    for (let i = 0; i < nodes.length; i += 1) {
      const node = nodes[i]!;
      if (node < 0) {
        line = [];
        continue;
      }
      if (line.length === 0) start = nodeOf(node);
      if (node !== line.at(-1)) line.push(node);
      const end = i === nodes.length - 1 || nodes[i + 1]! < 0;
      if (line.length < 2 || !(end || uses[node]! > 1 || blocked.has(node))) continue;
      const lengthM = lengthOf(store, line);
      const to = nodeOf(node);
      if (lengthM > 0) drafts.push({ way, from: start, to, lengthM, nodes: line });
      line = [node];
      start = blocked.has(node) ? nodeOf(node) : to;
    }
  }
  return { drafts, positions };
}

const lengthOf = (store: NodeStore, line: readonly number[]): number => {
  let metres = 0;
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1]!, line[i]!];
    metres += stretchM(store.lonE7(a), store.latE7(a), store.lonE7(b), store.latE7(b));
  }
  return metres;
};

/** Whether a node lies in the largest part whose every junction reaches every other. */
function componentOf(nodes: number, drafts: readonly Draft[], use: readonly number[]) {
  const [from, to] = [new Uint32Array(use.length), new Uint32Array(use.length)];
  use.forEach((draft, i) => {
    from[i] = drafts[draft]!.from;
    to[i] = drafts[draft]!.to;
  });
  const { outStart, outArc } = adjacency(nodes, from, to);
  const component = strongComponents({
    nodes,
    start: outStart,
    arc: outArc,
    head(arc) {
      const { rule } = drafts[use[arc >>> 1]!]!.way;
      if (!(arc & 1 ? rule.backward : rule.forward)) return null;
      return arc & 1 ? from[arc >>> 1]! : to[arc >>> 1]!;
    },
  });
  const largest = largestOf(component);
  return (node: number) => component[node] === largest;
}

/** Neighbours get neighbouring numbers, so that a search stays in the processor's cache. */
function renumber(segments: readonly Draft[], positions: readonly number[], store: NodeStore): Map<number, number> {
  const used = [...new Set(segments.flatMap(({ from, to }) => [from, to]))];
  const keys = new Map(
    used.map((node) => {
      const position = positions[node]!;
      return [node, spread(store.lonE7(position)) + 2 * spread(store.latE7(position))] as const;
    }),
  );
  used.sort((a, b) => keys.get(a)! - keys.get(b)!);
  return new Map(used.map((node, i) => [node, i]));
}

/** Every second bit of a position in steps of about 14 m: half of a Z-order. */
function spread(e7: number): number {
  const cell = Math.floor((e7 + 1.8e9) / 1280);
  let key = 0;
  for (let bit = 0; bit < 22; bit += 1) if ((cell >>> bit) & 1) key += 4 ** bit;
  return key;
}

function adjacency(nodes: number, from: Uint32Array, to: Uint32Array) {
  const [outStart, inStart] = [new Uint32Array(nodes + 1), new Uint32Array(nodes + 1)];
  const ends = (arc: number) => (arc & 1 ? [to[arc >>> 1]!, from[arc >>> 1]!] : [from[arc >>> 1]!, to[arc >>> 1]!]);
  for (let arc = 0; arc < from.length * 2; arc += 1) {
    const [tail, head] = ends(arc);
    outStart[tail! + 1]! += 1;
    inStart[head! + 1]! += 1;
  }
  for (let node = 0; node < nodes; node += 1) {
    outStart[node + 1]! += outStart[node]!;
    inStart[node + 1]! += inStart[node]!;
  }
  const [outArc, inArc] = [new Uint32Array(from.length * 2), new Uint32Array(from.length * 2)];
  const [outAt, inAt] = [outStart.slice(), inStart.slice()];
  for (let arc = 0; arc < from.length * 2; arc += 1) {
    const [tail, head] = ends(arc);
    outArc[outAt[tail!]!++] = arc;
    inArc[inAt[head!]!++] = arc;
  }
  return { outStart, outArc, inStart, inArc };
}

function boxOf(nodes: Int32Array): RoadFacts['bbox'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < nodes.length; i += 2) {
    west = Math.min(west, nodes[i]!);
    east = Math.max(east, nodes[i]!);
    south = Math.min(south, nodes[i + 1]!);
    north = Math.max(north, nodes[i + 1]!);
  }
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7];
}
