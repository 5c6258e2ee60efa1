import { describe, expect, it } from 'vitest';
import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode, readUnit } from './decode.ts';
import { frame } from './frame.ts';
import { commands } from './header.ts';
import type { DataObject, DataUnit } from './message.ts';
import { bytesOf, hexOf } from './testing/vectors.ts';

/** Frames of other implementations, with a decode made independently of this one. */
const collection = openCollection('gb26875');

type Derived = {
  error?: string;
  serial?: number;
  versionMain?: number;
  versionUser?: number;
  time?: string;
  source?: string;
  target?: string;
  appLength?: number;
  command?: number;
  commandName?: string;
  checksumOk?: boolean;
  app?: Application;
  type?: number;
};
type Application = {
  type: number;
  count: number;
  objects: Record<string, unknown>[];
  leftover?: number;
  truncated?: boolean;
  note?: string;
};
type Sample = { id: string; op?: string; hex: string; expected: Record<string, unknown> | null; derived: Derived };

const samples: Sample[] = collection.lines('frames.jsonl');

/** The independent decode's names for our members. */
const names: Record<string, keyof DataObject> = {
  systemType: 'systemType',
  systemAddr: 'systemAddress',
  componentType: 'componentType',
  componentAddr: 'componentAddress',
  state: 'state',
  description: 'description',
  analogType: 'analogueType',
  analogValue: 'analogueRaw',
  operation: 'operation',
  operator: 'operator',
  versionMain: 'versionMain',
  versionUser: 'versionUser',
  text: 'text',
  time: 'time',
};

function compareUnit(own: DataUnit | Refusal | null, derived: Application, id: string): number {
  if (!own || isRefusal(own)) throw new Error(`${id}: not read`);
  expect([own.type, own.count], id).toEqual([derived.type, derived.count]);
  if (derived.note) {
    expect(own.bytes, id).not.toBeNull();
    return 0;
  }
  expect(own.objects.length, id).toBe(derived.objects.length);
  let compared = 0;
  derived.objects.forEach((object, at) => {
    for (const [name, value] of Object.entries(object)) {
      expect(own.objects[at]?.[names[name]!], `${id}[${at}] ${name}`).toEqual(value);
      compared++;
    }
  });
  return compared;
}

describe.skipIf(!collection.present)(`collected frames (${samples.length})`, () => {
  const frames = samples.filter(({ op }) => !op);
  const units = samples.filter(({ op }) => op === 'application-data-unit');

  it('is not an empty collection', () => expect([frames.length, units.length]).toEqual([7, 10]));

  it('reads every sound frame as the independent decode and as its source does, and refuses the others by reason', () => {
    const told: Record<string, number> = {};
    let [compared, asserted] = [0, 0];
    for (const { id, hex, expected, derived } of frames) {
      const message = decode(bytesOf(hex));
      const reason = isRefusal(message) ? message.refused : 'read';
      told[reason] = (told[reason] ?? 0) + 1;
      if (derived.error) expect(reason, id).toBe('truncated');
      else if (!derived.checksumOk) expect(reason, id).toBe('checksum');
      if (isRefusal(message)) continue;
      const { header, unit } = message;
      expect(header, id).toMatchObject({
        serial: derived.serial,
        versionMain: derived.versionMain,
        versionUser: derived.versionUser,
        time: derived.time,
        source: derived.source,
        target: derived.target,
        unitLength: derived.appLength,
        command: derived.command,
      });
      expect(derived.commandName, id).toContain(commands[header.command]);
      compared += 8;
      if (derived.app) compared += compareUnit(unit, derived.app, id);
      const { serial, versionMain, versionUser, command, unitLength, source, target } = header;
      const own: Record<string, unknown> = {
        ...{
          serial,
          cmd: command,
          dataLen: unitLength,
          aduLength: unitLength,
          typeFlag: unit?.type,
          objectCount: unit?.count,
        },
        ...{ mainVer: versionMain, version: versionMain, clientVer: versionUser, userVer: versionUser },
        ...{ src: [...bytesOf(source)], dst: [...bytesOf(target)], srcAddr: source.toUpperCase() },
      };
      for (const [name, value] of Object.entries(expected ?? {})) {
        if (!(name in own)) continue;
        expect(own[name], `${id} ${name}`).toEqual(value);
        asserted++;
      }
    }
    expect(told).toEqual({ read: 4, truncated: 2, checksum: 1 });
    expect([compared, asserted]).toEqual([37, 17]);
  });

  it('reads application data units as their source asserts', () => {
    let compared = 0;
    let refused = 0;
    for (const { id, hex, derived } of units) {
      const unit = readUnit(bytesOf(hex), new Set<QualityFlag>());
      const application = derived as unknown as Application;
      if (application.truncated) {
        expect(isRefusal(unit) && unit.refused, id).toBe('truncated');
        refused++;
      } else compared += compareUnit(unit, application, id);
    }
    expect([compared, refused]).toEqual([38, 2]);
  });

  it('cuts all frames out of one stream, wherever it is torn', () => {
    const stream = bytesOf(frames.map(({ hex }) => hex).join(''));
    const whole = frame(stream);
    const sound = frames.filter(({ derived }) => derived.checksumOk).map(({ hex }) => hex);
    expect(whole.frames.map(hexOf).filter((hex) => !isRefusal(decode(bytesOf(hex))))).toEqual(sound);
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = frame(stream.subarray(0, cut));
      const second = frame(new Uint8Array([...first.rest, ...stream.subarray(cut)]));
      expect([...first.frames, ...second.frames].map(hexOf), `cut at ${cut}`).toEqual(whole.frames.map(hexOf));
    }
  });
});
