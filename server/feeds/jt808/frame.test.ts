import { describe, expect, it } from 'vitest';
import { atEveryCut, inPieces } from '../testing/in-pieces.ts';
import { enclose, frame, maxFrameBytes, unwrap } from './frame.ts';
import { bytesOf, hexOf, join, vector } from './testing/vectors.ts';

const a = vector('location2013');
const b = vector('location2019');
const bare = vector('bareFlag');

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, hexOf);

/** A frame whose leading flag was eaten or shared comes without it. */
const hexWithoutFlag = (bytes: Uint8Array) => hexOf(bytes.subarray(1));

describe('escaping', () => {
  it('takes 7d02 for 7e and 7d01 for 7d, the checksum included', () => {
    expect(unwrap(bytesOf('7e 30 7d02 08 7d01 55 7e'))).toEqual({ content: bytesOf('30 7e 08 7d 55'), bareAt: null });
    expect(hexOf(enclose(bytesOf('30 7e 08 7d')))).toBe('7e307d02087d013b7e');
    // 7c ^ 02 = 7e and 7c ^ 01 = 7d: checksums that are flags themselves.
    expect(hexOf(enclose(bytesOf('7c 02')))).toBe('7e7c027d027e');
    expect(hexOf(enclose(bytesOf('7c 01')))).toBe('7e7c017d017e');
  });

  it('says where a byte stands that should have been escaped', () => {
    expect(unwrap(bytesOf('7e 30 7d 05 7e'))).toEqual({ content: bytesOf('30 7d 05'), bareAt: 2 });
    expect(unwrap(bytesOf('7e 30 7d 7e'))).toEqual({ content: bytesOf('30 7d'), bareAt: 2 });
  });

  it('refuses what has no end, no content or no limit', () => {
    expect(unwrap(new Uint8Array(0))).toMatchObject({ refused: 'empty' });
    expect(unwrap(bytesOf('7e'))).toMatchObject({ refused: 'empty' });
    expect(unwrap(bytesOf('7e 30 31'))).toMatchObject({ refused: 'truncated' });
    expect(unwrap(new Uint8Array(maxFrameBytes + 1).fill(0x7e))).toMatchObject({ refused: 'too_large' });
  });
});

describe('frame', () => {
  it('finds the same frames in the same stream, wherever it is torn', () => {
    const stream = join(a, b, bytesOf('7e 7e'), a.subarray(1), bare, bytesOf('0d0a'), b, bytesOf('28 31 32 29'), a);
    const whole = atEveryCut(feed, stream);
    expect(whole.frames).toEqual([a, b, a, bare, b, a].map(hexOf));
    expect(whole.rest).toBe('');
  });

  it('counts what belongs to no frame', () => {
    expect(feed([bytesOf('41424344')])).toEqual({ frames: [], noise: 4, rest: '' });
    expect(feed([join(bytesOf('01 02 03'), a)])).toEqual({ frames: [hexOf(a)], noise: 3, rest: '' });
    expect(feed([bytesOf('7e7e7e7e')])).toEqual({ frames: [], noise: 3, rest: '7e' });
  });

  it('reads frames that share a flag', () => {
    const shared = join(a, b.subarray(1), a.subarray(1));
    expect(feed([shared]).frames).toEqual([hexOf(a), hexWithoutFlag(b), hexWithoutFlag(a)]);
  });

  it('is back in step after the tail of a frame, after noise with a flag, and after a frame without its end', () => {
    expect(feed([join(a.subarray(20), b, a)]).frames).toEqual([b, a].map(hexOf));
    const outOfStep = feed([join(bytesOf('7e 05 06 07'), a, bytesOf('05'), b)]);
    expect(outOfStep.frames).toEqual(['7e0506077e', hexWithoutFlag(a), hexOf(b)]);
    const cutOff = feed([join(a.subarray(0, 30), b, a)]);
    expect(cutOff.frames.slice(-1)).toEqual([hexOf(a)]);
    expect(cutOff.frames.some((hex) => hex.endsWith(hexWithoutFlag(b)))).toBe(true);
  });

  it('looks past a flag that its sender did not escape, and does not hold back the next frame for it', () => {
    expect(feed([join(bare, a)]).frames).toEqual([bare, a].map(hexOf));
    const broken = bare.subarray(0, 31);
    expect(hexOf(broken).endsWith('007e')).toBe(true);
    expect(feed([join(broken, a)]).frames).toEqual([broken, a].map(hexOf));
    expect(frame(broken)).toMatchObject({ frames: [], closed: true });
    expect(frame(bare.subarray(0, 33))).toMatchObject({ frames: [], closed: false });
    // Whole by its header and closed by a flag, but its checksum is wrong: to be judged, not waited for.
    const wrong = Uint8Array.from(bare);
    wrong[wrong.length - 2]! ^= 1;
    expect(frame(wrong)).toMatchObject({ frames: [], closed: true });
  });

  it('keeps no more than the longest frame of anything', () => {
    for (const filler of [0x00, 0x7d, 0x41, 0x80]) {
      let rest: Uint8Array = new Uint8Array(0);
      let noise = 0;
      for (let piece = 0; piece < 50; piece++) {
        const framed = frame(
          join(rest, piece === 0 ? Uint8Array.of(0x7e) : new Uint8Array(0), new Uint8Array(500).fill(filler)),
        );
        rest = framed.rest;
        noise += framed.noise;
        expect(rest.length).toBeLessThan(maxFrameBytes);
      }
      expect(noise + rest.length).toBe(25_001);
    }
    const longest = enclose(join(bytesOf('0900 23ff 7e7e7e7e7e7e 7e7e 7e7e 7e7e'), new Uint8Array(1023).fill(0x7e)));
    expect(feed([longest, a]).frames).toEqual([longest, a].map(hexOf));
  });

  it('takes time in proportion to its bytes, also where every byte looks like a beginning', () => {
    const hostile = Uint8Array.from({ length: 200_000 }, (_, at) => [0x7e, 0x02, 0x00, 0x03, 0xff, 0x01][at % 6]!);
    const { frames, noise, rest } = frame(hostile);
    expect(frames.length * 7).toBeLessThan(hostile.length + 7);
    expect(frames.reduce((sum, one) => sum + one.length, 0) + noise + rest.length).toBeLessThanOrEqual(hostile.length);
  });
});
