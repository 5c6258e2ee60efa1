import { describe, expect, it } from 'vitest';
import { atEveryCut, inPieces } from '../testing/in-pieces.ts';
import { frame, maxFrameBytes } from './frame.ts';
import { bytesOf, checked, messages, sentence, sentences, textOf } from './testing/build.ts';

const a = sentence(messages.classA);
const tagged = sentence(messages.classB, { tag: 's:r003669945,c:1750750200' });
const [first, second] = sentences(messages.voyage) as [string, string];

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, textOf, maxFrameBytes);

const everyCut = (text: string) => atEveryCut(feed, bytesOf(text));

describe('frame', () => {
  it('takes sentences out of lines, wherever the stream is torn', () => {
    const whole = everyCut(`${a}\r\n${tagged}\n\n${first}\r${second}\r\n`);
    expect(whole).toEqual({ frames: [a, tagged, first, second], noise: 0, rest: '' });
  });

  it('needs no line end before the next sentence', () => {
    expect(everyCut(`${a}${tagged}${a}${a}\n`).frames).toEqual([a, tagged, a, a]);
  });

  it('keeps what receivers write behind the checksum, and other sentences', () => {
    const remarked = `${a},s22,d-101,r003669945,1325394060`;
    const gps = `$${checked('GPGGA,1')}`;
    expect(everyCut(`${remarked}\r\n${gps}\r\n`).frames).toEqual([remarked, gps]);
  });

  it('counts what belongs to no sentence, and loses no sentence to it', () => {
    const whole = everyCut(`noise ${a}\r\n\x00\xff\\half a tag\r\n\\${a}\r\n\\x\\ ${tagged}\r\n12345\r\n`);
    expect(whole.frames).toEqual([a, a, tagged]);
    expect(whole.noise).toBe('noise'.length + 2 + '\\halfatag'.length + 1 + '\\x\\'.length + 5);
  });

  it('ends a sentence at a byte that no sentence may hold', () => {
    expect(everyCut(`!AIVDM,1,1,,A,\xe9${a}\n`).frames).toEqual(['!AIVDM,1,1,,A,', a]);
  });

  it('reads tag blocks in a row', () => {
    const double = `\\${checked('g:1-2-77')}\\\\${checked('c:1750750200')}\\${a}`;
    expect(everyCut(`${double}\r\n`).frames).toEqual([double]);
  });

  it('tells whether the rest is a sentence without its line end', () => {
    expect(frame(bytesOf(a))).toMatchObject({ frames: [], closed: true });
    expect(frame(bytesOf(a.slice(0, -3)))).toMatchObject({ frames: [], closed: false });
    expect(frame(bytesOf(a.slice(0, -1)))).toMatchObject({ frames: [], closed: false });
  });

  it('keeps no more than it may of anything, in any pieces', () => {
    for (const text of ['!', '\\', '$A', '\\\\', '!*', 'x'].map((unit) => unit.repeat(9000 / unit.length))) {
      const whole = feed([bytesOf(text)]);
      const torn = feed(Array.from({ length: 90 }, (_, at) => bytesOf(text.slice(at * 100, at * 100 + 100))));
      expect(torn).toEqual(whole);
      expect(whole.rest.length).toBeLessThanOrEqual(maxFrameBytes);
    }
    const long = `!AIVDM,1,1,,A,${'0'.repeat(600)}\n${a}\n`;
    expect(everyCut(long).frames).toEqual([a]);
    const longTag = `\\${'t'.repeat(600)}\\${a}\n`;
    expect(everyCut(longTag).frames).toEqual([a]);
  });
});
