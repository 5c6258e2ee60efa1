import { describe, expect, it } from 'vitest';
import type { Location } from '../jt808/body.ts';
import { type Account, alarmMessage, ids, laterMessage, locationMessage, loginBody } from './body.ts';
import { crc16, cutFrames, decodeUpperFrame, encodeFrame } from './frame.ts';
import { lowerPlatform } from './platform.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
/** Pieces as the standard lists them, one field a piece, so that a reader can check them by hand. */
const pieces = (...fields: string[]) => fields.join('').replace(/\s/g, '');
const atMs = Date.parse('2026-06-15T00:30:00Z');
const vehicle = { plate: '苏A12345', colour: 2 };
const location: Location = {
  at: [118.796877, 32.060255],
  gcj02: true,
  fixed: true,
  accOn: true,
  emergency: true,
  altitudeM: 25,
  speedMps: 60 / 3.6,
  headingDeg: 90,
  observedAtMs: atMs,
  mileageM: 123_900,
  fuelL: 38.1,
  satellites: 11,
};
const account: Account = { edition: 2011, centerId: 32010001, userId: 32010007, password: 'Nj+809!' };

describe('JT/T 809 as worked out by hand', () => {
  it('has the checksum of the annex', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x29b1);
  });

  it('writes a login and its escapes', () => {
    const frame = encodeFrame({
      id: ids.login,
      edition: 2011,
      serial: 0x5b5a5d5e,
      centerId: 1,
      atMs,
      body: loginBody(account),
    });
    expect(hex(frame)).toContain(
      pieces(
        '5b',
        '00000048', // 1 + 22 + 46 + 2 + 1 = 72
        '5a01 5a02 5e01 5e02', // serial
        '1001',
        '00000001',
        '010000 00 00000000', // version 1.0.0, plain, no key
        '01e86f17', // user 32010007
        '4e6a2b3830392100', // password in eight bytes
        `3132372e302e302e31${'00'.repeat(23)}`,
        '0000',
      ),
    );
    expect(frame.at(-1)).toBe(0x5d);
    expect(loginBody({ ...account, edition: 2019 }).length).toBe(50);
  });

  it('writes a position of 2011', () => {
    expect(hex(locationMessage(2011, { vehicle, location }, ''))).toBe(
      pieces(
        `cbd5413132333435${'00'.repeat(13)}`, // 苏A12345 in GBK
        '02',
        '1202',
        '00000024',
        '01', // through the secrecy plug-in
        '0f 06 07ea', // 15 June 2026
        '08 1e 00', // 08:30:00 in Beijing
        '0714b24d', // 118.796877°
        '01e9335f', // 32.060255°
        '003c 003c', // 60 km/h
        '0000007b', // 123 km
        '005a', // 90°
        '0019', // 25 m
        '00000003', // ACC on, fixed
        '00000001', // SOS
      ),
    );
  });

  it('writes a position of 2019 around the report of JT/T 808', () => {
    const message = hex(locationMessage(2019, { vehicle, location }, '32010000001'));
    expect(message).toContain(
      pieces('1202', '0000005e', '01', '0000002c', '00000001', '00000003', '01e9335f', '0714b24d'),
    );
    expect(message.endsWith(pieces('3332303130303030303031', '00000000', '00'.repeat(30)))).toBe(true);
  });

  it('writes what was reported while the link was down, and alarms', () => {
    const later = hex(laterMessage(2011, { vehicle, locations: [location, location] }, ''));
    expect(later).toContain(pieces('1203', '00000049', '02', '01 0f06 07ea'));
    const alarm = { vehicle, type: 3, atMs, endMs: null, number: 7, text: 'SOS' };
    expect(hex(alarmMessage(2011, alarm, ''))).toContain(
      pieces('1402', '00000016', '01', '0003', '000000006a2f4788', '00000007', '00000003', '534f53'),
    );
    expect(hex(alarmMessage(2019, alarm, '32010000001')).slice(0, 12)).toBe('140200000051');
  });
});

describe('what the upper platform says', () => {
  const frame = encodeFrame({
    id: 0x1002,
    edition: 2011,
    serial: 5,
    centerId: 1,
    atMs,
    body: Buffer.from('005b5a5d5e', 'hex'),
  });

  it('is read out of any cut of the stream', () => {
    const stream = Buffer.concat([Buffer.from('00ff', 'hex'), frame, frame]);
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = cutFrames(stream.subarray(0, cut));
      const second = cutFrames(Buffer.concat([first.rest, stream.subarray(cut)]));
      const read = [...first.frames, ...second.frames].map((one) => decodeUpperFrame(one, 2011));
      expect(read.map((one) => one && [one.id, one.serial, hex(one.body)])).toEqual(
        Array.from({ length: 2 }, () => [0x1002, 5, '005b5a5d5e']),
      );
    }
  });

  it('is not read where it is damaged', () => {
    const damaged = Buffer.from(frame);
    damaged[20]! ^= 1;
    expect(decodeUpperFrame(damaged, 2011)).toBeNull();
    expect(decodeUpperFrame(frame.subarray(0, 9), 2011)).toBeNull();
  });
});

describe('a lower platform', () => {
  const reply = (id: number, body: number[]) =>
    encodeFrame({ id, edition: 2011, serial: 0, centerId: 1, atMs, body: Uint8Array.from(body) });

  it('stores what it cannot say, and says it once it is in', () => {
    const platform = lowerPlatform(account, '32010000001');
    for (let report = 0; report < 7; report++) expect(platform.report({ vehicle, location }, atMs)).toEqual([]);
    expect(platform.stored()).toBe(7);
    expect(platform.connected(atMs)).toHaveLength(1);
    expect(platform.received(reply(0x1002, [0, 1, 2, 3, 4]), atMs)).toHaveLength(2);
    expect([platform.phase(), platform.stored()]).toEqual(['online', 0]);
    expect(platform.report({ vehicle, location }, atMs)).toHaveLength(1);
    expect(platform.keepalive(atMs)).toHaveLength(1);
    expect(platform.logout(atMs)).toHaveLength(1);
    platform.received(reply(0x1004, []), atMs);
    expect(platform.phase()).toBe('offline');
  });

  it('is quiet when it is denied', () => {
    const platform = lowerPlatform(account, '32010000001');
    platform.connected(atMs);
    expect(platform.received(reply(0x1002, [4, 0, 0, 0, 0]), atMs)).toEqual([]);
    expect([platform.phase(), platform.keepalive(atMs)]).toEqual(['denied', []]);
  });
});
