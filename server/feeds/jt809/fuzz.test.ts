import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { maxFrameBytes } from './frame.ts';
import { jt809 } from './jt809.ts';
import { mostAlarms, type SessionState } from './session.ts';
import { mutate } from './testing/mutate.ts';
import { join, vector, vectors } from './testing/vectors.ts';

const rounds = fuzzRounds();
const seeds = (Object.keys(vectors) as (keyof typeof vectors)[]).map(vector);
const options = jt809.options.parse({
  ciphers: [{ centerId: 32010001, ia1: 18_374_651, ic1: 40_507_091, m1: 61_728_394 }],
  requireLogin: false,
});

describe('damaged frames', () => {
  it(
    `never throw, never grow, and give valid records or known reasons: ${rounds} mutations, seed 809`,
    fuzzTimeout,
    async () => {
      const below = seeded(809);
      let [records, refusals] = [0, 0];
      let rest: Uint8Array = new Uint8Array(0);
      const live = jt809.session!(options, true);
      let memory = live.start as SessionState;
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const message = jt809.decode(bytes);
        const kept = jt809.decode(jt809.redact!(bytes));
        if (isRefusal(message)) {
          knownReason(message);
        } else {
          if (isRefusal(kept) || kept.messageId !== message.messageId) expect(kept).toEqual(message);
          const step = live.step(memory, message, round);
          memory = step.state as SessionState;
          jt809.answer!(step.answering ?? step.message ?? message, { serial: round, accepted: true, now: round });
        }
        const stream = openDecodeStream(jt809, { mode: 'records', options });
        for (const line of [...stream.push(bytes), ...stream.end()]) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            const { error } = record.safeParse(line.record);
            if (error) expect(error, JSON.stringify(line.record)).toBeUndefined();
          }
        }
        rest = jt809.frame(join(rest, bytes)).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      expect(records).toBeGreaterThan(rounds / 20);
      expect(refusals).toBeGreaterThan(rounds / 8);
      expect(memory.alarms.size).toBeLessThanOrEqual(mostAlarms);
    },
  );
});
