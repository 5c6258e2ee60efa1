import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal, refusalReasons } from '../refusal.ts';
import { maxFrameBytes } from './frame.ts';
import { jt808 } from './jt808.ts';
import { mutate, seeded } from './testing/mutate.ts';
import { vector, vectors } from './testing/vectors.ts';

/** 20,000 in every run; `FUZZ_ROUNDS=100000` for a long one. */
const rounds = Number(process.env.FUZZ_ROUNDS ?? 20_000);
const seeds = (Object.keys(vectors) as (keyof typeof vectors)[]).map(vector);

describe('damaged frames', () => {
  it(`never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 808`, () => {
    const random = seeded(808);
    let records = 0;
    let refusals = 0;
    let rest: Uint8Array = new Uint8Array(0);
    for (let round = 0; round < rounds; round++) {
      const bytes = mutate(seeds[round % seeds.length]!, random);
      const message = jt808.decode(bytes);
      if (isRefusal(message)) expect(refusalReasons).toHaveProperty(message.refused);
      const stream = openDecodeStream(jt808, { mode: 'records', options: { requireAuth: false, authSecret: null } });
      for (const line of [...stream.push(bytes), ...stream.end()]) {
        if (line.kind === 'refusal') refusals++;
        else if (line.kind === 'record') {
          records++;
          if (records % 20 === 0) expect(record.safeParse(line.record).error).toBeUndefined();
        }
      }
      const framed = jt808.frame(new Uint8Array([...rest, ...bytes]));
      rest = framed.rest;
      expect(rest.length).toBeLessThan(maxFrameBytes);
    }
    expect(records).toBeGreaterThan(100);
    expect(refusals).toBeGreaterThan(rounds / 4);
  });
});
