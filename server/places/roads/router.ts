import type { LonLat } from '@/server/domain/place.ts';
import { headOf, type Roads, tailOf } from './roads.ts';
import { alongOf, lineOf, type Part } from './route-line.ts';
import type { Snap } from './snap-index.ts';
import { createTimeBuckets } from './time-buckets.ts';
import { createTrace, enteredAhead, enteredBack } from './trace-way.ts';

export type Reached = {
  readonly seconds: number;
  readonly metres: number;
  /** Number in `roads.crossings` of a big river's crossing on the way; null: none. */
  readonly crossing: number | null;
};
export type RoutePath = Reached & {
  readonly line: readonly LonLat[];
  /** Roads in order with how far along each; `null` has no name. */
  readonly along: readonly { readonly name: string | null; readonly metres: number }[];
};
export type RouterQuery = {
  readonly target: Snap;
  readonly seconds: Float32Array;
  /** Nobody farther away than this is looked for. */
  readonly capS: number;
  /** The search may end when this many of the places are found; those are the nearest. */
  readonly nearest?: number;
};
export type ReachedAll = {
  /** By place; null: none within `upToS`, or no way at all. */
  readonly found: readonly (Reached | null)[];
  /** Whoever is not found is farther away than this. */
  readonly upToS: number;
};
export type Router = {
  /** From each place to the target: one search backwards, done when all are found. */
  reach(query: RouterQuery, from: readonly (Snap | null)[]): ReachedAll;
  path(query: RouterQuery, from: Snap): RoutePath | null;
};

/** Counting who is found costs a look at each place. */
const bucketsBetweenCounts = 16;

/** Reverse Dijkstra over the packed network. Buffers stay from query to query, so one router answers one query at a time. */
export function createRouter(roads: Roads): Router {
  const { from, to, lengthM, inStart, inArc } = roads;
  const count = roads.nodes.length / 2;
  const best = new Float64Array(count);
  /** Where in `inArc` the arc stands that leads on towards the target. */
  const onward = new Int32Array(count);
  const wanted = new Uint8Array(count);
  const buckets = createTimeBuckets(4096);
  const trace = createTrace(roads, onward);
  /** Beside `inArc`, so that the search reads memory in a row. */
  const inTail = Uint32Array.from(inArc, (arc) => tailOf(roads, arc));
  const costs = new WeakMap<Float32Array, Float32Array>();
  const costOf = (seconds: Float32Array): Float32Array => {
    const known = costs.get(seconds);
    if (known) return known;
    const cost = Float32Array.from(inArc, (arc) => seconds[arc]!);
    costs.set(seconds, cost);
    return cost;
  };

  /** Gives how far it went: what lies within is final. */
  function search(query: RouterQuery, places: readonly (Snap | null)[]): number {
    const { target, seconds, capS, nearest } = query;
    best.fill(Infinity);
    wanted.fill(0);
    buckets.clear(capS);
    let open = 0;
    const want = (node: number) => {
      open += 1 - wanted[node]!;
      wanted[node] = 1;
    };
    for (const place of places) {
      if (!place) continue;
      const arc = place.segment * 2;
      if (seconds[arc]! < Infinity) want(to[place.segment]!);
      if (seconds[arc + 1]! < Infinity) want(from[place.segment]!);
    }
    const { segment, fraction } = target;
    const offer = (node: number, key: number, mark: number) => {
      if (key > capS || best[node]! <= key) return;
      best[node] = key;
      onward[node] = mark;
      buckets.put(key, node);
    };
    const [ahead, back] = [seconds[segment * 2]!, seconds[segment * 2 + 1]!];
    if (ahead < Infinity) offer(from[segment]!, ahead * fraction, enteredAhead);
    if (back < Infinity) offer(to[segment]!, back * (1 - fraction), enteredBack);
    trace.begin(target);
    if (open === 0) return capS;
    const all = open;
    let quiet = 0;
    const cost = costOf(seconds);
    do {
      for (let node = buckets.take(); node >= 0; node = buckets.take()) {
        const key = buckets.key;
        if (key > best[node]!) continue; // a nearer way was found meanwhile
        if (wanted[node]) {
          wanted[node] = 0;
          open -= 1;
        }
        for (let i = inStart[node]!; i < inStart[node + 1]!; i += 1) {
          const next = key + cost[i]!;
          const tail = inTail[i]!;
          if (next > capS || best[tail]! <= next) continue;
          best[tail] = next;
          onward[tail] = i;
          buckets.put(next, tail);
        }
      }
      quiet += 1;
      if (nearest === undefined || all - open < nearest || quiet < bucketsBetweenCounts) continue;
      quiet = 0;
      const upTo = Math.min(capS, buckets.upTo);
      if (places.filter((place) => place && (leave(query, place)?.seconds ?? Infinity) <= upTo).length >= nearest)
        return upTo;
    } while (open > 0 && buckets.advance());
    return capS;
  }

  /** The best way out of a place: along its segment straight to the target, or over either end. */
  function leave({ target, seconds, capS }: RouterQuery, { segment, fraction }: Snap): Way | null {
    const length = lengthM[segment]!;
    let way: Way | null = null;
    let least = Number.MAX_VALUE;
    if (segment === target.segment) {
      const share = target.fraction - fraction;
      const arc = segment * 2 + (share >= 0 ? 0 : 1);
      if (seconds[arc]! < Infinity) {
        least = seconds[arc]! * Math.abs(share);
        way = {
          seconds: least,
          metres: length * Math.abs(share),
          crossing: trace.own(segment, Math.abs(share)),
          arc,
          direct: true,
        };
      }
    }
    for (let turn = 0; turn < 2; turn += 1) {
      const arc = segment * 2 + turn;
      const share = turn === 0 ? 1 - fraction : fraction;
      const node = turn === 0 ? to[segment]! : from[segment]!;
      const whole = best[node]! + seconds[arc]! * share;
      if (seconds[arc] === Infinity || best[node] === Infinity || whole >= least || whole > capS) continue;
      least = whole;
      const { metres, crossing } = trace.from(node);
      way = {
        seconds: whole,
        metres: metres + length * share,
        crossing: crossing ?? trace.own(segment, share),
        arc,
        direct: false,
      };
    }
    return way;
  }

  return {
    reach(query, places) {
      const upToS = search(query, places);
      const found = places.map((place) => {
        const way = place ? leave(query, place) : null;
        return way && way.seconds <= upToS ? way : null;
      });
      return { found, upToS };
    },
    path(query, place) {
      search(query, [place]);
      const way = leave(query, place);
      if (!way) return null;
      const { target } = query;
      const parts: Part[] = [];
      const shareOf = (arc: number, fraction: number) => (arc & 1 ? 1 - fraction : fraction);
      const start = shareOf(way.arc, place.fraction);
      if (way.direct) parts.push({ arc: way.arc, from: start, to: shareOf(way.arc, target.fraction) });
      else {
        parts.push({ arc: way.arc, from: start, to: 1 });
        let node = headOf(roads, way.arc);
        for (; onward[node]! >= 0; node = headOf(roads, parts.at(-1)!.arc))
          parts.push({ arc: inArc[onward[node]!]!, from: 0, to: 1 });
        const last = target.segment * 2 + (onward[node] === enteredAhead ? 0 : 1);
        parts.push({ arc: last, from: 0, to: shareOf(last, target.fraction) });
      }
      const { seconds, metres, crossing } = way;
      return { seconds, metres, crossing, line: lineOf(roads, parts), along: alongOf(roads, parts) };
    },
  };
}

type Way = Reached & { readonly arc: number; readonly direct: boolean };
