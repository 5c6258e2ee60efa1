import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { isRefusal, refusalReasons } from '../refusal.ts';
import { metar } from './metar.ts';
import { bytesOf, mutate, reports, seeded } from './testing/reports.ts';

/** 20,000 in every run; `FUZZ_ROUNDS=100000` for a long one. */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 20_000);
const seeds = Object.values(reports);

describe('damaged reports', () => {
  it(`never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 306`, {
    timeout: 600_000,
  }, () => {
    const random = seeded(306);
    const told: Record<string, number> = {};
    let records = 0;
    let rest: Uint8Array = new Uint8Array(0);
    for (let round = 0; round < rounds; round++) {
      const bytes = bytesOf(mutate(seeds[round % seeds.length]!, random));
      const document = metar.decode(bytes);
      const reason = isRefusal(document) ? document.refused : 'read';
      told[reason] = (told[reason] ?? 0) + 1;
      if (isRefusal(document)) expect(refusalReasons).toHaveProperty(document.refused);
      else
        for (const one of metar.map(document, { receivedAt: 1_750_775_760_000, crs: 'wgs84', options: {} })) {
          if (isRefusal(one)) continue;
          records++;
          if (records % 20 === 0) expect(record.safeParse(one).error).toBeUndefined();
        }
      const framed = metar.frame(new Uint8Array([...rest, ...bytes]));
      rest = framed.rest;
      expect(rest.length).toBeLessThanOrEqual(8_192);
    }
    expect(records).toBeGreaterThan(rounds);
    expect(Object.keys(told).length).toBeGreaterThan(3);
    if (process.env.FUZZ_ROUNDS)
      console.info(told, { records }, Math.round(process.memoryUsage().heapUsed / 1e6), 'MB');
  });
});
