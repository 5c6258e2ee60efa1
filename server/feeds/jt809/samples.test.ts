import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { idText } from './header.ts';
import { redact } from './redact.ts';
import { bytesOf, hexOf } from './testing/vectors.ts';

/** Frames of other implementations, with a decode made independently of this one. */
const collection = openCollection('jt809');

type Derived = {
  length: number;
  lengthOk: boolean;
  serial: number;
  msgId: string;
  centerId: number;
  version: string;
  encrypted: boolean;
  key: number;
  crcOk: boolean;
  plate?: string;
  plateColor?: number;
  subType?: string;
};
type Sample = { id: string; hex: string; derived: Derived };

const samples: Sample[] = collection.lines('frames.jsonl');

describe.skipIf(!collection.present)(`collected frames (${samples.length})`, () => {
  it('is not an empty collection', () => expect(samples.length).toBeGreaterThan(0));

  it('are read as the independent decode does', () => {
    for (const { id, hex, derived } of samples) {
      const message = decode(bytesOf(hex));
      if (!derived.crcOk || !derived.lengthOk) {
        expect(isRefusal(message) && message.refused, id).toBe(derived.lengthOk ? 'checksum' : 'length');
        continue;
      }
      if (isRefusal(message)) throw new Error(`${id}: ${message.detail}`);
      expect(message.header, id).toMatchObject({
        length: derived.length,
        serial: derived.serial,
        centerId: derived.centerId,
        protocolVersion: derived.version,
        encrypted: derived.encrypted,
        key: derived.key,
      });
      expect(idText(message.header.messageId), id).toBe(derived.msgId);
      if (derived.subType) expect(message.subId, id).toBe(derived.subType);
      if (derived.plate)
        expect(message.vehicle, id).toMatchObject({ plate: derived.plate, colour: derived.plateColor });
      expect(message.flags, id).toEqual([]);
    }
  });

  it('hold what their source asserts of an answer', () => {
    const answer = samples.find(({ id }) => id === 'jt809-29ed6ac7f2');
    expect(answer && decode(bytesOf(answer.hex))).toMatchObject({
      subId: '0x9201',
      body: { sourceSerial: 1024, sourceId: '0x0400', result: 1 },
    });
  });

  it('are cut out of one stream', () => {
    const stream = bytesOf(samples.map(({ hex }) => hex).join('00'));
    const framed = frame(stream);
    expect(framed.frames.map(hexOf)).toEqual(samples.map(({ hex }) => hex));
    expect([framed.noise, framed.rest.length]).toEqual([samples.length - 1, 0]);
  });

  it('keep what may be kept', () => {
    for (const { id, hex } of samples) expect(decode(redact(bytesOf(hex))), id).toEqual(decode(bytesOf(hex)));
  });
});
