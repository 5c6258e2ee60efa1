import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { damageDocument } from '../testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { ngsi } from './ngsi.ts';
import { bytesOf, concise, expanded, feature, keyValues, normalizedLd, normalizedV2, now } from './testing/entities.ts';

const rounds = fuzzRounds(10_000);
const at = keyValues.dateObserved;
const seeds = [
  keyValues,
  { subscriptionId: 's', data: [normalizedV2, normalizedLd] },
  [concise, expanded, feature],
  {
    id: 'd',
    type: 'BikeHireDockingStation',
    observationDate: at,
    availableBikeNumber: 3,
    totalSlotNumber: 9,
    status: 'full',
  },
  {
    id: 'c',
    type: 'CrowdFlowObserved',
    dateObserved: `${at}/2026-06-15T00:00:00Z`,
    peopleCount: 9,
    capacity: 10,
    congested: true,
  },
  {
    id: 'a',
    type: 'WeatherAlert',
    subCategory: 'rain',
    severity: 'high',
    dateIssued: at,
    validTo: at,
    address: { district: '鼓楼' },
  },
  { id: 'i', type: 'IssueReporting', reportId: 9, title: '路灯', resolutionStatus: 'Assigned', dateModified: at },
  { id: 'r', type: 'RoadAccident', accidentDate: at, totalInjured: 2, status: 'onGoing', location: keyValues.location },
].map(bytesOf);

describe('damaged entities', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 9)`, fuzzTimeout, async () => {
    const below = seeded(9);
    let records = 0;
    await everyRound(rounds, (round) => {
      const document = ngsi.decode(damageDocument(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        knownReason(document);
        return;
      }
      for (const one of ngsi.map(document, { receivedAt: now, crs: 'gcj02', options: {} })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(records).toBeGreaterThan(rounds / 4);
  });
});
