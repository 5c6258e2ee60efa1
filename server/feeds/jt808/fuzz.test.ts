import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { everyRound, fuzzRounds, fuzzTimeout, knownReason } from '../testing/fuzz-rounds.ts';
import { seeded } from '../testing/seeded.ts';
import { enclose, maxFrameBytes } from './frame.ts';
import { jt808 } from './jt808.ts';
import { mutate } from './testing/mutate.ts';
import { bytesOf, vector, vectors } from './testing/vectors.ts';

const rounds = fuzzRounds();
/** Bodies with lists inside, which damage can make long or endless. */
const place = '00000000 00000003 01e9335f 0714b24d 0019 025d 005a 260615083000';
const shared = '50 0019 01e9335f 0714b24d 260615083000 0411 54303030303031 260615083000 03 02 00';
const bodies = [
  `0200 ${place} 64 2f 0000000c 01 02 03 3c 14 01 00 00 ${shared} 67 29 0000000f 01 03 ${shared}`,
  `0200 ${place} 66 3b 0000000e 00 ${shared} 02 00 0004 00c8 0019 0050 03 0042 0000 fffb 0005`,
  '0608 01 00000001 00000008 0000 01e9335f 0714b24d 00000064',
  '8604 00000002 0002 0050 05 0002 01e9335f 0714b24d 01e9335f 0714b24d',
  '8606 00000003 0000 0001 00000001 00000002 01e9335f 0714b24d 14 03 0258 003c 0050 05',
  `1210 54303030303031 54303030303031 260615083000 03 01 00 ${'61'.repeat(32)} 00 01 05 612e6a7067 00000400`,
  '1205 0005 00000001 02 260615083000 260615090000 0000000000000001 00 01 01 00001000',
  '9212 05 612e6a7067 00 01 01 00000000 00000100',
];
const framed = (text: string): Uint8Array => {
  const body = bytesOf(text.slice(5));
  return enclose(
    Uint8Array.from([...bytesOf(text.slice(0, 4)), 0, body.length, ...bytesOf('013912345678 0001'), ...body]),
  );
};
const seeds = [...(Object.keys(vectors) as (keyof typeof vectors)[]).map(vector), ...bodies.map(framed)];

describe('damaged frames', () => {
  it(
    `never throws, never grows, and gives valid records or known reasons: ${rounds} mutations, seed 808`,
    fuzzTimeout,
    async () => {
      const below = seeded(808);
      let records = 0;
      let refusals = 0;
      let rest: Uint8Array = new Uint8Array(0);
      await everyRound(rounds, (round) => {
        const bytes = mutate(seeds[round % seeds.length]!, below);
        const message = jt808.decode(bytes);
        if (isRefusal(message)) knownReason(message);
        const stream = openDecodeStream(jt808, { mode: 'records', options: { requireAuth: false, authSecret: null } });
        for (const line of [...stream.push(bytes), ...stream.end()]) {
          if (line.kind === 'refusal') refusals++;
          else if (line.kind === 'record') {
            records++;
            if (records % 20 === 0) expect(record.safeParse(line.record).error).toBeUndefined();
          }
        }
        rest = jt808.frame(new Uint8Array([...rest, ...bytes])).rest;
        if (rest.length > maxFrameBytes) throw new Error(`${rest.length} bytes are kept`);
      });
      expect(records).toBeGreaterThan(100);
      expect(refusals).toBeGreaterThan(rounds / 4);
    },
  );
});
