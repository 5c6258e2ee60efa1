import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { damageDocument } from '../testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { fhir } from './fhir.ts';
import { bundle, bytesOf, place, report, table } from './testing/resources.ts';

const rounds = fuzzRounds(10_000);
const seeds = [report, place, bundle(report, place), table, table.replace('2026-06-14', '6/14/2026')].map(bytesOf);

describe('damaged reports', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 4)`, fuzzTimeout, async () => {
    const below = seeded(4);
    let records = 0;
    await everyRound(rounds, (round) => {
      const document = fhir.decode(damageDocument(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        knownReason(document);
        return;
      }
      for (const one of fhir.map(document, {
        receivedAt: 1_781_481_600_000,
        crs: 'gcj02',
        options: { csvDates: 'mdy' },
      })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
