import { describe, expect, it } from 'vitest';
import { atEveryCut, inPieces, tornAtRandom } from '../testing/in-pieces.ts';
import { seeded } from '../testing/seeded.ts';
import { checksum } from './checksum.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { maxFrameBytes } from './layout.ts';
import { mutate } from './testing/mutate.ts';
import { bytesOf, hexOf, join, vector, vectors } from './testing/vectors.ts';

const [a, b, c] = [vector('timed'), vector('ascii'), vector('picture1')];

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, hexOf);
const reasonOf = (hex: string) => {
  const message = decode(bytesOf(hex));
  return 'refused' in message ? message.refused : null;
};

describe('checksum', () => {
  it('is CRC-16/MODBUS, high byte first', () => {
    expect(checksum(new TextEncoder().encode('123456789'))).toBe(0x4b37);
    expect(checksum(a, 0, a.length - 2)).toBe(0x8541);
  });
});

describe('frame', () => {
  it('finds the same frames in the same stream, wherever it is torn', () => {
    const wrong = bytesOf(`${vectors.test.slice(0, -4)}0000`);
    const cutOff = a.subarray(0, 30);
    const pieces = [
      a,
      b,
      c,
      bytesOf('0d0a'),
      vector('picture2'),
      bytesOf('28 7e 29 01 30'),
      a,
      wrong,
      b,
      cutOff,
      b,
      a,
      vector('outside1'),
      a,
    ];
    const stream = join(...pieces);
    const whole = atEveryCut(feed, stream);
    const frames = [a, b, c, vector('picture2'), a, wrong, b, cutOff, b, a, vector('outside1'), a];
    expect(whole).toEqual({ frames: frames.map(hexOf), noise: 5, rest: '' });
  });

  it('finds the same in damaged streams, however they are torn', () => {
    const below = seeded(9);
    const names = Object.keys(vectors) as (keyof typeof vectors)[];
    for (let round = 0; round < 300; round++) {
      const stream = join(...[0, 1, 2, 3].map((at) => mutate(vector(names[(round + at) % names.length]!), below)));
      tornAtRandom(feed, stream, below);
    }
  });

  it('hands over what is wrong, so that it is refused with its reason, and loses nothing behind it', () => {
    const wrongSum = bytesOf(`${vectors.test.slice(0, -4)}0000`);
    const endsLikeHead = bytesOf(`${vectors.test.slice(0, -4)}007e`);
    const oneByteLost = join(a.subarray(0, 20), a.subarray(21));
    const huge = bytesOf(vectors.timed.replace('32002b02', '320fff02'));
    const stream = join(
      wrongSum,
      a,
      oneByteLost,
      a,
      endsLikeHead,
      a,
      a.subarray(0, 9),
      b,
      huge,
      a,
      a.subarray(0, -1),
      a,
    );
    const { frames, rest } = feed([stream]);
    expect(frames.map(reasonOf)).toEqual([
      'checksum',
      null,
      'truncated',
      null,
      /** Its last byte and the head that follows look like a head. */
      'truncated',
      null,
      null,
      'truncated',
      null,
      'truncated',
      null,
    ]);
    expect(rest).toBe('');
  });

  it('says at the end of a stream that what is left may be a frame', () => {
    expect(frame(vector('outside1').subarray(0, -1))).toMatchObject({ frames: [], closed: true });
    expect(frame(a.subarray(0, 30)).closed).toBeUndefined();
  });

  it('keeps no more than the longest frame of anything, and takes time in proportion to its bytes', () => {
    const head = '7e7e0500601234564321320fff02';
    const fillers = [
      '00',
      '7e',
      '7e7e',
      '01',
      '0130',
      '7e7e0500601234564321320fff',
      head,
      `${head}03`,
      vectors.timed.slice(0, 40),
      '7e7e05006012345643213200010203',
    ];
    for (const filler of fillers) {
      let rest: Uint8Array = new Uint8Array(0);
      let bytes = 0;
      let accounted = 0;
      for (let piece = 0; piece < 40; piece++) {
        const chunk = bytesOf(filler.repeat(300));
        const framed = frame(join(rest, chunk));
        bytes += chunk.length;
        accounted += framed.noise + framed.frames.reduce((sum, one) => sum + one.length, 0);
        rest = framed.rest;
        expect(rest.length).toBeLessThan(maxFrameBytes);
      }
      expect(accounted + rest.length, filler).toBe(bytes);
    }
  });
});
