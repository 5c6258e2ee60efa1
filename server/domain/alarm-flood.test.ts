import { describe, expect, it } from 'vitest';
import { announce, type Coming, ebb, type Flood, noFlood } from './alarm-flood.ts';

const limits = { alarms: 10, withinS: 600, endsBelow: 5 };
const of = (priority: Coming['priority'], more: Partial<Coming> = {}): Coming => ({
  priority,
  raises: 'signal',
  shelved: false,
  chattering: false,
  ...more,
});

function run(comings: readonly (readonly [number, Coming])[]) {
  let flood: Flood = noFlood;
  let notices = 0;
  const quiet = comings.map(([at, coming]) => {
    const next = announce(ebb(flood, limits, at).flood, coming, limits, at);
    flood = next.flood;
    notices += Number(next.begins);
    return next.quiet;
  });
  return { quiet, flood, notices };
}

describe('a flood of 300 alarms in ten minutes', () => {
  const comings = Array.from({ length: 300 }, (_, index) => {
    const priority = index % 50 === 0 ? 'P1' : index % 25 === 0 ? 'P2' : index % 2 ? 'P3' : 'P4';
    return [index * 2_000, of(priority)] as const;
  });
  const { quiet, flood, notices } = run(comings);

  it('announces at most ten besides P1 and P2, the notice among them', () => {
    const heard = comings.filter(([, { priority }], index) => quiet[index] === null && priority > 'P2');
    expect(heard.length + notices).toBeLessThanOrEqual(10);
    expect(notices).toBe(1);
  });
  it('announces every P1 and P2', () => {
    expect(comings.every(([, { priority }], index) => priority > 'P2' || quiet[index] === null)).toBe(true);
  });
  it('counts what it collected, and is over when few come', () => {
    expect(flood.collected).toBe(quiet.filter((reason) => reason === 'flood').length);
    expect(ebb(flood, limits, 700_000)).toMatchObject({ ended: false });
    const later = ebb(flood, limits, 600_000 + 592_000);
    expect(later).toMatchObject({ ended: true, flood: { since: null, collected: 0 } });
    expect(announce(later.flood, of('P3'), limits, 1_400_000).quiet).toBeNull();
  });
});

describe('what makes no sound anyhow', () => {
  it('a line, what is shelved, what chatters; P1 is heard from under a shelf', () => {
    expect(announce(noFlood, of('P1', { raises: 'status' }), limits, 1).quiet).toBe('status');
    expect(announce(noFlood, of('P2', { shelved: true }), limits, 1).quiet).toBe('shelved');
    expect(announce(noFlood, of('P1', { shelved: true }), limits, 1).quiet).toBeNull();
    const { quiet, flood } = announce(noFlood, of('P3', { chattering: true }), limits, 1);
    expect([quiet, flood]).toEqual(['chatter', noFlood]);
  });
  it('nobody counts while the rule is off, and a flood of then is over', () => {
    expect(announce(noFlood, of('P4'), null, 1)).toEqual({ flood: noFlood, quiet: null, begins: false });
    expect(ebb({ ...noFlood, since: 1 }, null, 2)).toEqual({ flood: noFlood, ended: true });
  });
});
