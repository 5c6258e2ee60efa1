import { describe, expect, it } from 'vitest';
import { batchBody, ids, type Location, locationBody, registerBody } from './body.ts';
import { bcd, cutFrames, decodePlatformFrame, encodeFrame, maxBodyBytes } from './frame.ts';
import { gbk } from './gbk.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
/** Pieces as the standard lists them, one field a piece, so that a reader can check them by hand. */
const pieces = (...fields: string[]) => fields.join('').replace(/\s/g, '');

const location: Location = {
  at: [118.779, 32.0425],
  gcj02: true,
  fixed: true,
  accOn: true,
  emergency: true,
  altitudeM: 12,
  speedMps: 36.5 / 3.6,
  headingDeg: 126,
  observedAtMs: Date.parse('2026-11-24T11:46:05Z'),
  mileageM: 1_260_500,
  fuelL: 38.1,
  satellites: 11,
};

/** JT/T 808 §8.18, worked out by hand. */
const locationByHand = pieces(
  '00000001', // alarm: bit 0, SOS
  '00000023', // status: ACC on 1, fixed 2, through the secrecy plug-in 20 hex
  '01e8ee04', // 32.0425° × 10⁶ = 32042500
  '07146c78', // 118.779° × 10⁶ = 118779000
  '000c', // 12 m
  '016d', // 36.5 km/h = 365
  '007e', // 126°
  '261124194605', // 11:46:05 UTC is 19:46:05 in Beijing
  '01 04 0000313d', // mileage 1260.5 km = 12605 tenths
  '02 02 017d', // fuel 38.1 L = 381 tenths
  '30 01 1c', // radio 28
  '31 01 0b', // 11 satellites
);

describe('JT/T 808 as worked out by hand', () => {
  it('writes a 2013 registration', () => {
    const body = registerBody({ edition: 2013, terminal: '014400000001', plate: '苏A0001试' });
    const frame = encodeFrame({ id: ids.register, edition: 2013, terminal: '014400000001', serial: 0, body });
    expect(hex(frame)).toBe(
      pieces(
        '7e',
        '0100', // register
        '002e', // 4 + 5 + 20 + 7 + 1 + 9 = 46 bytes, no encryption, not split
        '014400000001', // terminal number, BCD
        '0000', // serial
        '0020', // province 32
        '0064', // city 0100 = 100
        '53494d4354', // manufacturer SIMCT
        '434954592d53494d 000000000000000000000000', // model CITY-SIM in 20 bytes
        '30303030303031', // terminal id 0000001
        '02', // yellow plate
        'cbd5 41 30303031 cad4', // 苏A0001试 in GBK
        '61', // exclusive or of all before
        '7e',
      ),
    );
  });

  it('writes a 2019 location, with escapes', () => {
    expect(hex(locationBody(location))).toBe(locationByHand);
    const frame = encodeFrame({
      id: ids.location,
      edition: 2019,
      terminal: '014400000001',
      serial: 7,
      body: locationBody(location),
    });
    const escaped = locationByHand.replace('007e261124', '007d02261124').replace('02017d3001', '02017d013001');
    expect(hex(frame)).toBe(
      pieces(
        '7e',
        '0200',
        '402c', // bit 14: the 2019 header; 44 bytes
        '01', // protocol version
        '00000000014400000001', // ten bytes of BCD
        '0007',
        escaped,
        '3e',
        '7e',
      ),
    );
  });

  it('writes a blind-area batch', () => {
    const body = locationBody(location);
    expect(hex(batchBody([body, body], true))).toBe(`0002${'01'}${`002c${locationByHand}`.repeat(2)}`);
  });

  it('keeps hemispheres in the status and magnitudes in the fields', () => {
    const body = locationBody({ ...location, at: [-70.5, -33.25], gcj02: false, emergency: false });
    expect(hex(body.subarray(0, 16))).toBe(pieces('00000000', '0000000f', '01fb5ad0', '0433bea0'));
  });

  it('holds terminal numbers and bodies to their fields', () => {
    expect(hex(bcd('13912344321', 6))).toBe('013912344321');
    expect(() => bcd('1391234432199', 6)).toThrow();
    expect(() =>
      encodeFrame({ id: 0x0200, edition: 2013, terminal: '1', serial: 0, body: Buffer.alloc(maxBodyBytes + 1) }),
    ).toThrow();
  });

  it('writes GBK as the platform reads it', () => {
    const text = '苏A·D0123试 南京 浦口';
    expect(new TextDecoder('gbk').decode(gbk(text))).toBe(text);
    expect(gbk('🚒').toString()).toBe('?');
  });
});

describe('what the platform says', () => {
  /** 0x8100 for serial 0, result 0, code "A1~}" which needs both escapes; checksum by hand: 0x81^0x00^… */
  const content = Buffer.from('810000070144000000010005000000' + '41317e7d', 'hex');
  const sum = content.reduce((all, byte) => all ^ byte, 0);
  const frame = Buffer.from(
    `7e${hex(content).replace('7e7d', '7d027d01')}${sum.toString(16).padStart(2, '0')}7e`,
    'hex',
  );

  it('is read out of any cut of the stream', () => {
    const stream = Buffer.concat([Buffer.from('00ff', 'hex'), frame, frame]);
    for (let cut = 0; cut <= stream.length; cut++) {
      const first = cutFrames(stream.subarray(0, cut));
      const second = cutFrames(Buffer.concat([first.rest, stream.subarray(cut)]));
      const read = [...first.frames, ...second.frames].map(decodePlatformFrame);
      expect(read).toHaveLength(2);
      for (const message of read)
        expect(message && { ...message, body: hex(message.body) }).toEqual({
          id: 0x8100,
          serial: 5,
          body: '00000041317e7d',
        });
    }
  });

  it('is not read where its checksum or length is wrong', () => {
    const inner = frame.subarray(1, -1);
    expect(decodePlatformFrame(Buffer.concat([inner.subarray(0, -1), Buffer.from([inner.at(-1)! ^ 1])]))).toBeNull();
    expect(decodePlatformFrame(inner.subarray(0, 9))).toBeNull();
  });
});
