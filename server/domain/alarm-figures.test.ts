import { describe, expect, it } from 'vitest';
import { alarmFigures, type Raised } from './alarm-figures.ts';

const minute = 60_000;
const raised = (at: number, more: Partial<Raised> = {}): Raised => ({
  at,
  alarm: 'a',
  rule: 'r',
  name: '下关',
  priority: 'P3',
  raises: 'signal',
  quiet: null,
  ...more,
});
const shift = { from: 0, to: 60 * minute };

describe('figures of a room', () => {
  it('count what was announced and what would have been, in slots of ten minutes without gaps', () => {
    const figures = alarmFigures(
      [
        raised(minute),
        raised(25 * minute, { quiet: 'flood' }),
        raised(55 * minute),
        raised(26 * minute, { raises: 'status' }),
      ],
      shift,
    );
    expect(figures.slots.map(({ asked }) => asked)).toEqual([1, 0, 1, 0, 0, 1]);
    expect(figures).toMatchObject({ asked: 3, announced: 2, perTenMinutes: 2 / 6, now: { asked: 1, announced: 1 } });
  });

  it('a flood is more than ten in ten minutes; two slots on end are one', () => {
    const many = (from: number) =>
      Array.from({ length: 11 }, (_, index) => raised(from + index, { alarm: `${from}/${index}` }));
    const figures = alarmFigures([...many(0), ...many(10 * minute), ...many(40 * minute)], shift);
    expect(figures.floods).toEqual({ count: 2, share: 0.5 });
    expect(figures.peak).toMatchObject({ from: 0, asked: 11 });
    expect(alarmFigures(many(0).slice(1), shift).floods.count).toBe(0);
  });

  it('shares by priority are of what was announced; top sources of all that came', () => {
    const figures = alarmFigures(
      [
        raised(1, { priority: 'P1', alarm: 'x', name: 'x' }),
        raised(2),
        raised(3),
        raised(4, { quiet: 'chatter' }),
        raised(5, { alarm: 'y', name: 'y' }),
      ],
      shift,
    );
    expect(figures.shares).toEqual({ P1: 0.25, P2: 0, P3: 0.75, P4: 0 });
    expect(figures.top.map(({ alarm, count }) => [alarm, count])).toEqual([
      ['a', 3],
      ['x', 1],
      ['y', 1],
    ]);
    expect(figures.topShare).toBeCloseTo(1);
  });

  it('of nothing are zero, not nothing', () => {
    expect(alarmFigures([], shift)).toMatchObject({ asked: 0, perTenMinutes: 0, peak: null, top: [], topShare: 0 });
  });
});
