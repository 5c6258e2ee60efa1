import { describe, expect, it } from 'vitest';
import { atEveryCut, inPieces } from '../testing/in-pieces.ts';
import { frame } from './frame.ts';
import { bytesOf, reports, textOf } from './testing/reports.ts';

const { plain, speci, cavok, taf } = reports;
/** Without its closing sign. */
const bare = (text: string) => text.replace(/=$/, '');

const feed = (pieces: readonly Uint8Array[]) => inPieces(frame, pieces, (one) => textOf(one).trim(), 8_192);

const everyCut = (text: string) => atEveryCut(feed, bytesOf(text));

describe('frame', () => {
  it('cuts at the closing sign, wherever the stream is torn', () => {
    expect(everyCut(`${plain}${speci}\r\n${taf}\n`)).toEqual({ frames: [plain, speci, taf], noise: 0, rest: '' });
  });

  it('takes a line for a report where nothing closes it, and the lines behind it for its own', () => {
    const wrapped = bare(taf);
    const whole = everyCut(`${bare(plain)}\n${wrapped}\r\n${bare(cavok)}\n\n${bare(speci)}\n`);
    expect(whole.frames).toEqual([bare(plain), wrapped, bare(cavok)]);
    expect(whole.rest.trim()).toBe(bare(speci));
    expect(frame(bytesOf(bare(speci)))).toMatchObject({ frames: [], closed: true });
  });

  it('reads bulletins: heading, one word above all, end of text', () => {
    const [, first, second] = [0, plain, cavok].map((one) => String(one).replace(/^METAR (COR )?/, ''));
    const bulletin = `\x01\r\r\n123\r\r\nSACI31 ZBBB 241430\r\r\nMETAR\r\r\n${first}\r\r\n${second}\r\r\n\x03`;
    const whole = everyCut(`${bulletin}${bulletin}`);
    expect(whole.noise).toBe(0);
    const words = whole.frames.map((one) => one.split(/\s+/).join(' '));
    expect(words).toEqual([`METAR ${first}`, second, `METAR ${first}`, second]);
  });

  it('keeps the date above a report with it', () => {
    const dated = `2025/06/24 14:30\n${bare(plain)}`;
    expect(everyCut(`${dated}\n${dated}\n\n`).frames).toEqual([dated, dated]);
  });

  it('counts what is no report, and loses no report to it', () => {
    const whole = everyCut(`<html>\n${plain}\nsome words\n\xff\xfe${speci}=\n\x00${cavok}\n<p>\n`);
    expect(whole.frames).toEqual([plain, speci, cavok]);
    expect(whole.noise).toBe('<html>'.length + 'some words'.length + 2 + 1 + 1 + '<p>'.length);
  });

  it('ends a report at bytes that are none of its own', () => {
    expect(everyCut(`${bare(plain)}\x03${bare(cavok)}\n{"a": 1}\n`).frames).toEqual([bare(plain), bare(cavok)]);
  });

  it('keeps no more than it may of anything, in any pieces', () => {
    for (const text of ['A', 'METAR ', '\n ', 'ZSNJ 241430Z ', `${bare(plain)}\nX\n`]) {
      const long = text.repeat(Math.ceil(40_000 / text.length));
      const torn = Array.from({ length: 100 }, (_, at) => bytesOf(long.slice(at * 500, at * 500 + 500)));
      expect(feed(torn)).toEqual(feed([bytesOf(long)]));
    }
  });
});
