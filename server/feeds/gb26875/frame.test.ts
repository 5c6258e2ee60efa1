import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { atEveryCut, inPieces } from '../testing/in-pieces.ts';
import { seeded } from '../testing/seeded.ts';
import { decode } from './decode.ts';
import { checksum, frame, longestFrame, maxFrameBytes } from './frame.ts';
import { mutate } from './testing/mutate.ts';
import { bytesOf, hexOf, join, vector } from './testing/vectors.ts';

const fire = vector('fire');
const confirm = vector('confirm');
const inside = vector('inside');

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, hexOf, maxFrameBytes);

const everyCut = (stream: Uint8Array) => atEveryCut(feed, stream);

describe('frame', () => {
  it('goes by the length: marks inside the data neither begin nor end a frame', () => {
    expect(everyCut(join(inside, fire, inside))).toEqual({
      frames: [inside, fire, inside].map(hexOf),
      noise: 0,
      rest: '',
    });
  });

  it('finds the same frames in the same stream, wherever it is torn', () => {
    const stream = join(
      fire,
      bytesOf('0d0a 40'),
      confirm,
      bytesOf('2323 4040'),
      inside,
      bytesOf('40 4040'),
      fire,
      confirm,
    );
    const whole = everyCut(stream);
    expect(whole.frames).toEqual([fire, confirm, inside, fire, confirm].map(hexOf));
    expect(whole.noise).toBe(10);
  });

  it('looks past a false beginning that claims the frames behind it', () => {
    const claim = bytesOf(`4040 ${'00'.repeat(22)} ff03`);
    expect(everyCut(join(claim, fire, confirm)).frames).toEqual([fire, confirm].map(hexOf));
    expect(everyCut(join(bytesOf('4040 0100'), fire)).frames).toEqual([hexOf(fire)]);
  });

  it('hands on whole frames with a wrong checksum, short replies and wrong lengths, and stays in step', () => {
    const spoilt = Uint8Array.from(fire);
    spoilt[40]! ^= 1;
    const short = bytesOf('4040 0100 0105 00 00 00 00 00 00 00 00 00 00 b8 2323');
    const long = join(fire.subarray(0, 60), bytesOf('aa'), fire.subarray(60));
    const whole = everyCut(join(spoilt, confirm, short, fire, long, confirm));
    expect(whole.frames).toEqual([spoilt, confirm, short, fire, long, confirm].map(hexOf));
    const reasons = whole.frames
      .map((hex) => decode(bytesOf(hex)))
      .map((one) => (isRefusal(one) ? one.refused : 'read'));
    expect(reasons).toEqual(['checksum', 'read', 'truncated', 'read', 'length', 'read']);
  });

  it('waits for the end of a frame that begins inside one with a wrong checksum', () => {
    // 27 bytes that claim 31 of data: they would end at the `23 23` inside the text of the next frame.
    const claim = bytesOf(`4040 ${'11'.repeat(22)} 1f00 02`);
    expect(frame(join(claim, inside.subarray(0, 34)))).toMatchObject({ frames: [], noise: 0 });
    expect(everyCut(join(claim, inside, fire)).frames).toEqual([inside, fire].map(hexOf));
  });

  it('takes the sound frame that ends first, also where another holds it as its data', () => {
    const outer = join(
      bytesOf('4040 0100 0101 0a1e0f180619 010203040506 aabbccddeeff 1e00 02'),
      confirm,
      bytesOf('00 2323'),
    );
    outer[outer.length - 3] = checksum(outer, 2, outer.length - 3);
    expect(everyCut(join(outer, fire)).frames).toEqual([confirm, fire].map(hexOf));
  });

  it('tells where the stream ends whether the rest may be a frame', () => {
    expect(frame(bytesOf('4040 0100 0105 00 b8 2323'))).toMatchObject({ frames: [], closed: true });
    expect(frame(fire.subarray(0, 50))).toMatchObject({ frames: [], closed: false });
  });

  it('keeps no more than it may of anything, and takes every byte once', () => {
    for (const filler of [0x00, 0x40, 0x23, 0xff]) {
      const pieces = Array.from({ length: 30 }, () => new Uint8Array(700).fill(filler));
      const { noise, rest } = feed([bytesOf('4040'), ...pieces]);
      expect(noise + rest.length / 2).toBe(21_002);
    }
    const longest = new Uint8Array(longestFrame);
    longest.set(bytesOf(`4040 ${'00'.repeat(22)} 0004 02`));
    longest.set(bytesOf('06 2323'), longestFrame - 3);
    expect(feed([longest, fire]).frames).toEqual([longest, fire].map(hexOf));
  });

  it('takes time in proportion to its bytes, also where every byte looks like a beginning', () => {
    for (const unit of [
      bytesOf('40'),
      bytesOf('4040 00'),
      bytesOf(`4040 ${'23'.repeat(22)} 2300 00`),
      fire.subarray(0, 31),
    ]) {
      const hostile = Uint8Array.from({ length: 400_000 }, (_, at) => unit[at % unit.length]!);
      const { frames, noise, rest } = frame(hostile);
      expect(frames.reduce((sum, one) => sum + one.length, 0) + noise + rest.length).toBe(hostile.length);
    }
  });

  it('does not depend on the cut in damaged streams either', () => {
    const below = seeded(26875);
    const parts = [fire, confirm, inside, vector('analogue'), bytesOf('4040'), bytesOf('2323')];
    for (let round = 0; round < 300; round++) {
      const stream = join(
        ...Array.from({ length: 6 }, () => {
          const part = parts[below(parts.length)]!;
          return below(5) < 3 ? part : mutate(part, below);
        }),
      );
      const whole = feed([stream]);
      const cuts = [...Array.from({ length: 12 }, () => below(stream.length))].sort((a, b) => a - b);
      const pieces = [0, ...cuts].map((from, at) => stream.subarray(from, [...cuts, stream.length][at]));
      expect(feed(pieces), `round ${round}`).toEqual(whole);
    }
  });
});
