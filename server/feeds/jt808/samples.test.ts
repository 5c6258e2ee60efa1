import { describe, expect, it } from 'vitest';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import type { Location } from '../vehicle-location.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { jt808 } from './jt808.ts';
import type { Jt808Message } from './message.ts';
import { bytesOf, hexOf } from './testing/vectors.ts';

/** Frames of other implementations, with a decode made independently of this one. */
const collection = openCollection('jt808');

type DerivedLocation = Record<string, unknown> & { extra?: [string, string][] };
type Derived = {
  msgId?: string;
  bodyLength?: number;
  encrypted?: number;
  version2019?: boolean;
  subpackaged?: boolean;
  protocolVersion?: number;
  terminal?: string;
  serial?: number;
  packageTotal?: number;
  packageIndex?: number;
  checksumOk?: boolean;
  bodyLengthOk?: boolean;
  error?: string;
  location?: DerivedLocation;
  batch?: { count: number; type: number; items: DerivedLocation[] };
};
type Sample = {
  id: string;
  op?: string;
  hex?: string;
  frames?: string[];
  expected?: {
    frames?: string[];
    acceptedFrames?: string[];
    msgId?: string;
    fields?: [string, string, string][];
  } | null;
  derived?: Derived | Derived[];
};

const samples: Sample[] = collection.lines('frames.jsonl');
const single = samples.flatMap(({ id, op, hex, derived }) =>
  !op && hex && derived && !Array.isArray(derived) ? [{ id, bytes: bytesOf(hex), derived }] : [],
);

const asDerived = (location: Location) => ({
  alarmFlag: location.alarmFlag,
  statusFlag: location.statusFlag,
  accOn: location.status.acc,
  fixed: location.status.fixed,
  latRaw: location.latRaw,
  lonRaw: location.lonRaw,
  altitudeM: location.altitudeM,
  speedKmh: location.speedKmh,
  directionDeg: location.directionDeg,
  extra: location.additional.items.map((item) => [item.id.slice(2), item.raw]),
});

function compareLocation(own: Location | Refusal | null | undefined, derived: DerivedLocation, id: string): void {
  if (!own || isRefusal(own)) throw new Error(`${id}: no location`);
  const values = asDerived(own);
  for (const [key, value] of Object.entries(values)) {
    if (!(key in derived)) continue;
    const theirs = key === 'extra' ? derived.extra?.slice(0, values.extra.length) : derived[key];
    expect(value, `${id} ${key}`).toEqual(theirs);
  }
  if (typeof derived.lat === 'number') expect(Math.abs(own.lat), `${id} lat`).toBeCloseTo(Math.abs(derived.lat), 6);
  if (typeof derived.lon === 'number') expect(Math.abs(own.lon), `${id} lon`).toBeCloseTo(Math.abs(derived.lon), 6);
  if (own.time !== null) expect(own.time, `${id} time`).toBe(derived.time);
}

const reasonOf = (bytes: Uint8Array): string | null => {
  const message = decode(bytes);
  return isRefusal(message) ? message.refused : null;
};

describe.skipIf(!collection.present)(`collected frames (${samples.length})`, () => {
  it('is not an empty collection', () => expect(single.length).toBeGreaterThan(100));

  it('reads the header of every sound frame as the independent decode does', () => {
    let compared = 0;
    for (const { id, bytes, derived } of single) {
      if (derived.error || !derived.checksumOk || derived.bodyLengthOk === false || derived.encrypted) continue;
      const message = decode(bytes);
      if (isRefusal(message)) {
        // One source wrote an answer without its body.
        expect(message.refused, id).toBe('length');
        expect(derived.bodyLength, id).toBe(0);
        continue;
      }
      const { header } = message;
      expect(message.messageId, id).toBe(derived.msgId);
      expect(header, id).toMatchObject({
        bodyLength: derived.bodyLength,
        terminal: derived.terminal,
        serial: derived.serial,
        version: derived.version2019 ? '2019' : '2013',
        protocolVersion: derived.version2019 ? derived.protocolVersion : null,
        part: derived.subpackaged ? { total: derived.packageTotal, index: derived.packageIndex } : null,
      });
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(110);
  });

  it('reads every location and batch as the independent decode does', () => {
    let compared = 0;
    for (const { id, bytes, derived } of single) {
      const message = decode(bytes) as Jt808Message;
      if (isRefusal(message)) continue;
      if (derived.location) {
        compareLocation(message.body.location, derived.location, id);
        compared++;
      }
      if (derived.batch) {
        expect(message.body.locations?.length, id).toBe(derived.batch.items.length);
        derived.batch.items.forEach((item, at) => {
          compareLocation(message.body.locations?.[at], item, `${id}[${at}]`);
        });
        compared++;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(30);
  });

  it('refuses the broken frames with their reason', () => {
    let refused = 0;
    for (const { id, bytes, derived } of single) {
      const reason = reasonOf(bytes);
      if (derived.error) expect(reason, id).toBe('truncated');
      else if (derived.checksumOk === false) expect(reason, id).toBe('checksum');
      else if (derived.bodyLengthOk === false) expect(reason, id).toBe('length');
      else continue;
      refused++;
    }
    expect(refused).toBeGreaterThanOrEqual(8);
  });

  it('cuts the streams as their source does', () => {
    const streams = samples.filter(({ op }) => op === 'split-stream' || op === 'split-and-check');
    for (const { id, op, hex, expected } of streams) {
      const { frames, rest, closed } = frame(bytesOf(hex ?? ''));
      const readable = frames.filter((one) => op === 'split-stream' || !isRefusal(decode(one)));
      expect(readable.map(hexOf), id).toEqual(expected?.frames ?? expected?.acceptedFrames);
      if (op === 'split-and-check') expect(rest.length === 0 || closed, id).toBe(true);
    }
    expect(streams.length).toBe(4);
  });

  it('refuses wrong escapes, and puts the split message together', () => {
    const codec = samples.filter(({ op }) => op === 'unescape');
    for (const { id, hex } of codec) expect(reasonOf(bytesOf(hex ?? '')), id).toMatch(/^(framing|truncated)$/);
    const groups = samples.filter(({ op }) => op === 'reassemble');
    for (const { id, frames, expected } of groups) {
      const stream = openDecodeStream(jt808, { mode: 'message', options: { requireAuth: false, authSecret: null } });
      const lines = (frames ?? []).flatMap((hex) => [...stream.push(bytesOf(hex))]);
      const whole = lines.at(-1);
      expect(whole?.kind === 'message' && (whole.message as Jt808Message).messageId, id).toBe(expected?.msgId);
      expect(whole?.kind === 'message' && (whole.message as Jt808Message).body.parameters, id).toHaveProperty(
        'length',
        107,
      );
    }
    expect([codec.length, groups.length]).toEqual([2, 1]);
  });
});
