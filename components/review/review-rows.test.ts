import { describe, expect, it } from 'vitest';
import { noClocks } from '@/server/domain/clock.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { filed, inState } from '@/server/domain/testing/samples.ts';
import { percentile, reviewRow, reviewRows, targetSummaries } from './review-rows.ts';

const everything = { text: '', show: 'all', priorities: [] } as const;
const nothing = () => [];
const withClocks = (id: string, clocks: Partial<ReturnType<typeof noClocks>>): Incident => {
  const of = filed(id);
  return { ...of, cycles: [{ ...of.cycles[0]!, clocks: { ...noClocks(), ...clocks } }] };
};

describe('percentiles', () => {
  it('are values that were measured', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
    expect([percentile(sorted, 0.5), percentile(sorted, 0.9), percentile([7], 0.9), percentile([], 0.5)]).toEqual([
      5,
      9,
      7,
      null,
    ]);
  });

  it('count only intervals whose both ends were stamped', () => {
    const [answer] = targetSummaries([
      withClocks('a', { T0: 0, T1: 10_000 }),
      withClocks('b', { T0: 0, T1: 30_000 }),
      withClocks('c', { T0: 0 }),
    ]);
    expect(answer).toMatchObject({ count: 2, p50Ms: 10_000, p90Ms: 30_000, within: 0.5 });
    expect(targetSummaries([])[0]).toMatchObject({ count: 0, p50Ms: null, within: null });
  });
});

describe('rows', () => {
  it('say what was met, missed, not reached, and when it ended', () => {
    const row = reviewRow({ ...withClocks('a', { T0: 0, T1: 16_000, T10: 90_000 }), state: 'closed' });
    expect(row).toMatchObject({ met: 1, missed: 1, notReached: 2, beganAt: 0, endedAt: 90_000, open: false });
  });

  it('are filtered by state, priority and the words on the screen', () => {
    const open = { ...filed('open'), priority: 'P1' as const };
    const closed = { ...inState('closed'), id: 'closed' as Incident['id'] };
    const ids = (filter: Parameters<typeof reviewRows>[1]) =>
      reviewRows([open, closed], filter, () => ['城市内涝']).map((row) => row.incident.id);
    expect(ids({ ...everything, show: 'open' })).toEqual(['open']);
    expect(ids({ ...everything, show: 'ended' })).toEqual(['closed']);
    expect(ids({ ...everything, priorities: ['P1'] })).toEqual(['open']);
    expect(ids({ ...everything, text: '内涝' })).toHaveLength(2);
    expect(ids({ ...everything, text: 'no such thing' })).toEqual([]);
  });

  it('come newest first', () => {
    const rows = reviewRows([withClocks('old', { T0: 1 }), withClocks('new', { T0: 2 })], everything, nothing);
    expect(rows.map((row) => row.incident.id)).toEqual(['new', 'old']);
  });
});
