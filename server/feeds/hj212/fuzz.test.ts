import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { maxFrameBytes } from './frame.ts';
import { hj212 } from './hj212.ts';
import { mutate } from './testing/mutate.ts';
import { join, vector, vectors } from './testing/vectors.ts';

const rounds = fuzzRounds();
const seeds = (Object.keys(vectors) as (keyof typeof vectors)[]).map(vector);
const options = hj212.options.parse({});
const comparable = (value: unknown): string => JSON.stringify(value);

describe('damaged frames', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 212`,
    fuzzTimeout,
    async () => {
      const below = seeded(212);
      let records = 0;
      let refusals = 0;
      let rest: Uint8Array = new Uint8Array(0);
      const live = hj212.session!(options, true);
      let memory = live.start;
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const message = hj212.decode(bytes);
        const again = hj212.decode(hj212.redact!(bytes));
        if (isRefusal(message)) {
          knownReason(message);
        } else {
          /** Damage can make a password of what was none; then more is blanked, and the rest still reads. */
          if (isRefusal(again) || again.command !== message.command || again.cp.length !== message.cp.length)
            expect(again).toEqual(message);
          hj212.answer!(message, { serial: 0, accepted: true, now: 0 });
          memory = live.step(memory, message, round * 100).state;
        }
        const stream = openDecodeStream(hj212, { mode: 'records', options });
        for (const line of [...stream.push(bytes), ...stream.end()]) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0)
              expect(record.safeParse(line.record).error, comparable(line.record)).toBeUndefined();
          }
        }
        rest = hj212.frame(join(rest, bytes)).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      expect(records).toBeGreaterThan(100);
      expect(refusals).toBeGreaterThan(rounds / 8);
      expect((memory as ReadonlyMap<string, unknown>).size).toBeLessThanOrEqual(64);
    },
  );
});
