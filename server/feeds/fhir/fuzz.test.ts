import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { mutateText, seeded } from '../ngsi/testing/mutate-text.ts';
import { isRefusal, refusalReasons } from '../refusal.ts';
import { fhir } from './fhir.ts';
import { bundle, bytesOf, place, report, table } from './testing/resources.ts';

const rounds = Number(process.env.FUZZ_ROUNDS ?? 10_000);
const seeds = [report, place, bundle(report, place), table, table.replace('2026-06-14', '6/14/2026')].map(bytesOf);

describe('damaged reports', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 4)`, { timeout: 600_000 }, () => {
    const below = seeded(4);
    let records = 0;
    for (let round = 0; round < rounds; round++) {
      const document = fhir.decode(mutateText(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        expect(refusalReasons).toHaveProperty(document.refused);
        continue;
      }
      for (const one of fhir.map(document, {
        receivedAt: 1_781_481_600_000,
        crs: 'gcj02',
        options: { csvDates: 'mdy' },
      })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    }
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
