import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Demand, recommend } from './recommend.ts';
import { priorities } from './scale.ts';

const unit = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  callSign: id,
  kind: 'fire-engine',
  capabilities: [],
  department: 'fire',
  district: '320102',
  check: 'free',
  freshness: 'fresh',
  fixAgeS: 3,
  lonLat: [118.8, 32.06],
  ...more,
});
const demand = (incident: string, more: Partial<Demand> = {}): Demand => ({
  incident,
  priority: 'P2',
  lonLat: [118.79, 32.05],
  needs: [{ id: 'engines', kinds: ['fire-engine'], capabilities: [], count: 1, source: null }],
  ...more,
});
/** Seconds by [candidate][demand]. */
const by = (seconds: readonly (readonly number[])[]) => (candidate: number, of: number) => {
  const own = seconds[candidate]?.[of] ?? Infinity;
  return own === Infinity ? null : { seconds: own };
};

describe('recommendation', () => {
  it('solves incidents together, and says who is nearer and why that one goes elsewhere', () => {
    const answer = recommend(
      [demand('a'), demand('b')],
      [unit('x'), unit('y')],
      by([
        [60, 70],
        [90, 600],
      ]),
    );
    expect(answer.picks.map((pick) => [pick.incident, pick.unit])).toEqual([
      ['b', 'x'],
      ['a', 'y'],
    ]);
    expect(answer.picks[1]?.nearer).toEqual({ unit: 'x', callSign: 'x', incident: 'b' });
    expect(answer.gaps).toEqual([]);
  });

  it('never leaves the graver incident for the sake of the others', () => {
    const answer = recommend(
      [demand('small', { priority: 'P4' }), demand('grave', { priority: 'P1' })],
      [unit('x')],
      by([[10, 3_000]]),
    );
    expect(answer.picks.map((pick) => pick.incident)).toEqual(['grave']);
    expect(answer.gaps).toMatchObject([{ incident: 'small', missing: 1, elsewhere: 1 }]);
  });

  it('explains each unit that cannot go, once', () => {
    const ladder = { id: 'ladder', kinds: ['fire-engine'], capabilities: ['ladder'], count: 1, source: null };
    const candidates = [
      unit('plain'),
      unit('engaged', { capabilities: ['ladder'], check: 'engaged' }),
      unit('divertible', { capabilities: ['ladder'], check: 'divertible' }),
      unit('off', { capabilities: ['ladder'], check: 'not-available' }),
      unit('stale', { capabilities: ['ladder'], freshness: 'stale' }),
      unit('nowhere', { capabilities: ['ladder'], lonLat: null, freshness: 'unknown' }),
      unit('island', { capabilities: ['ladder'] }),
      unit('ambulance', { kind: 'ambulance' }),
    ];
    const answer = recommend(
      [demand('a', { needs: [ladder] })],
      candidates,
      by(candidates.map((of) => [of.id === 'island' ? Infinity : 60])),
    );
    expect(answer.picks).toEqual([]);
    expect(answer.gaps).toEqual([
      {
        incident: 'a',
        need: 'ladder',
        kinds: ['fire-engine'],
        missing: 1,
        noPlace: false,
        ofKind: 7,
        withoutCapability: 1,
        busy: 1,
        divertible: 1,
        offDuty: 1,
        stale: 2,
        unreachable: 1,
        elsewhere: 0,
      },
    ]);
  });

  it('takes a less liked kind only where that is much nearer, and says so', () => {
    const needs = [{ id: 'n', kinds: ['fire-engine', 'pump-truck'], capabilities: [], count: 1, source: null }];
    const candidates = [unit('engine'), unit('pump', { kind: 'pump-truck' })];
    expect(recommend([demand('a', { needs })], candidates, by([[200], [100]])).picks[0]).toMatchObject({
      unit: 'engine',
      kindRank: 0,
    });
    expect(recommend([demand('a', { needs })], candidates, by([[400], [100]])).picks[0]).toMatchObject({
      unit: 'pump',
      kindRank: 1,
    });
  });

  it('tells the cover that is left, and the districts that have none', () => {
    const candidates = [unit('x'), unit('y', { district: '320106' }), unit('z', { district: '320106' })];
    expect(recommend([demand('a')], candidates, by([[10], [20], [30]])).cover).toEqual([
      { kind: 'fire-engine', free: 3, left: 2, emptied: ['320102'] },
    ]);
  });

  it('without a place recommends nobody and says why', () => {
    const answer = recommend([demand('a', { lonLat: null })], [unit('x')], by([[10]]));
    expect(answer.picks).toEqual([]);
    expect(answer.gaps).toMatchObject([{ missing: 1, noPlace: true }]);
  });
});

/**
 * The same question as a flow: demands' needs ← units, one unit of flow each, cheapest paths found by Bellman–Ford over the residual
 * network. Another algorithm than the one under test, exact as well.
 */
function cheapestFlow(
  needs: readonly { count: number; costs: readonly number[] }[],
  units: number,
): { served: number; seconds: number } {
  type Edge = { to: number; room: number; cost: number; back: number };
  const nodes = needs.length + units + 2;
  const [source, sink] = [nodes - 2, nodes - 1];
  const edges: Edge[][] = Array.from({ length: nodes }, () => []);
  const join = (from: number, to: number, room: number, cost: number) => {
    edges[from]!.push({ to, room, cost, back: edges[to]!.length });
    edges[to]!.push({ to: from, room: 0, cost: -cost, back: edges[from]!.length - 1 });
  };
  for (const [index, need] of needs.entries()) {
    join(source, index, need.count, 0);
    for (const [at, cost] of need.costs.entries()) if (Number.isFinite(cost)) join(index, needs.length + at, 1, cost);
  }
  for (let at = 0; at < units; at++) join(needs.length + at, sink, 1, 0);
  let served = 0;
  let seconds = 0;
  for (;;) {
    const cost = new Array<number>(nodes).fill(Infinity);
    const via: ({ from: number; edge: Edge } | null)[] = new Array(nodes).fill(null);
    cost[source] = 0;
    for (let changed = true; changed; ) {
      changed = false;
      for (let from = 0; from < nodes; from++) {
        if (cost[from] === Infinity) continue;
        for (const edge of edges[from]!) {
          if (edge.room === 0 || cost[from]! + edge.cost >= cost[edge.to]!) continue;
          cost[edge.to] = cost[from]! + edge.cost;
          via[edge.to] = { from, edge };
          changed = true;
        }
      }
    }
    if (cost[sink] === Infinity) return { served, seconds };
    for (let at = sink; at !== source; at = via[at]!.from) {
      const { edge } = via[at]!;
      edge.room--;
      edges[edge.to]![edge.back]!.room++;
    }
    served++;
    seconds += cost[sink]!;
  }
}

const kinds = ['fire-engine', 'ambulance', 'patrol-car'];
const checks = ['free', 'free', 'free', 'free', 'engaged', 'divertible', 'full', 'not-available'] as const;
const freshness = ['fresh', 'fresh', 'fresh', 'late', 'stale', 'unknown'] as const;
const spot = fc.record({ x: fc.integer({ min: 0, max: 20_000 }), y: fc.integer({ min: 0, max: 20_000 }) });
const situation = fc.record({
  demands: fc.array(
    fc.record({
      at: spot,
      needs: fc.uniqueArray(fc.record({ kind: fc.constantFrom(...kinds), count: fc.integer({ min: 1, max: 4 }) }), {
        selector: (of) => of.kind,
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  units: fc.array(
    fc.record({
      at: spot,
      kind: fc.constantFrom(...kinds),
      check: fc.constantFrom(...checks),
      freshness: fc.constantFrom(...freshness),
    }),
    { minLength: 0, maxLength: 40 },
  ),
});

describe('against the exact optimum', () => {
  it('is it, in generated situations, and never picks who is stale, busy or of another kind', () => {
    fc.assert(
      fc.property(situation, ({ demands, units }) => {
        const candidates = units.map((of, index) =>
          unit(`u${index}`, { kind: of.kind, check: of.check, freshness: of.freshness }),
        );
        const asked = demands.map((of, index) =>
          demand(`i${index}`, {
            needs: of.needs.map((need) => ({
              id: need.kind,
              kinds: [need.kind],
              capabilities: [],
              count: need.count,
              source: null,
            })),
          }),
        );
        const seconds = (candidate: number, of: number) => {
          const [from, to] = [units[candidate]!.at, demands[of]!.at];
          return Math.round(Math.hypot(from.x - to.x, from.y - to.y) / 9);
        };
        const answer = recommend(asked, candidates, (candidate, of) => ({ seconds: seconds(candidate, of) }));
        const used = new Set<string>();
        for (const pick of answer.picks) {
          const held = candidates.find((one) => one.id === pick.unit)!;
          expect([held.check, held.kind, ['fresh', 'late'].includes(held.freshness)]).toEqual([
            'free',
            pick.need,
            true,
          ]);
          expect(used.has(pick.unit)).toBe(false);
          used.add(pick.unit);
        }
        const needs = demands.flatMap((of, index) =>
          of.needs.map((need) => ({
            count: need.count,
            costs: candidates.map((one, at) =>
              one.kind === need.kind && one.check === 'free' && ['fresh', 'late'].includes(one.freshness)
                ? seconds(at, index)
                : Infinity,
            ),
          })),
        );
        const best = cheapestFlow(needs, candidates.length);
        expect(answer.picks.length).toBe(best.served);
        expect(answer.picks.reduce((sum, pick) => sum + pick.travel.seconds, 0)).toBe(best.seconds);
        const missing = answer.gaps.reduce((sum, gap) => sum + gap.missing, 0);
        expect(missing).toBe(needs.reduce((sum, need) => sum + need.count, 0) - best.served);
      }),
      { numRuns: 300 },
    );
  });

  it('gives every place in the queue its due: no graver need stays empty that a lighter one could have ceded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...priorities), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        (ranks, free) => {
          const demands = ranks.map((priority, index) => demand(`i${index}`, { priority }));
          const candidates = Array.from({ length: free }, (_, index) => unit(`u${index}`));
          const answer = recommend(demands, candidates, (candidate, of) => ({
            seconds: 1 + ((candidate * 7 + of * 13) % 50),
          }));
          const served = answer.picks.map((pick) =>
            priorities.indexOf(demands.find((of) => of.incident === pick.incident)!.priority),
          );
          const best = ranks
            .map((rank) => priorities.indexOf(rank))
            .sort((a, b) => a - b)
            .slice(0, free);
          expect(served.sort((a, b) => a - b)).toEqual(best);
        },
      ),
      { numRuns: 200 },
    );
  });
});
