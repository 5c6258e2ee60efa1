import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { stationsOfCatalog } from './catalog.ts';
import { maxFrameBytes } from './frame.ts';
import { gb28181 } from './gb28181.ts';
import type { Gb28181Message } from './message.ts';
import type { SessionState } from './session.ts';
import { mutate } from './testing/mutate.ts';
import { bytesOf, compact, type DocumentName, documents, join, message, registration } from './testing/vectors.ts';

const rounds = fuzzRounds();
const names = Object.keys(documents) as DocumentName[];
const seeds = [
  ...names.map((name) => message(name)),
  ...names.map((name) => bytesOf(documents[name])),
  registration,
  registration,
  compact,
];
const options = gb28181.options.parse({ password: 'p', authenticate: false, ask: ['catalog', 'alarm-response'] });
const strict = gb28181.options.parse({ password: 'p' });

describe('damaged messages', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 28181`,
    fuzzTimeout,
    async () => {
      const below = seeded(28_181);
      let [records, refusals, answers] = [0, 0, 0];
      let rest: Uint8Array = new Uint8Array(0);
      const [live, guarded] = [gb28181.session!(options, true), gb28181.session!(strict, true)];
      let memory = live.start;
      let guardedMemory = guarded.start;
      const reply = { serial: 0, accepted: true, now: 0, peer: '10.0.0.2:5060' };
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const decoded = gb28181.decode(bytes);
        const again = gb28181.decode(gb28181.redact!(bytes));
        if (isRefusal(decoded)) {
          knownReason(decoded);
          if (gb28181.reject!(bytes, decoded, reply)) answers++;
        } else {
          /** Damage can make a secret of what was none; then more is blanked. */
          if (isRefusal(again))
            throw new Error(`${again.refused} after blanking: ${Buffer.from(bytes).toString('latin1')}`);
          const step = live.step(memory, decoded, round * 100);
          memory = step.state;
          if (gb28181.answer!((step.message ?? step.answering ?? decoded) as Gb28181Message, reply)) answers++;
          guardedMemory = guarded.step(guardedMemory, decoded, round * 100).state;
          stationsOfCatalog([decoded], { crs: 'gcj02', department: null });
        }
        const stream = openDecodeStream(gb28181, { mode: 'records', options });
        for (const line of [...stream.push(bytes), ...stream.end()]) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0)
              expect(record.safeParse(line.record).error, JSON.stringify(line.record)).toBeUndefined();
          }
        }
        rest = gb28181.frame(join(rest, bytes)).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
        if (rest.length > 4_000) rest = new Uint8Array(0);
      });
      expect(records).toBeGreaterThan(rounds / 10);
      expect(refusals).toBeGreaterThan(rounds / 8);
      expect(answers).toBeGreaterThan(rounds / 10);
      expect((memory as SessionState).members.size).toBeLessThanOrEqual(4_096);
      expect((memory as SessionState).catalogs.size).toBeLessThanOrEqual(32);
      expect((guardedMemory as SessionState).members.size).toBe(0);
    },
  );
});
