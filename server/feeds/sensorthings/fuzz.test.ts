import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { damageDocument } from '../testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { sensorthings } from './sensorthings.ts';
import { collection, dataArrays, expandedObservation, expandedThing, multi } from './testing/answers.ts';

const rounds = fuzzRounds(10_000);
const seeds = [collection, expandedObservation, expandedThing, dataArrays, multi].map((one) =>
  new TextEncoder().encode(JSON.stringify(one)),
);

describe('damaged answers', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 18)`, fuzzTimeout, async () => {
    const below = seeded(18);
    let records = 0;
    await everyRound(rounds, (round) => {
      const document = sensorthings.decode(damageDocument(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        knownReason(document);
        return;
      }
      for (const one of sensorthings.map(document, { receivedAt: 1_781_481_600_000, crs: 'bd09', options: {} })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(records).toBeGreaterThan(rounds / 10);
  });
});
