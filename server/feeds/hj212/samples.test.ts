import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { hj212 } from './hj212.ts';
import { bytesOf, join as glue } from './testing/vectors.ts';

/** Frames of other implementations, with a decode made independently of this one. */
const collection = openCollection('hj212');

type Sample = {
  id: string;
  category: string;
  text: string;
  expected: { MN?: string; CN?: string; ST?: string; DataTime?: string | null; points?: [string, number][] } | null;
  derived: {
    error?: string;
    lengthOk?: boolean;
    crcOk?: string | false;
    header?: Record<string, string>;
    cp?: [string, string][][];
  };
};

const samples: Sample[] = collection.lines('frames.jsonl');
const options = hj212.options.parse({});
const reasonsOf = (text: string) =>
  [...openDecodeStream(hj212, { mode: 'records', options }).push(bytesOf(text))].flatMap((line) =>
    line.kind === 'refusal' ? [line.refusal.refused] : [],
  );
const sound = samples.filter(({ derived }) => !derived.error && derived.lengthOk && derived.crcOk);

describe.skipIf(!collection.present)(`collected frames (${samples.length})`, () => {
  it('reads every sound frame as the independent decode does', () => {
    for (const { id, text, derived } of sound) {
      const message = decode(bytesOf(text));
      if (isRefusal(message)) throw new Error(`${id}: ${message.detail}`);
      const { PW: _, ...header } = derived.header ?? {};
      expect(message.header, id).toEqual(header);
      expect(message.cp, id).toEqual(derived.cp);
      expect(message.checksum, id).toBe(derived.crcOk);
    }
    expect(sound.length).toBeGreaterThanOrEqual(25);
  });

  it('makes a reading of every number under a code', () => {
    let compared = 0;
    for (const { id, text, derived } of sound) {
      const stated = (derived.cp ?? [])
        .flat()
        .filter(([key, value]) => /-/.test(key) && !/-(Flag|Info|SampleTime)$/.test(key) && /^[\d.]+$/.test(value));
      const lines = [...openDecodeStream(hj212, { mode: 'records', options }).push(bytesOf(text))];
      const read = lines.flatMap((line) => (line.kind === 'record' ? [line.record as ReadingRecord] : []));
      expect(
        read.map((one) => [one.property.replace(/-.*/, ''), one.value, one.rawValue]),
        id,
      ).toEqual(stated.map(([key, value]) => [key.replace(/-.*/, ''), Number(value), value]));
      expect(lines.length, id).toBe(read.length);
      compared += read.length;
    }
    expect(compared).toBeGreaterThanOrEqual(140);
  });

  it('reads what the sources assert', () => {
    let compared = 0;
    for (const { id, text, expected } of sound) {
      const message = decode(bytesOf(text));
      if (isRefusal(message)) throw new Error(`${id}: ${message.detail}`);
      for (const name of ['MN', 'CN', 'ST'] as const) {
        if (!expected?.[name]) continue;
        expect(message.header[name], `${id} ${name}`).toBe(expected[name]);
        compared++;
      }
      const own = new Map(message.cp.flat());
      for (const [code, value] of expected?.points ?? []) {
        expect(Number(own.get(`${code}-Rtd`) ?? own.get(code)), `${id} ${code}`).toBe(value);
        compared++;
      }
    }
    expect(compared).toBe(8);
  });

  it('refuses the broken frames with their reason', () => {
    const broken = samples.filter((sample) => !sound.includes(sample));
    for (const { id, text, derived } of broken)
      expect(reasonsOf(text), id).toEqual([derived.error ? 'framing' : derived.lengthOk ? 'checksum' : 'length']);
    expect(broken.length).toBeGreaterThanOrEqual(4);
  });

  it('cuts all of them glued into one stream', () => {
    const texts = samples.filter(({ derived }) => !derived.error).map(({ text }) => text);
    const framed = frame(glue(...texts.map(bytesOf)));
    expect(framed.frames.map((one) => Buffer.from(one).toString('latin1'))).toEqual(
      texts.map((text) => text.trimEnd()),
    );
    expect([framed.noise, framed.rest.length]).toEqual([0, 0]);
  });
});
