import { expect, it } from 'vitest';
import { filed } from '@/server/domain/testing/samples.ts';
import { distanceM, momentOf } from './moment.ts';
import { unitPicture } from './unit-picture.ts';

it('measures on the sphere: a hundredth of a degree of latitude is 1,112 m', () => {
  expect(Math.round(distanceM([118.8, 32], [118.8, 32.01]))).toBe(1112);
});

const track = {
  subject: 'u',
  resolution: 'full' as const,
  at: [1_000],
  lon: [118.8],
  lat: [32.01],
  headingDeg: [90],
  speedMps: [5],
};
const incident = { ...filed(), place: { ...filed().place, lonLat: [118.8, 32] as [number, number] } };
const units = [
  { id: 'u', callSign: 'U', kind: 'pump-truck' },
  { id: 'v', callSign: 'V', kind: 'pump-truck' },
];

it('knows nothing of a unit before its first position', () => {
  expect(momentOf(units, [track], incident, 999).map((unit) => unit.fix)).toEqual([null, null]);
});

it('draws a unit with a position where it was, and none without', () => {
  const moment = momentOf(units, [track], incident, 2_000);
  expect(moment[0]).toMatchObject({ fix: { ageMs: 1_000, freshness: 'fresh' }, status: null });
  expect(Math.round(moment[0]?.distanceM ?? 0)).toBe(1112);
  const picture = unitPicture(moment, 3);
  expect([...picture.alive]).toEqual([1, 0]);
  expect([picture.heading[0], picture.status[0], picture.freshness[0], picture.version]).toEqual([64, 31, 0, 3]);
});
