import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { readAdditional } from '../vehicle-additional.ts';
import { decode } from './decode.ts';
import type { Jt808Message } from './message.ts';
import { bytesOf, vector, vectors } from './testing/vectors.ts';

function read(name: keyof typeof vectors): Jt808Message {
  const message = decode(vector(name));
  if (isRefusal(message)) throw new Error(`${name}: ${message.refused} ${message.detail}`);
  return message;
}
const values = (message: Jt808Message) =>
  Object.assign({}, ...(message.body.location?.additional.items.map((item) => item.values) ?? []));

describe('location report', () => {
  it('reads a 2013 frame', () => {
    const message = read('location2013');
    expect(message).toMatchObject({
      messageId: '0x0200',
      header: {
        version: '2013',
        protocolVersion: null,
        terminal: '013912345678',
        serial: 1,
        bodyLength: 48,
        part: null,
      },
      flags: [],
    });
    expect(message.body.location).toMatchObject({
      alarms: ['emergency'],
      status: { acc: true, fixed: true, south: false, west: false, shifted: false },
      latRaw: 32060255,
      lonRaw: 118796877,
      lat: 32.060255,
      lon: 118.796877,
      altitudeM: 25,
      speedKmh: 60.5,
      directionDeg: 90,
      time: '2026-06-15T08:30:00+08:00',
    });
    expect(values(message)).toEqual({ mileageKm: 123.4, fuelL: 10, radioSignal: 31, satellites: 12 });
    expect(message.body.location?.additional.items.at(-1)).toEqual({
      id: '0xe1',
      name: 'vendor',
      values: null,
      raw: 'abcd',
    });
  });

  it('reads a 2019 frame with escapes, hemispheres and the secrecy bit', () => {
    const { header, body } = read('location2019');
    expect(header).toMatchObject({
      version: '2019',
      protocolVersion: 1,
      terminal: '00000000013912345678',
      serial: 65535,
    });
    expect(body.location).toMatchObject({
      lat: -33.85678,
      lon: -70.64827,
      altitudeM: 0x7e7d,
      directionDeg: 360,
      status: { south: true, west: true, shifted: true, fixed: true, acc: false },
      time: '2026-02-28T23:59:59+08:00',
    });
  });

  it('reads every additional item of the standard', () => {
    const message = read('allItems');
    expect(message.body.location?.status).toMatchObject({ load: 'full', set: ['fuelLineCut', 'moving'] });
    expect(message.body.location?.additional.items.map((item) => item.id)).toEqual(
      '03 04 05 06 11 12 13 14 15 16 17 18 25 2a 2b 66 01'.split(' ').map((id) => `0x${id}`),
    );
    expect(values(message)).toMatchObject({
      recorderSpeedKmh: 60.2,
      eventId: 7,
      compartmentCel: -5,
      direction: 'out',
      segmentId: 11,
      drivenS: 120,
      result: 'long',
      videoAlarms: ['signalLost', 'abnormalDriving'],
      lostChannels: [1, 2],
      coveredChannels: [32],
      faultyStores: [1],
      behaviours: ['fatigue', 'phone'],
      fatigueDegree: 70,
      signals: ['lowBeam', 'brake'],
      deepSleep: false,
      sleep: true,
      analogue1: 1,
      analogue0: 2,
    });
    // The mileage item has a vendor's length of 3: the bytes are kept, nothing is guessed.
    expect(message.body.location?.additional.items.at(-1)).toMatchObject({
      name: 'mileage',
      values: null,
      raw: '010203',
    });
  });

  it('leaves items of other lengths under the ids of the active safety profile alone', () => {
    expect(readAdditional(bytesOf('6708' + '3132330000000000')).items[0]?.values).toBeNull();
    expect(readAdditional(bytesOf(`642e${'00'.repeat(46)}`)).items[0]?.values).toBeNull();
  });

  it('keeps the whole items before a torn one', () => {
    const message = read('tornItems');
    expect(message.flags).toEqual(['partial']);
    expect(message.body.location?.additional).toMatchObject({ items: [{ id: '0x30' }], torn: 'e109' });
  });

  it('accepts an unescaped flag where the checksum holds, and says so', () => {
    expect(read('bareFlag')).toMatchObject({ flags: ['checksum_variant'], body: { location: { altitudeM: 126 } } });
  });

  it('reads a batch, and refuses the item that cannot be read', () => {
    const { body, flags } = read('batch');
    expect(flags).toEqual(['backfill', 'partial']);
    expect(body).toMatchObject({ count: 3, type: 'backfill' });
    expect(body.locations).toMatchObject([
      { lat: 32.060255, time: '2026-06-15T08:29:00+08:00' },
      { lat: 32.060355, lon: 118.796777, speedKmh: 10, directionDeg: 270 },
      { refused: 'length' },
    ]);
  });
});

describe('registration and authentication', () => {
  const plate = { provinceId: 32, cityId: 100, plateColour: 2, plate: '苏A12345' };
  it.each([
    ['register2011', { layout: '2011', makerId: 'MAKER', terminalModel: 'MODEL-11', terminalId: '0000001' }],
    ['register2013', { layout: '2013', makerId: 'MAKER', terminalModel: 'MODEL-13', terminalId: '0000001' }],
    ['register2019', { layout: '2019', makerId: 'MAKER-NO-19', terminalModel: 'MODEL-19', terminalId: 'TERM-19' }],
  ] as const)('reads %s', (name, expected) => {
    expect(read(name).body).toEqual({ ...plate, ...expected });
  });

  it('reads the code of 2013 and the fields of 2019', () => {
    expect(read('authenticate2013').body).toEqual({ authCode: '1234' });
    expect(read('authenticate2019').body).toEqual({
      authCode: '1234',
      imei: '861234567890123',
      softwareVersion: 'V1.0',
    });
  });
});

describe('other messages', () => {
  it('reads a photograph with its place', () => {
    expect(read('media').body).toMatchObject({
      mediaId: 257,
      mediaType: 'image',
      mediaFormat: 'JPEG',
      event: 1,
      channel: 2,
      location: { lat: 32.060255 },
      contentBytes: 4,
      content: bytesOf('ffd8ffd9'),
    });
  });

  it('keeps the body of an unknown message and of a part', () => {
    expect(read('unknown')).toMatchObject({ messageId: '0x0f11', name: 'unknown', body: { bytes: bytesOf('aabbcc') } });
    expect(read('part1')).toMatchObject({
      header: { part: { total: 2, index: 1 } },
      body: { bytes: bytesOf('f00102') },
    });
  });

  it('never shows the passwords among the parameters', () => {
    // 0x0104: serial 1, one parameter 0x0012 (dial-up password) of 3 bytes.
    const message = decode(bytesOf('7e 0104 000b 013912345678 0001 0001 01 00000012 03 616263 4e 7e'));
    expect(JSON.stringify(message)).toContain('secret');
    expect(JSON.stringify(message)).not.toMatch(/616263|abc/);
  });
});

describe('refusals', () => {
  const heartbeat = vectors.heartbeat;
  it.each([
    ['a wrong checksum', heartbeat.replace('3a 7e', '3b 7e'), 'checksum'],
    ['a body shorter than the header says', '7e 0002 0001 013912345678 0008 3b 7e', 'length'],
    ['a body longer than the header says', '7e 0002 0000 013912345678 0008 ff c5 7e', 'length'],
    ['encryption', vectors.encrypted, 'unsupported'],
    ['a location of 4 bytes', vectors.tooShortLocation, 'length'],
    ['less than a header', '7e 0002 0000 0139 3b 7e', 'truncated'],
    ['a 2019 header that is cut off', '7e 0002 4000 013912345678 0008 7a 7e', 'truncated'],
    ['no closing flag', heartbeat.slice(0, -3), 'truncated'],
    ['part 3 of 2', '7e 0900 2001 013912345678 000c 0002 0003 f0 e5 7e', 'value'],
    ['a wrong escape', heartbeat.replace('0008 3a', '7d08 3a'), 'framing'],
    ['nothing', '', 'empty'],
  ])('%s', (_, hex, reason) => {
    expect(decode(bytesOf(hex))).toMatchObject({ refused: reason });
  });
});
