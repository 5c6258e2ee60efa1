import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { mutateText, seeded } from '../ngsi/testing/mutate-text.ts';
import { isRefusal, refusalReasons } from '../refusal.ts';
import { sensorthings } from './sensorthings.ts';
import { collection, dataArrays, expandedObservation, expandedThing, multi } from './testing/answers.ts';

const rounds = Number(process.env.FUZZ_ROUNDS ?? 10_000);
const seeds = [collection, expandedObservation, expandedThing, dataArrays, multi].map((one) =>
  new TextEncoder().encode(JSON.stringify(one)),
);

describe('damaged answers', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 18)`, { timeout: 600_000 }, () => {
    const below = seeded(18);
    let records = 0;
    for (let round = 0; round < rounds; round++) {
      const document = sensorthings.decode(mutateText(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        expect(refusalReasons).toHaveProperty(document.refused);
        continue;
      }
      for (const one of sensorthings.map(document, { receivedAt: 1_781_481_600_000, crs: 'bd09', options: {} })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    }
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
