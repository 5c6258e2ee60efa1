import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoUnits } from './demo-units.ts';
import { dispatchableCount, roster } from './roster.ts';

describe('the roster', () => {
  it('is the same for a seed, and its first units are the same for every seed', () => {
    expect(roster(7, 900)).toEqual(roster(7, 900));
    expect(roster(7, dispatchableCount)).toEqual(roster(8, dispatchableCount));
    expect(roster(7, 900)).not.toEqual(roster(8, 900));
    expect(roster(7, 5_000)).toHaveLength(5_000);
  });

  it('gives every unit an id, a call sign and a subject of its own', () => {
    const all = roster(1, 5_000);
    for (const of of [
      (unit: (typeof all)[number]) => unit.id,
      (unit: (typeof all)[number]) => unit.callSign,
      (unit: (typeof all)[number]) => `${unit.subject.scheme}/${unit.subject.key}`,
    ])
      expect(new Set(all.map(of)).size).toBe(all.length);
  });

  it('holds every kind in any first twenty, both editions, and call signs of the field', () => {
    const first = roster(1, 20);
    expect(new Set(first.map((unit) => unit.kind)).size).toBe(7);
    const all = roster(1, 600);
    expect(new Set(all.map((unit) => unit.link))).toEqual(new Set(['push', 'jt808-2013', 'jt808-2019', 'gtfs']));
    expect(new Set(roster(1, 900).map((unit) => unit.link)).has('jt809')).toBe(true);
    const signs = all.map((unit) => unit.callSign);
    for (const sign of ['巡1201', '消0301', '急0102', '泵0401']) expect(signs).toContain(sign);
    expect(all.filter((unit) => unit.gcj02).length).toBeGreaterThan(5);
  });

  it('is what the demo seed of the server says', () => {
    const committed = readFileSync(new URL('../server/store/seed/demo-units.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(demoUnits()));
  });
});
