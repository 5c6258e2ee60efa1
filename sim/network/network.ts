import { bearingDeg, between, distanceM, type LonLat } from '../geo.ts';
import { type Place, places } from './places.ts';
import { waterAt } from './river.ts';
import { type Road, roads, speedLimitKmh, type Underpass, underpasses } from './roads.ts';

/** One direction of one stretch between two neighbouring places. `twin` is the other direction. */
export type Edge = {
  readonly index: number;
  readonly twin: number;
  readonly from: number;
  readonly to: number;
  readonly road: Road;
  readonly lengthM: number;
  readonly headingDeg: number;
  readonly limitMps: number;
};

export type Network = {
  readonly fidelity: 'schematic';
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
  readonly out: readonly (readonly Edge[])[];
  readonly indexOf: ReadonlyMap<string, number>;
};

export function patrolNetwork(): Network {
  const indexOf = new Map(places.map((place, index) => [place.id, index]));
  const edges: Edge[] = [];
  const known = new Set<string>();
  const at = (id: string) => {
    const index = indexOf.get(id);
    if (index === undefined) throw new Error(`no place named ${id}`);
    return index;
  };
  for (const road of roads) {
    for (let i = 1; i < road.chain.length; i++) {
      const [a, b] = [at(road.chain[i - 1]!), at(road.chain[i]!)];
      const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
      if (known.has(key)) continue;
      known.add(key);
      const first = edges.length;
      for (const [from, to, index, twin] of [
        [a, b, first, first + 1],
        [b, a, first + 1, first],
      ] as const) {
        edges.push({
          index,
          twin,
          from,
          to,
          road,
          lengthM: distanceM(places[from]!.at, places[to]!.at),
          headingDeg: bearingDeg(places[from]!.at, places[to]!.at),
          limitMps: speedLimitKmh[road.kind] / 3.6,
        });
      }
    }
  }
  const out = places.map((_, index) => edges.filter((edge) => edge.from === index));
  return { fidelity: 'schematic', places, edges, out, indexOf };
}

export const pointOn = (network: Network, edge: Edge, offsetM: number): LonLat =>
  between(network.places[edge.from]!.at, network.places[edge.to]!.at, offsetM / edge.lengthM);

/** Both directions of the stretch that an underpass lies on, and its lowest point. */
export function underpassOf(network: Network, id: string): { underpass: Underpass; edges: Edge[]; at: LonLat } {
  const underpass = underpasses.find((each) => each.id === id);
  if (!underpass) throw new Error(`no underpass named ${id}`);
  const [a, b] = underpass.road.map((place) => network.indexOf.get(place));
  const edges = network.edges.filter(
    (edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a),
  );
  if (edges.length !== 2) throw new Error(`underpass ${id} lies on no road`);
  return { underpass, edges, at: pointOn(network, edges[0]!, edges[0]!.lengthM / 2) };
}

/** Where an edge that is no named crossing would drive through water: none, or the network is wrong. */
export function wetPoints(network: Network, stepM = 50): string[] {
  return network.edges.flatMap((edge) => {
    if (edge.road.crossing) return [];
    const steps = Math.ceil(edge.lengthM / stepM);
    const wet = Array.from({ length: steps + 1 }, (_, i) =>
      waterAt(pointOn(network, edge, (edge.lengthM * i) / steps)),
    );
    const name = wet.find((water) => water !== null);
    return name ? [`${edge.road.name} ${network.places[edge.from]!.id}→${network.places[edge.to]!.id}: ${name}`] : [];
  });
}

/** Next edge on the fastest way from every place to every place, by one Dijkstra a target; -1 where there is none. */
export type Routes = { nextEdge(from: number, to: number): number; seconds(from: number, to: number): number };

export function routesOver(network: Network, closed: ReadonlySet<number> = new Set()): Routes {
  const count = network.places.length;
  const next = new Int32Array(count * count).fill(-1);
  const cost = new Float64Array(count * count).fill(Number.POSITIVE_INFINITY);
  for (let target = 0; target < count; target++) {
    const base = target * count;
    const done = new Uint8Array(count);
    cost[base + target] = 0;
    for (let round = 0; round < count; round++) {
      let node = -1;
      for (let i = 0; i < count; i++) {
        if (!done[i] && (node < 0 || cost[base + i]! < cost[base + node]!)) node = i;
      }
      if (node < 0 || cost[base + node] === Number.POSITIVE_INFINITY) break;
      done[node] = 1;
      for (const edge of network.out[node]!) {
        // Towards the target one drives the twin: from its start (edge.to) into `node`.
        if (closed.has(edge.twin)) continue;
        const through = cost[base + node]! + edge.lengthM / edge.limitMps;
        if (through < cost[base + edge.to]!) {
          cost[base + edge.to] = through;
          next[base + edge.to] = edge.twin;
        }
      }
    }
  }
  return {
    nextEdge: (from, to) => next[to * count + from]!,
    seconds: (from, to) => cost[to * count + from]!,
  };
}
