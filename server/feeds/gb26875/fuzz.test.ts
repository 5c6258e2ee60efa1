import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { maxFrameBytes } from './frame.ts';
import { gb26875 } from './gb26875.ts';
import { mutate } from './testing/mutate.ts';
import { vector, vectors } from './testing/vectors.ts';

const rounds = fuzzRounds();
const seeds = (Object.keys(vectors) as (keyof typeof vectors)[]).map(vector);
const options = { testBit: 'flag' };

describe('damaged frames', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 268753`,
    fuzzTimeout,
    async () => {
      const below = seeded(268753);
      const reply = { serial: 0, accepted: true, now: 0 };
      let records = 0;
      let refusals = 0;
      let rest: Uint8Array = new Uint8Array(0);
      const long = openDecodeStream(gb26875, { mode: 'records', options });
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const message = gb26875.decode(bytes);
        if (isRefusal(message)) {
          knownReason(message);
          gb26875.reject?.(bytes, message, reply);
        } else gb26875.answer?.(message, reply);
        for (const line of long.push(bytes)) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0) expect(record.safeParse(line.record).error).toBeUndefined();
          }
        }
        rest = gb26875.frame(new Uint8Array([...rest, ...bytes])).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      long.end();
      expect(records).toBeGreaterThan(rounds);
      expect(refusals).toBeGreaterThan(rounds / 4);
    },
  );
});
