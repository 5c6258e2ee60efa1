import type { LonLat } from '@/server/domain/place.ts';
import { headOf, type Roads, tailOf } from './roads.ts';
import type { Snap } from './snap-index.ts';
import { createTimeBuckets } from './time-buckets.ts';

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
};
export type Router = {
  /** From each place to the target: one search backwards, done when all are found. Null: not within the cap, or no way at all. */
  reach(query: RouterQuery, from: readonly (Snap | null)[]): (Reached | null)[];
  path(query: RouterQuery, from: Snap): RoutePath | null;
};

const none = 0xffffffff;

/** Reverse Dijkstra over the packed network. Buffers stay from query to query, so one router answers one query at a time. */
export function createRouter(roads: Roads): Router {
  const { from, to, lengthM, inStart, inArc } = roads;
  const count = roads.nodes.length / 2;
  const best = new Float64Array(count);
  const metres = new Float32Array(count);
  /** The arc that leads on from here towards the target. */
  const onward = new Uint32Array(count);
  const crossed = new Uint16Array(count);
  const seen = new Uint32Array(count);
  const settled = new Uint32Array(count);
  const wanted = new Uint32Array(count);
  const buckets = createTimeBuckets(4096);
  const crossingOf = new Uint16Array(lengthM.length);
  roads.crossings.forEach(({ segments, major }, i) => {
    if (!major) return;
    for (const segment of segments) crossingOf[segment] = i + 1;
  });
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
  let turn = 0;

  function offer(capS: number, node: number, at: { key: number; metres: number; arc: number; crossed: number }): void {
    if (at.key > capS || (seen[node] === turn && best[node]! <= at.key)) return;
    seen[node] = turn;
    best[node] = at.key;
    metres[node] = at.metres;
    onward[node] = at.arc;
    crossed[node] = at.crossed;
    buckets.put(at.key, node);
  }

  function search({ target, seconds, capS }: RouterQuery, places: readonly (Snap | null)[]): void {
    turn += 1;
    buckets.clear(capS);
    let open = 0;
    const want = (node: number) => {
      if (wanted[node] === turn) return;
      wanted[node] = turn;
      open += 1;
    };
    for (const place of places) {
      if (!place) continue;
      const arc = place.segment * 2;
      if (seconds[arc]! < Infinity) want(to[place.segment]!);
      if (seconds[arc + 1]! < Infinity) want(from[place.segment]!);
    }
    const { segment, fraction } = target;
    const length = lengthM[segment]!;
    const own = crossingOf[segment]!;
    const [ahead, back] = [seconds[segment * 2]!, seconds[segment * 2 + 1]!];
    if (ahead < Infinity)
      offer(capS, from[segment]!, { key: ahead * fraction, metres: length * fraction, arc: none, crossed: own });
    if (back < Infinity)
      offer(capS, to[segment]!, {
        key: back * (1 - fraction),
        metres: length * (1 - fraction),
        arc: none,
        crossed: own,
      });
    if (open === 0) return;
    const cost = costOf(seconds);
    do {
      for (let node = buckets.take(); node >= 0; node = buckets.take()) {
        const key = buckets.key;
        if (key > best[node]!) continue; // a nearer way was found meanwhile
        if (settled[node] !== turn) {
          settled[node] = turn;
          if (wanted[node] === turn) open -= 1;
        }
        const here = metres[node]!;
        const over = crossed[node]!;
        for (let i = inStart[node]!; i < inStart[node + 1]!; i += 1) {
          const next = key + cost[i]!;
          if (next > capS) continue;
          const tail = inTail[i]!;
          if (seen[tail] === turn && best[tail]! <= next) continue;
          const arc = inArc[i]!;
          seen[tail] = turn;
          best[tail] = next;
          metres[tail] = here + lengthM[arc >>> 1]!;
          onward[tail] = arc;
          crossed[tail] = over || crossingOf[arc >>> 1]!;
          buckets.put(next, tail);
        }
      }
    } while (open > 0 && buckets.advance());
  }

  /** The best way out of a place: along its segment straight to the target, or over either end. */
  function leave({ target, seconds }: RouterQuery, place: Snap) {
    const { segment, fraction } = place;
    const length = lengthM[segment]!;
    const own = crossingOf[segment]!;
    const [ahead, back] = [seconds[segment * 2]!, seconds[segment * 2 + 1]!];
    let way: { seconds: number; metres: number; crossed: number; arc: number; direct: boolean } | null = null;
    const consider = (next: NonNullable<typeof way>) => {
      if (next.seconds < (way?.seconds ?? Infinity)) way = next;
    };
    if (segment === target.segment) {
      const share = target.fraction - fraction;
      const cost = share >= 0 ? ahead * share : back * -share;
      if ((share >= 0 ? ahead : back) < Infinity)
        consider({
          seconds: cost,
          metres: length * Math.abs(share),
          crossed: own,
          arc: segment * 2 + (share >= 0 ? 0 : 1),
          direct: true,
        });
    }
    for (const [arc, cost, share] of [
      [segment * 2, ahead, 1 - fraction],
      [segment * 2 + 1, back, fraction],
    ] as const) {
      const node = headOf(roads, arc);
      if (cost === Infinity || settled[node] !== turn) continue;
      consider({
        seconds: best[node]! + cost * share,
        metres: metres[node]! + length * share,
        crossed: crossed[node]! || own,
        arc,
        direct: false,
      });
    }
    return way as { seconds: number; metres: number; crossed: number; arc: number; direct: boolean } | null;
  }

  const reached = (way: { seconds: number; metres: number; crossed: number }): Reached => ({
    seconds: way.seconds,
    metres: way.metres,
    crossing: way.crossed ? way.crossed - 1 : null,
  });

  return {
    reach(query, places) {
      search(query, places);
      return places.map((place) => {
        const way = place ? leave(query, place) : null;
        return way && way.seconds <= query.capS ? reached(way) : null;
      });
    },
    path(query, place) {
      search(query, [place]);
      const way = leave(query, place);
      if (!way) return null;
      const parts: { arc: number; from: number; to: number }[] = [];
      const shareOf = (arc: number, fraction: number) => (arc & 1 ? 1 - fraction : fraction);
      if (way.direct) {
        parts.push({
          arc: way.arc,
          from: shareOf(way.arc, place.fraction),
          to: shareOf(way.arc, query.target.fraction),
        });
      } else {
        parts.push({ arc: way.arc, from: shareOf(way.arc, place.fraction), to: 1 });
        let node = headOf(roads, way.arc);
        for (; onward[node] !== none; node = headOf(roads, onward[node]!))
          parts.push({ arc: onward[node]!, from: 0, to: 1 });
        const { segment, fraction } = query.target;
        // Over which end the target was entered: the one whose seed is what the node holds.
        const ahead = tailOf(roads, segment * 2) === node && query.seconds[segment * 2]! * fraction === best[node];
        const last = segment * 2 + (ahead ? 0 : 1);
        parts.push({ arc: last, from: 0, to: shareOf(last, fraction) });
      }
      return { ...reached(way), line: lineOf(roads, parts), along: alongOf(roads, parts) };
    },
  };
}

type Part = { arc: number; from: number; to: number };

function lineOf({ points, pointStart }: Roads, parts: readonly Part[]): LonLat[] {
  const line: LonLat[] = [];
  const add = (lon: number, lat: number) => {
    const last = line.at(-1);
    if (last && last[0] === lon && last[1] === lat) return;
    line.push([lon, lat]);
  };
  for (const { arc, from, to } of parts) {
    const segment = arc >>> 1;
    const own: LonLat[] = [];
    for (let i = pointStart[segment]!; i < pointStart[segment + 1]!; i += 1)
      own.push([points[i * 2]! / 1e7, points[i * 2 + 1]! / 1e7]);
    if (arc & 1) own.reverse();
    const squeeze = Math.cos(((own[0]?.[1] ?? 0) * Math.PI) / 180);
    const steps = own.slice(1).map((b, i) => Math.hypot((b[0] - own[i]![0]) * squeeze, b[1] - own[i]![1]));
    const whole = steps.reduce((sum, step) => sum + step, 0) || 1;
    let before = 0;
    const at = (share: number, i: number): LonLat => {
      const t = steps[i]! === 0 ? 0 : (share * whole - before) / steps[i]!;
      const [a, b] = [own[i]!, own[i + 1]!];
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    };
    steps.forEach((step, i) => {
      const [low, high] = [before / whole, (before + step) / whole];
      if (high >= from && low <= to) {
        add(...(from > low ? at(from, i) : own[i]!));
        add(...(to < high ? at(to, i) : own[i + 1]!));
      }
      before += step;
    });
  }
  return line;
}

function alongOf({ lengthM, name, names }: Roads, parts: readonly Part[]): RoutePath['along'] {
  const along: { name: string | null; metres: number }[] = [];
  for (const { arc, from, to } of parts) {
    const metres = lengthM[arc >>> 1]! * (to - from);
    const called = names[name[arc >>> 1]!] || null;
    const last = along.at(-1);
    if (last && last.name === called) last.metres += metres;
    else if (metres > 0) along.push({ name: called, metres });
  }
  return along.map((one) => ({ ...one, metres: Math.round(one.metres) }));
}
