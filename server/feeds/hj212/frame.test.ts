import { describe, expect, it } from 'vitest';
import { atEveryCut, inPieces, tornAtRandom } from '../testing/in-pieces.ts';
import { seeded } from '../testing/seeded.ts';
import { checksum, dialectOf } from './checksum.ts';
import { decode } from './decode.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { mutate } from './testing/mutate.ts';
import { bytesOf, join, textOf, vector, vectors } from './testing/vectors.ts';

const [a, b, c] = [vector('air'), vector('water'), vector('old')];
const crlf = bytesOf('\r\n');

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, textOf);
const reasonOf = (bytes: Uint8Array) => {
  const message = decode(bytes);
  return 'refused' in message ? message.refused : null;
};

describe('checksum', () => {
  it('is that of the worked example, and of the two variants', () => {
    const segment = vector('standard').subarray(6, -4);
    expect(checksum(segment, 'standard')).toBe(0x1c80);
    expect(checksum(segment, 'modbus')).toBe(0x0759);
    expect(checksum(segment, 'modbus-swapped')).toBe(0x5907);
    expect(checksum(bytesOf('123456789'), 'modbus')).toBe(0x4b37);
    expect([0x1c80, 0x0759, 0x5907, 0x801c].map((stated) => dialectOf(segment, stated))).toEqual([
      'standard',
      'modbus',
      'modbus-swapped',
      null,
    ]);
  });
});

describe('frame', () => {
  it('finds the same frames in the same stream, wherever it is torn', () => {
    const wrongLength = bytesOf(vectors.old.replace('##0133', '##0140'));
    const stream = join(
      a,
      crlf,
      b,
      c,
      crlf,
      bytesOf('noise #'),
      a,
      crlf,
      wrongLength,
      crlf,
      bytesOf('##12'),
      b,
      crlf,
      a.subarray(0, 60),
      c,
      crlf,
    );
    const whole = atEveryCut(feed, stream);
    expect(whole.frames).toEqual([a, b, c, a, wrongLength, b, a.subarray(0, 60), c].map(textOf));
    expect(whole).toMatchObject({ noise: 11, rest: '' });
  });

  it('finds the same in damaged streams, however they are torn', () => {
    const below = seeded(9);
    const names = Object.keys(vectors) as (keyof typeof vectors)[];
    for (let round = 0; round < 150; round++) {
      const stream = join(...[0, 1, 2, 3].map((at) => mutate(vector(names[(round + at) % names.length]!), below)));
      tornAtRandom(feed, stream, below);
    }
  });

  it('needs no line end to hand a frame over, and does not count one as noise', () => {
    expect(feed([a])).toEqual({ frames: [textOf(a)], noise: 0, rest: '' });
    expect(feed([join(a, crlf, crlf), join(crlf, b)])).toEqual({ frames: [a, b].map(textOf), noise: 0, rest: '' });
  });

  it('hands over what is wrong, so that it is refused with its reason, and loses nothing behind it', () => {
    const tooLong = bytesOf(vectors.old.replace('##0133', '##9999'));
    const tooShort = bytesOf(vectors.old.replace('##0133', '##0020'));
    const cutOff = c.subarray(0, 100);
    const wrongSum = bytesOf(`${vectors.old.slice(0, -4)}0000`);
    const { frames, noise, rest } = feed([join(tooLong, crlf, a, crlf, tooShort, crlf, a, cutOff, a, wrongSum, a)]);
    expect(frames.map((text) => reasonOf(bytesOf(text)))).toEqual([
      'length',
      null,
      'length',
      null,
      'truncated',
      null,
      'checksum',
      null,
    ]);
    expect([noise, rest]).toEqual([0, '']);
  });

  it('says at the end of a stream that what is left may be a frame', () => {
    const tooLong = bytesOf(vectors.old.replace('##0133', '##9999'));
    expect(frame(tooLong)).toMatchObject({ frames: [], closed: true });
    expect(frame(a.subarray(0, 100)).closed).toBeUndefined();
  });

  it('keeps no more than the longest frame, and takes time in proportion to its bytes', () => {
    for (const filler of ['#', '&', '0', '##9999', '##9999Q', 'QN=1;&&00', '\0']) {
      let rest: Uint8Array = new Uint8Array(0);
      let bytes = 0;
      let accounted = 0;
      for (let piece = 0; piece < 60; piece++) {
        const chunk = bytesOf(filler.repeat(1_000));
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
