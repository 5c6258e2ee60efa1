import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import { someSignal } from '@/server/domain/testing/samples.ts';
import { searchKinds } from './kind-search.ts';
import { distanceM, nearIncidents, nearKey, nearSignal } from './near-incidents.ts';

const incident = (id: string, lonLat: [number, number], more: Partial<Incident> = {}) =>
  ({
    id,
    state: 'filed',
    kind: 'statutory.flood.underpass',
    title: '',
    text: '',
    place: { ...nowhere, lonLat, source: 'map' },
    cycles: [newCycle()],
    openedAt: 0,
    reality: 'actual',
    ...more,
  }) as unknown as Incident;
const here: [number, number] = [118.8, 32.06];

describe('incidents that may be the same', () => {
  it('measures metres: one degree of latitude is 111.2 km', () => {
    expect(distanceM([118.8, 32], [118.8, 33])).toBeCloseTo(111_195, -1);
  });

  it('are near in place and time, open, of a kind that fits, and not itself; the likeliest comes first', () => {
    const all = [
      incident('self', here),
      incident('other-kind', [118.8005, 32.06], { kind: 'statutory.fire.building' }),
      incident('further', [118.803, 32.06]),
      incident('same', [118.801, 32.06]),
      incident('far', [118.84, 32.06]),
      incident('old', here, { openedAt: -30 * 3_600_000 }),
      incident('closed', here, { state: 'closed' }),
    ];
    const near = nearIncidents(all, { lonLat: here, kind: 'statutory.flood.underpass', at: 60_000, not: 'self' });
    expect(near.map((one) => one.id)).toEqual(['same', 'further']);
    expect(near[0]!.judged.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['distance', 'minutes', 'kindSame']),
    );
    expect(nearIncidents(all, { lonLat: null, kind: null, at: 0 })).toEqual([]);
  });
});

describe('what a waiting signal may belong to', () => {
  const waiting = (id: string, more = {}) =>
    someSignal(id, { place: { ...nowhere, lonLat: here, source: 'feed' }, observedAt: 0, receivedAt: 0, ...more });
  const incidents = [incident('i', here, { kind: 'statutory.flood.waterlogging' })];

  it('are incidents and other signals, not those behind another, and not itself', () => {
    const self = waiting('self');
    const signals = [
      self,
      waiting('other'),
      waiting('behind', { lead: 'other' }),
      waiting('taken', { state: 'attached' }),
    ];
    expect(nearSignal(self, { incidents, signals }).map(nearKey).sort()).toEqual(['incident/i', 'signal/other']);
  });

  it('are not what a person has kept apart, whichever of the two it was said of', () => {
    const self = waiting('self', { apart: ['incident/i'] });
    const signals = [waiting('other', { apart: ['signal/self'] })];
    expect(nearSignal(self, { incidents, signals })).toEqual([]);
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
