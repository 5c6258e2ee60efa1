import { describe, expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { sl651 } from './sl651.ts';
import { bytesOf, join as glue, hexOf } from './testing/vectors.ts';

/** Frames of other implementations, with a decode made independently of this one. */
const collection = openCollection('sl651');

type Element = { id: string; bytes: number; decimals: number; raw: string; value: number };
type Sample = {
  id: string;
  hex: string;
  derived: {
    centre: number;
    station: string;
    func: string;
    direction: number;
    length: number;
    crcOk: boolean;
    serial: number;
    sendTime: string;
    reportStation?: string;
    stationClass?: string;
    observeTime?: string;
    elements?: Element[];
  };
};

const samples: Sample[] = collection.lines('frames.jsonl');
const options = sl651.options.parse({});
const sound = samples.filter(({ derived }) => derived.crcOk);

describe.skipIf(!collection.present)(`collected frames (${samples.length})`, () => {
  it('reads every sound frame as the independent decode does', () => {
    for (const { id, hex, derived } of sound) {
      const message = decode(bytesOf(hex));
      if (isRefusal(message)) throw new Error(`${id}: ${message.detail}`);
      expect(message, id).toMatchObject({
        functionCode: derived.func,
        header: { centre: derived.centre, station: derived.station, bodyLength: derived.length, direction: 'up' },
        serial: derived.serial,
        sendTime: derived.sendTime,
      });
      if (derived.reportStation) expect(message.reportStation, id).toBe(derived.reportStation);
      if (derived.stationClass) expect(message.stationClass?.code, id).toBe(derived.stationClass);
      const elements = message.elements.map(({ id: code, bytes, decimals, raw, value }) => ({
        id: code,
        bytes,
        decimals,
        raw,
        value,
      }));
      expect(elements, id).toEqual(derived.elements ?? []);
      for (const { observeTime } of message.elements)
        expect(observeTime, id).toBe(`${derived.observeTime?.slice(0, 16)}:00+08:00`);
    }
    expect(sound.length).toBeGreaterThanOrEqual(9);
  });

  it('makes a reading of every element', () => {
    let compared = 0;
    for (const { id, hex, derived } of sound) {
      const lines = [...openDecodeStream(sl651, { mode: 'records', options }).push(bytesOf(hex))];
      const read = lines.flatMap((line) => (line.kind === 'record' ? [line.record as ReadingRecord] : []));
      expect(
        read.map((one) => one.rawValue),
        id,
      ).toEqual((derived.elements ?? []).map((one) => one.value));
      compared += read.length;
    }
    expect(compared).toBeGreaterThanOrEqual(12);
  });

  it('refuses the broken ones with their reason', () => {
    const broken = samples.filter((sample) => !sound.includes(sample));
    for (const { id, hex } of broken) expect(decode(bytesOf(hex)), id).toMatchObject({ refused: 'checksum' });
    expect(broken.length).toBeGreaterThanOrEqual(1);
  });

  it('cuts all of them glued into one stream', () => {
    const framed = frame(glue(...samples.map(({ hex }) => bytesOf(hex))));
    expect(framed.frames.map(hexOf)).toEqual(samples.map(({ hex }) => hex));
    expect([framed.noise, framed.rest.length]).toEqual([0, 0]);
  });
});
