import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stationOf } from '@/server/store/testing/records.ts';
import type { ReadingSample } from './alarm-sample.ts';
import { judge, maySay, noAtom, restoredAtom } from './alarm-truth.ts';
import { simpleConditionsOf } from './rule.ts';
import { seededRules } from './seeded-rules.ts';
import { stationKinds } from './station.ts';

const properties = seededRules.flatMap((rule) =>
  simpleConditionsOf(rule.condition).flatMap((one) => (one.of === 'reading' ? one.properties : [])),
);
const sample = fc.record({
  of: fc.constant('reading' as const),
  scheme: fc.constantFrom('sl651', 'hj212', 'gb26875', 'push'),
  key: fc.constant('s'),
  at: fc.constant(1_000),
  observedAt: fc.constant(null),
  lonLat: fc.constant(null),
  property: fc.constantFrom('anything', ...properties),
  statistic: fc.constantFrom('instant', 'sum', 'max', 'mean'),
  intervalS: fc.constantFrom(null, 3_600),
  value: fc.constantFrom(-1, 0, 0.3, 60, 1e6),
  unit: fc.constantFrom(null, 'm', 'mm', 'ug/m3'),
  limit: fc.constantFrom(null, 1),
}) as fc.Arbitrary<ReadingSample>;
const station = fc.oneof(
  fc.constant(null),
  fc.constantFrom(...stationKinds).map((kind) => stationOf('s', { kind })),
);

describe('what is not asked', () => {
  it('would have had nothing to say: of every seeded rule, whatever is remembered', () => {
    let silent = 0;
    fc.assert(
      fc.property(sample, station, fc.constantFrom(noAtom, restoredAtom), (of, at, was) => {
        for (const rule of seededRules) {
          if (maySay(rule.condition, of, at)) continue;
          silent += 1;
          for (const one of simpleConditionsOf(rule.condition)) expect(judge(one, of, { station: at, was })).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
    expect(silent).toBeGreaterThan(0);
  });
});
