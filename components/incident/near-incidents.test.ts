import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import { searchKinds } from './kind-search.ts';
import { distanceM, nearIncidents } from './near-incidents.ts';

const incident = (id: string, lonLat: [number, number], more: Partial<Incident> = {}) =>
  ({
    id,
    state: 'filed',
    kind: 'statutory.flood.underpass',
    place: { ...nowhere, lonLat },
    cycles: [newCycle()],
    openedAt: 0,
    ...more,
  }) as unknown as Incident;

describe('incidents that may be the same', () => {
  it('measures metres: one degree of latitude is 111.2 km', () => {
    expect(distanceM([118.8, 32], [118.8, 33])).toBeCloseTo(111_195, -1);
  });

  it('are near in place and time, open, and not itself; the same kind comes first', () => {
    const here: [number, number] = [118.8, 32.06];
    const all = [
      incident('self', here),
      incident('other-kind', [118.8005, 32.06], { kind: 'statutory.fire.building' }),
      incident('same', [118.801, 32.06]),
      incident('far', [118.82, 32.06]),
      incident('old', here, { openedAt: -3 * 3_600_000 }),
      incident('closed', here, { state: 'closed' }),
    ];
    const near = nearIncidents(all, { lonLat: here, kind: 'statutory.flood.underpass', at: 60_000, not: 'self' });
    expect(near.map((one) => one.incident.id)).toEqual(['same', 'other-kind']);
    expect(nearIncidents(all, { lonLat: null, kind: null, at: 0 })).toEqual([]);
  });
});

describe('kinds', () => {
  it('are found by pinyin initials, pinyin, characters, English and code', () => {
    const first = (text: string) => searchKinds(text)[0]?.code;
    expect(['xctd', 'xiachuan', '积水', 'underpass', 'flood.underpass'].map(first)).toEqual(
      Array(5).fill('statutory.flood.underpass'),
    );
    expect(searchKinds('zzzz')).toEqual([]);
    expect(searchKinds('').length).toBeGreaterThan(20);
  });
});
