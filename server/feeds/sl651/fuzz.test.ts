import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { maxFrameBytes } from './layout.ts';
import { sl651 } from './sl651.ts';
import { mutate } from './testing/mutate.ts';
import { join, vector, vectors } from './testing/vectors.ts';

const rounds = fuzzRounds();
const seeds = (Object.keys(vectors) as (keyof typeof vectors)[]).map(vector);
const options = sl651.options.parse({});

describe('damaged frames', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 651`,
    fuzzTimeout,
    async () => {
      const below = seeded(651);
      let records = 0;
      let refusals = 0;
      let rest: Uint8Array = new Uint8Array(0);
      const live = sl651.session!(options, true);
      let memory = live.start;
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const message = sl651.decode(bytes);
        const again = sl651.decode(sl651.redact!(bytes));
        if (isRefusal(message)) {
          knownReason(message);
        } else {
          if (JSON.stringify(again) !== JSON.stringify(message)) expect(again).toEqual(message);
          const step = live.step(memory, message, round * 100);
          memory = step.state;
          for (const accepted of [true, false])
            sl651.answer!(step.message ?? step.answering ?? message, { serial: 0, accepted, now: round });
        }
        const stream = openDecodeStream(sl651, { mode: 'records', options });
        for (const line of [...stream.push(bytes), ...stream.end()]) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0) expect(record.safeParse(line.record).error).toBeUndefined();
          }
        }
        rest = sl651.frame(join(rest, bytes)).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      expect(records).toBeGreaterThan(100);
      expect(refusals).toBeGreaterThan(rounds / 8);
      expect((memory as ReadonlyMap<string, unknown>).size).toBeLessThanOrEqual(8);
    },
  );
});
