import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { elements } from './elements.ts';
import { functions } from './functions.ts';
import type { ElementValue, Sl651Message } from './message.ts';
import { redact } from './redact.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';
import { readBcd } from './value.ts';

const read = (bytes: Uint8Array): Sl651Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
  return message;
};
const refusalOf = (bytes: Uint8Array) => {
  const message = decode(bytes);
  return isRefusal(message) ? [message.refused, message.offset] : null;
};
const brief = (one: ElementValue) => [one.id, one.identifier, one.raw, one.value, one.doubt];

describe('decode', () => {
  it('reads head, serial number, both times, station and elements', () => {
    expect(read(vector('timed'))).toMatchObject({
      functionCode: '32',
      name: 'timed report',
      header: {
        form: 'hex',
        direction: 'up',
        centre: 5,
        station: '0060123456',
        bodyLength: 43,
        end: 'ETX',
        part: null,
      },
      serial: 8,
      sendTimeBcd: '260615083010',
      sendTime: '2026-06-15T08:30:10+08:00',
      reportStation: '0060123456',
      stationClass: { code: '48', name: 'river' },
      trailing: null,
      flags: [],
    });
    expect(read(vector('timed')).elements[0]).toEqual({
      id: '39',
      identifier: 'Z',
      observeTimeBcd: '2606150830',
      observeTime: '2026-06-15T08:30:00+08:00',
      bytes: 4,
      decimals: 3,
      raw: 'FF001720',
      value: -1.72,
      doubt: null,
    });
    expect(read(vector('timed')).elements.slice(1).map(brief)).toEqual([
      ['20', 'PJ', '000125', 12.5, null],
      ['26', 'PT', '003451', 345.1, null],
      ['38', 'VT', '1215', 12.15, null],
    ]);
  });

  it('tells missing, unreadable and sentinel values apart, and keeps elements nobody knows', () => {
    expect(read(vector('doubts')).elements.map(brief)).toEqual([
      ['39', 'Z', '09999999', 9999.999, 'sentinel'],
      ['3B', 'ZU', 'FFFFFFFF', null, 'missing'],
      ['02', 'AI', 'FF21', -2.1, null],
      ['22', 'PN05', '0A0125', null, 'unreadable'],
      ['FF38', '0xff38', '1301', 13.01, null],
      ['7F', '0x7f', '05', 5, null],
    ]);
  });

  it.each([
    ['00', 0, 0, null],
    ['FF0021', 2, -0.21, null],
    ['FF000000', 1, 0, null],
    ['FF', 0, null, 'missing'],
    ['FFFFFF', 1, null, 'missing'],
    ['', 0, null, 'missing'],
    ['000999', 1, 99.9, null],
    ['009999', 1, 999.9, 'sentinel'],
    ['FF9999', 1, -999.9, 'sentinel'],
    ['01', 7, 0.0000001, null],
    ['12A4', 1, null, 'unreadable'],
  ])('the digits %s with %i decimals are %s', (raw, decimals, value, doubt) => {
    expect(readBcd(raw, decimals)).toEqual({ value, doubt });
  });

  it('reads the rows of an hour from their first value, or back from their last', () => {
    const { elements: rows } = read(vector('hour'));
    const rain = rows.filter(({ id }) => id === 'F4');
    const level = rows.filter(({ id }) => id === 'F5');
    expect(rain.map((one) => one.value)).toEqual([0, 0.5, 1, null, 25.4, 0, 0, 0, 0, 0, 0, 2]);
    expect([rain[3]?.doubt, rain[0]?.offsetS, rain[11]?.offsetS]).toEqual(['missing', 0, 3300]);
    expect(level.slice(0, 4).map((one) => [one.value, one.doubt])).toEqual([
      [0.12, null],
      [0.13, null],
      [null, 'missing'],
      [0.16, null],
    ]);
    expect(rows.at(-1)).toMatchObject({ id: '39', value: 8.31, observeTimeBcd: '2606150900' });
    const byEnd = read(vector('hourByEnd')).elements;
    expect([byEnd[0]?.offsetS, byEnd[11]?.offsetS, byEnd[11]?.value]).toEqual([-3300, 0, 0.3]);
  });

  it('reads the row behind a time step', () => {
    expect(read(vector('series')).elements.map((one) => [one.id, one.value, one.offsetS, one.stepS])).toEqual([
      ['39', 8.1, 0, 1800],
      ['39', null, 1800, 1800],
      ['39', 8.2, 3600, 1800],
    ]);
  });

  it('reads texts, settings and states, and nothing where there is nothing', () => {
    expect(read(vector('manual')).text).toBe('Z 8.31 Q 12座');
    expect(read(vector('settings')).parameters).toEqual([
      { id: '01', raw: '05000000' },
      { id: '02', raw: '0060123456' },
      { id: '03', raw: '****' },
      { id: '0C', raw: '02' },
    ]);
    expect(read(vector('state')).states).toEqual(['mainsOff', 'waterLevelOverLimit', 'boxClosed']);
    expect(read(vector('keepAlive'))).toMatchObject({
      name: 'link keep-alive',
      serial: 7,
      elements: [],
      trailing: null,
    });
  });

  it('reads the ASCII form to the same vocabulary', () => {
    const message = read(vector('ascii'));
    expect(message).toMatchObject({
      functionCode: '32',
      header: { form: 'ascii', direction: 'up', centre: 5, station: '0060123456', end: 'ETX' },
      serial: 23,
      sendTime: '2026-06-15T08:31:40+08:00',
      reportStation: '0060123456',
      stationClass: { code: '48', name: 'river' },
    });
    expect(message.elements.map(brief)).toEqual([
      ['Z', 'Z', '-1.72', -1.72, null],
      ['PJ', 'PJ', '12.5', 12.5, null],
      ['VT', 'VT', '12.15', 12.15, null],
      ['XYZ', 'XYZ', '3', 3, null],
      ['PN05', 'PN05', 'M', null, 'missing'],
    ]);
    const hour = read(vector('asciiHour')).elements;
    expect(hour.map((one) => one.value)).toEqual([0, 0.5, 1, null, 25.4, 0, 0, 0, 0, 0, 0, 2, 8.31]);
  });

  it('reads what a centre sends: station before centre', () => {
    expect(read(vector('confirm'))).toMatchObject({
      header: { direction: 'down', centre: 5, station: '0060123456', end: 'ESC' },
      serial: 8,
      elements: [],
    });
  });

  it('keeps the whole elements of a body that ends inside one', () => {
    const message = read(vector('torn'));
    expect(message.elements.map(brief)).toEqual([['39', 'Z', '00008330', 8.33, null]]);
    expect([message.trailing, message.flags]).toEqual(['20190001', ['partial']]);
  });

  it('keeps the bytes of one packet of several', () => {
    const { header, serial, bytes } = read(vector('picture1'));
    expect([header.part, header.end, serial]).toEqual([{ total: 3, index: 1 }, 'ETB', 18]);
    expect(hexOf(bytes!)).toMatch(/ffd87e7e$/);
    expect(read(vector('picture2'))).toMatchObject({ serial: null, sendTime: null });
    expect(read(vector('outside2')).bytes).toEqual(bytesOf('ffd9'));
  });

  it('names every function, and knows the elements of the standard', () => {
    const codes = '2F 30 31 32 33 34 35 36 37 38 39 3A 40 41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50 51'.split(
      ' ',
    );
    for (const code of codes) expect(functions[code]?.name, code).toBeTruthy();
    const facts = (id: number) => [elements.get(id)?.identifier, elements.get(id)?.unit];
    expect([0x01, 0x0e, 0x18, 0x1f, 0x26, 0x2f, 0x3a, 0x43, 0x48, 0x4f, 0x57, 0x67, 0x6f, 0x75].map(facts)).toEqual([
      ['AC', 'm2'],
      ['H', 'm'],
      ['MST', '%'],
      ['PD', 'mm'],
      ['PT', 'mm'],
      ['Q8', 'm3/s'],
      ['ZB', 'm'],
      ['Z8', 'm'],
      ['COND', 'uS/cm'],
      ['TOC', 'mg/L'],
      ['CHLA', 'mg/L'],
      ['SYL8', 'm3'],
      ['SBL8', 'm3/h'],
      ['VIC', 'A'],
    ]);
  });

  it('refuses with the reason and the place', () => {
    const { timed, ascii } = vectors;
    expect(refusalOf(new Uint8Array(0))).toEqual(['empty', null]);
    expect(refusalOf(bytesOf('28 29'))).toEqual(['framing', 0]);
    expect(refusalOf(bytesOf('7e7e05'))).toEqual(['truncated', 3]);
    expect(refusalOf(bytesOf(timed.slice(0, -20)))).toEqual(['truncated', 50]);
    expect(refusalOf(bytesOf(timed.replace('002b02', '002a02')))).toEqual(['length', 11]);
    expect(refusalOf(bytesOf(`${timed}00`))).toEqual(['length', 11]);
    expect(refusalOf(bytesOf(timed.replace('FF001720', 'FF001721')))).toEqual(['checksum', 58]);
    expect(refusalOf(bytesOf(`${ascii.slice(0, -8)}30303030`))?.[0]).toBe('checksum');
    expect(isRefusal(decode(bytesOf(`${timed}0d0a`)))).toBe(false);
  });
});

describe('passwords', () => {
  it('are in no message, however it is printed', () => {
    for (const name of ['timed', 'ascii', 'settings', 'password', 'confirm'] as const) {
      const message = read(vector(name));
      const printed = JSON.stringify(message) + inspect(message, { depth: null, showHidden: true });
      expect(printed, name).not.toMatch(/4321|8765/);
    }
  });

  it('are zeros in the bytes that are kept, which still read the same', () => {
    for (const name of Object.keys(vectors) as (keyof typeof vectors)[]) {
      const kept = redact(vector(name));
      expect(hexOf(kept), name).not.toMatch(/4321|8765|34333231/);
      expect(JSON.stringify(read(kept)), name).toBe(JSON.stringify(read(vector(name))));
    }
    expect(hexOf(redact(vector('timed'))).slice(-4)).toBe('10bc');
    expect(hexOf(redact(vector('password')))).toContain('03100000');
  });

  it('are zeros in what is no whole frame too, and a wrong checksum stays wrong', () => {
    expect(hexOf(redact(vector('timed').subarray(0, 11)))).toBe('7e7e05006012345600003'.padEnd(22, '2'));
    const wrong = bytesOf(vectors.settings.replace('0802038c53', '0802030000'));
    expect(refusalOf(redact(wrong))?.[0]).toBe('checksum');
    expect(hexOf(redact(wrong))).not.toMatch(/4321/);
    const noise = bytesOf('28 29');
    expect(redact(noise)).toEqual(noise);
  });
});
