import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode, readUnit } from './decode.ts';
import { readDeviceTime, writeDeviceTime } from './device-time.ts';
import { toText } from './field-reader.ts';
import type { Gb26875Message } from './message.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';

function read(bytes: Uint8Array): Gb26875Message {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
  return message;
}
const objectsOf = (name: keyof typeof vectors) => read(vector(name)).unit?.objects;

describe('decode', () => {
  it('reads the control unit, low byte first', () => {
    expect(read(vector('fire')).header).toEqual({
      serial: 1,
      versionMain: 1,
      versionUser: 1,
      time: '2025-06-24T15:30:10+08:00',
      timeFormat: 'standard',
      source: '010203040506',
      target: 'aabbccddeeff',
      unitLength: 48,
      command: 2,
    });
  });

  it('reads component states with their description and time', () => {
    expect(read(vector('fire'))).toMatchObject({ name: 'send: component state', flags: [] });
    expect(objectsOf('twoObjects')).toEqual([
      {
        systemType: 1,
        systemName: 'fire alarm system',
        systemAddress: 3,
        componentType: 42,
        componentName: 'smoke detector, photoelectric',
        componentAddress: 0x0006_00d9,
        state: 0x107,
        states: ['normal', 'fire', 'fault', 'powerFault'],
        description: '1号楼3层走廊',
        time: '2025-06-24T15:29:30+08:00',
      },
      expect.objectContaining({
        componentName: 'manual call point',
        componentAddress: 7,
        states: ['fire'],
        description: '',
        time: '2025-06-24T15:29:31+08:00',
      }),
    ]);
  });

  it('reads analogue values in the unit of their type, signed', () => {
    expect(objectsOf('analogue')?.map((one) => [one.analogueName, one.analogueRaw, one.analogueValue])).toEqual([
      ['height', 345, 3.45],
      ['pressure', 16, 1600],
      ['temperature', -85, -8.5],
    ]);
  });

  it('reads the other data types', () => {
    expect(objectsOf('systemReset')).toMatchObject([{ systemType: 1, systemAddress: 3, states: ['normal', 'reset'] }]);
    expect(objectsOf('transmitterFire')).toMatchObject([{ states: ['normal', 'fire'] }]);
    expect(objectsOf('operation')).toMatchObject([
      { operations: ['reset'], operator: 9, time: '2025-06-24T15:50:00+08:00' },
    ]);
    expect(objectsOf('inside')).toEqual([{ text: '@@##@@##' }]);
    expect(objectsOf('staffCheck')).toEqual([{ timeoutMin: 5 }]);
    expect(read(vector('request'))).toMatchObject({ name: 'request: set transmitter clock' });
    expect(read(vector('confirm'))).toMatchObject({ name: 'confirm', unit: null });
  });

  it.each([
    ['04 01 01 03 40 02 000000000000', { operations: ['test'], operator: 2, time: null }],
    ['05 01 01 03 02 07', { systemAddress: 3, versionMain: 2, versionUser: 7 }],
    ['06 01 01 03 04 b2e2cad4', { text: '测试' }],
    [`07 01 01 03 28 01000000 ${'41'.repeat(31)}`, { componentAddress: 1, description: 'A'.repeat(31) }],
    ['08 01 01 03 1e1d0f180619', { time: '2025-06-24T15:29:30+08:00' }],
    ['18 01 20 05 1e1d0f180619', { operations: ['staffCheckAnswered'], operator: 5 }],
    ['19 01 03 04', { versionMain: 3, versionUser: 4 }],
    ['3d 01 01 03', { systemName: 'fire alarm system' }],
    ['3e 01 01 03 28 01000000', { componentName: 'smoke detector' }],
    ['3e 02 01 03 01000000 01 03 02000000', { systemAddress: 3, componentAddress: 1 }],
    ['43 01 01 03 17 05000000', { componentType: 23, componentAddress: 5 }],
    ['40 01 01 03 0a 1e1d0f180619', { recordCount: 10, time: '2025-06-24T15:29:30+08:00' }],
    ['51 01 00', {}],
    ['54 01 0a 1e1d0f180619', { recordCount: 10 }],
    ['59 01 00', {}],
  ])('reads application data %s', (hex, expected) => {
    const flags = new Set<never>();
    const unit = readUnit(bytesOf(hex), flags);
    expect(isRefusal(unit) ? unit : unit.objects[0]).toMatchObject(expected);
    expect([...flags]).toEqual([]);
  });

  it('keeps what makers send of their own, and flags it', () => {
    expect(read(vector('vendor'))).toMatchObject({
      name: 'send: vendor data 150',
      unit: { type: 150, count: 1, objects: [], bytes: bytesOf('0003') },
      flags: ['enum_unknown'],
    });
    expect(read(vector('handshake'))).toMatchObject({
      name: 'send: reserved data 22',
      unit: { type: 22, count: 0, objects: [], bytes: new Uint8Array() },
      flags: ['enum_unknown'],
    });
    expect(read(vector('unsummed'))).toMatchObject({ flags: ['checksum_variant'] });
    expect(read(vector('yearFirst'))).toMatchObject({
      header: { time: '2025-06-24T15:30:10+08:00', timeFormat: 'yearFirst' },
      flags: ['clock_invalid'],
    });
    expect(read(vector('noClock'))).toMatchObject({ header: { time: null, timeFormat: null }, flags: [] });
    expect(read(vector('timeless'))).toMatchObject({
      unit: {
        objects: [
          { systemAddress: 3, states: ['normal', 'fire'], time: null },
          { systemAddress: 1, time: null },
        ],
      },
      flags: [],
    });
    expect(read(vector('undescribed'))).toMatchObject({
      unit: {
        objects: [
          {
            componentType: 23,
            componentAddress: 0x650005,
            states: ['fire'],
            description: '',
            time: '2019-10-21T22:16:12+08:00',
          },
        ],
        leftover: null,
      },
      flags: [],
    });
  });

  it('keeps whole objects before one that is cut off, and says what is left over', () => {
    expect(read(vector('cutShort'))).toMatchObject({
      unit: {
        count: 2,
        objects: [{ description: '1号楼3层走廊' }],
        leftover: '0103',
        unreadable: { refused: 'truncated' },
      },
      flags: ['partial'],
    });
    const flags = new Set<never>();
    expect(readUnit(bytesOf('19 01 03 04 ff'), flags)).toMatchObject({ leftover: 'ff', unreadable: null });
    expect([...flags]).toEqual(['length_bad']);
  });

  it.each([
    ['', 'empty'],
    ['41 40', 'framing'],
    ['4040 0100 0105 00b8 2323', 'truncated'],
    [vectors.fire.replace('64 2323', '65 2323'), 'checksum'],
    [vectors.fire.replace('64 2323', '64 2324'), 'framing'],
    [vectors.fire.replace(' 3000 ', ' 3100 '), 'length'],
    [vectors.fire.replace(' 02 02 01 ', ' 02 02 '), 'length'],
    ['4040 0900 0101 0a1e0f180619 aabbccddeeff 010203040506 0100 02 02 00 2323', 'truncated'],
    ['4040 0900 0101 0a1e0f180619 aabbccddeeff 010203040506 0300 02 020203 00 2323', 'truncated'],
  ])('refuses %s', (hex, reason) => {
    expect(decode(bytesOf(hex))).toMatchObject({ refused: reason });
  });
});

describe('times and texts', () => {
  it.each([
    ['1e1d0f180619', '2025-06-24T15:29:30+08:00', 'standard'],
    ['3b3b171d0218', '2024-02-29T23:59:59+08:00', 'standard'],
    ['1902 1d 173b3b', null, null],
    ['180a16170d18', '2024-10-22T23:13:24+08:00', 'yearFirst'],
    ['595923310125', '2025-01-31T23:59:59+08:00', 'bcd'],
    ['250131235959', '2025-01-31T23:59:59+08:00', 'bcdYearFirst'],
    ['000000000000', null, null],
    ['ffffffffffff', null, null],
    ['3c0000010119', null, null],
  ])('reads %s', (hex, time, format) => {
    expect(readDeviceTime(bytesOf(hex))).toEqual({ time, format });
  });

  it('writes Beijing time', () => {
    expect(hexOf(writeDeviceTime(Date.parse('2025-12-31T16:00:05Z')))).toBe('05000001011a');
  });

  it('reads GB 18030, filled with anything, and UTF-8 where it is no GB 18030', () => {
    expect(toText(bytesOf('a3c1c7f8 00000000'))).toBe('Ａ区');
    expect(toText(bytesOf('b2e2cad4 20 ffff'))).toBe('测试');
    expect(toText(bytesOf('b2e2 00 cad4 00'))).toBe('测');
    expect(toText(Buffer.from('3层走廊', 'utf8'))).toBe('3层走廊');
    expect(toText(bytesOf('b2e2 ca'))).toBe('测�');
    expect(toText(bytesOf('41 07 42'))).toBe('AB');
  });
});
