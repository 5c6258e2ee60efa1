import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { ais } from './ais.ts';
import { maxFrameBytes } from './frame.ts';
import { bytesOf, messages, sentence, sentences } from './testing/build.ts';
import { mutate } from './testing/mutate.ts';

const rounds = fuzzRounds();
const seeds = [
  ...Object.values(messages).map((bits) => sentence(bits, { tag: 's:r003669945,c:1750750200' })),
  ...Object.values(messages).map((bits) => sentence(bits)),
  ...sentences(messages.voyage, { total: 3, tags: ['g:1-3-77,c:1750750200', 'g:2-3-77', 'g:3-3-77'] }),
  ...sentences(messages.voyage),
];

describe('damaged sentences', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 1371`,
    fuzzTimeout,
    async () => {
      const below = seeded(1371);
      let records = 0;
      let refusals = 0;
      let rest: Uint8Array = new Uint8Array(0);
      const long = openDecodeStream(ais, { mode: 'records', options: {} });
      await everyRound(rounds, (round) => {
        const bytes = bytesOf(`${mutate(seeds[round % seeds.length]!, below)}\r\n`);
        const message = ais.decode(bytes);
        if (isRefusal(message)) knownReason(message);
        else ais.map(message, { receivedAt: 1_750_750_233_400, crs: 'gcj02', options: {} });
        for (const line of long.push(bytes)) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0) expect(record.safeParse(line.record).error).toBeUndefined();
          }
        }
        rest = ais.frame(new Uint8Array([...rest, ...bytes])).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      long.end();
      expect(records).toBeGreaterThan(rounds / 25);
      expect(refusals).toBeGreaterThan(rounds / 4);
    },
  );
});
