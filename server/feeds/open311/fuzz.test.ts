import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { damageDocument } from '../testing/damage-document.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { open311 } from './open311.ts';
import { bytesOf, request, xmlOf } from './testing/answers.ts';

const rounds = fuzzRounds(10_000);
const seeds = [
  xmlOf([request, request]),
  [request, { ...request, status: 'closed' }],
  `HTTP/1.1 403 Forbidden\n\n<errors><error><code>403</code><description>no</description></error></errors>`,
  { service_requests: [request] },
  { service_code: '1', attributes: [{ code: 'A', values: [{ key: 1, name: 'b' }] }] },
].map(bytesOf);

describe('damaged answers', () => {
  it(`${rounds} of them: never a throw, and what is read is sound (seed 311)`, fuzzTimeout, async () => {
    const below = seeded(311);
    let records = 0;
    await everyRound(rounds, (round) => {
      const document = open311.decode(damageDocument(seeds[round % seeds.length]!, below));
      if (isRefusal(document)) {
        knownReason(document);
        return;
      }
      for (const one of open311.map(document, { receivedAt: 1_781_481_600_000, crs: 'gcj02', options: {} })) {
        if (isRefusal(one) || ++records % 8 !== 0) continue;
        expect(record.safeParse(one).error, `round ${round}`).toBeUndefined();
      }
    });
    expect(records).toBeGreaterThan(rounds / 20);
  });
});
