import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { metar } from './metar.ts';
import { bytesOf, mutate, reports } from './testing/reports.ts';

const rounds = fuzzRounds();
const seeds = Object.values(reports);

describe('damaged reports', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 306`,
    fuzzTimeout,
    async () => {
      const below = seeded(306);
      const told: Record<string, number> = {};
      let records = 0;
      let rest: Uint8Array = new Uint8Array(0);
      await everyRound(rounds, (round) => {
        const bytes = bytesOf(mutate(seeds[round % seeds.length]!, below));
        const document = metar.decode(bytes);
        const reason = isRefusal(document) ? document.refused : 'read';
        told[reason] = (told[reason] ?? 0) + 1;
        if (isRefusal(document)) knownReason(document);
        else
          for (const one of metar.map(document, { receivedAt: 1_750_775_760_000, crs: 'wgs84', options: {} })) {
            if (isRefusal(one)) continue;
            records++;
            if (records % 20 === 0) expect(record.safeParse(one).error).toBeUndefined();
          }
        rest = metar.frame(new Uint8Array([...rest, ...bytes])).rest;
        if (rest.length > 8_192) throw new Error(`${rest.length} bytes are kept`);
      });
      expect(records).toBeGreaterThan(rounds);
      expect(Object.keys(told).length).toBeGreaterThan(3);
    },
  );
});
