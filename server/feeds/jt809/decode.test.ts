import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { upperFrame } from './answer.ts';
import { cipher } from './cipher.ts';
import { decode } from './decode.ts';
import { enclose } from './frame.ts';
import { platformCode } from './layout.ts';
import type { Jt809Message } from './message.ts';
import { subMessages } from './messages.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';

const read = (name: keyof typeof vectors): Jt809Message => {
  const message = decode(vector(name));
  if (isRefusal(message)) throw new Error(`${name}: ${message.detail}`);
  return message;
};
const h2011 = '00000001 1400 01e86f11 010000 00 00000000';
const h2019 = '00000001 1400 01e86f11 010002 00 00000000 000000006a2f9cf0';
const car = `cbd5413132333435${'00'.repeat(13)} 02`;
/** A frame around a header without its length, and a body. */
function framed(header: string, body: string): Uint8Array {
  const content = bytesOf(`00000000 ${header} ${body}`);
  new DataView(content.buffer).setUint32(0, content.length + 4);
  return enclose(content);
}
const sub = (id: string, data: string) => `${id} ${bytesOf(data).length.toString(16).padStart(8, '0')} ${data}`;

describe('the header', () => {
  it('is read in both editions', () => {
    expect(read('login2011').header).toEqual({
      version: '2011',
      length: 72,
      serial: 1,
      messageId: 0x1001,
      centerId: 32010001,
      protocolVersion: '1.0.0',
      encrypted: false,
      key: 0,
      sentAt: null,
    });
    expect(read('login2019').header).toMatchObject({
      version: '2019',
      length: 84,
      protocolVersion: '1.0.2',
      sentAt: Date.parse('2026-06-15T14:34:24+08:00'),
    });
  });

  it('is told apart by the body where its bytes could be either', () => {
    const versions = (Object.keys(vectors) as (keyof typeof vectors)[]).map(
      (name) => [name, read_(name)?.header.version] as const,
    );
    const of2019 = versions.filter(([, version]) => version === '2019').map(([name]) => name);
    expect(of2019).toEqual([
      'login2019',
      'keepalive2019',
      'position2019',
      'history2019',
      'old2019',
      'alarm2019',
      'ended2019',
      'handled2019',
      'platformAlarm',
      'twoTimes',
    ]);
  });

  it('of 2019 may have no time in it', () => {
    const message = decode(framed(h2019.replace('000000006a2f9cf0', '0000000000000000').replace('1400', '1005'), ''));
    expect(message).toMatchObject({ header: { version: '2019', sentAt: null }, body: {} });
  });

  function read_(name: keyof typeof vectors): Jt809Message | null {
    const message = decode(vector(name));
    return isRefusal(message) ? null : message;
  }
});

describe('messages of the link', () => {
  it('are read without their password', () => {
    expect(read('login2011')).toMatchObject({
      name: 'main link login',
      body: { userId: 32010007, downLinkIp: '10.20.30.40', downLinkPort: 9977 },
    });
    expect(read('login2019').body).toEqual({
      userId: 32010007,
      centerId: 32010001,
      downLinkIp: '10.20.30.40',
      downLinkPort: 9977,
    });
    expect(read('loginSmallUser').body).toMatchObject({ userId: 500, downLinkPort: 9977 });
    for (const name of ['login2011', 'login2019', 'logout'] as const) {
      expect(read(name).password?.reveal()).toBe('Nj+809!x');
      expect(JSON.stringify(read(name))).not.toMatch(/password|Nj.809/);
    }
    expect(read('keepalive2019').body).toEqual({});
  });

  it('of the statistics may stand under their own id, with it once more in front or not', () => {
    const report = '3330303030313233343500 000000006a2f4898 000000006a2f4910 00000007 0a 0000001e'.replaceAll(' ', '');
    const sent = (body: string) => {
      const { header } = read('keepalive2019');
      const frame = upperFrame(header, 0x1102, bytesOf(body), { serial: 1, accepted: true, now: header.sentAt ?? 0 });
      return decode(frame);
    };
    for (const body of [`110200000024${report}`, report])
      expect(sent(body)).toMatchObject({
        messageId: '0x1102',
        subId: '0x1102',
        body: {
          platform: '3000012345',
          startAt: '2026-06-15T08:34:32+08:00',
          lostPositions: 7,
          breaks: 10,
          brokenS: 30,
        },
        flags: [],
      });
    expect(sent('110200000024')).toMatchObject({ refused: 'length' });
  });

  it('are refused where they end too early, and kept where they end too late', () => {
    expect(decode(framed(h2011.replace('1400', '1003'), '01e86f11'))).toMatchObject({ refused: 'length' });
    expect(decode(framed(h2011.replace('1400', '1007'), '01ff'))).toMatchObject({
      body: { errorCode: 1, trailing: bytesOf('ff') },
      flags: ['partial'],
    });
  });
});

describe('positions', () => {
  it('of 2011 are whole kilometres, and say themselves whether they are shifted', () => {
    const { vehicle, positions } = read('position2011');
    expect(vehicle).toEqual({ plate: '苏A12345', colour: 2, colourName: 'yellow' });
    expect(positions).toMatchObject([
      {
        form: '2011',
        encrypt: 0,
        location: {
          lat: 32.060255,
          lon: 118.796877,
          speedKmh: 60,
          directionDeg: 90,
          altitudeM: 25,
          time: '2026-06-15T08:30:00+08:00',
          alarms: ['emergency'],
          status: { acc: true, fixed: true, shifted: false },
        },
      },
    ]);
    expect(read('shifted2011').positions).toMatchObject([{ encrypt: 1, location: { status: { shifted: true } } }]);
  });

  it('of 2019 are those of JT/T 808, with three platforms behind', () => {
    expect(read('position2019').positions).toMatchObject([
      {
        form: '2019',
        location: { speedKmh: 60.5, additional: { items: [{ values: { mileageKm: 123.4 } }] } },
        platforms: [
          { platform: '11111111111', alarms: ['overspeed'] },
          { platform: '', alarms: [] },
          { platform: '', alarms: [] },
        ],
      },
    ]);
    expect(read('old2019')).toMatchObject({ positions: [{ form: '2011' }], flags: ['version_old'] });
  });

  it('that were sent later are as many as there are', () => {
    const times = (name: keyof typeof vectors) =>
      read(name).positions.map((position) =>
        isRefusal(position) ? position.refused : position.location.time?.slice(11, 19),
      );
    expect(times('history2011')).toEqual(['08:30:00', '08:30:30']);
    expect(times('history2019')).toEqual(['08:30:00', '08:30:30']);
    const position = '00 0f06 07ea 081e00 0714b24d 01e9335f 003c 003b 0000007b 005a 0019 00000003 00000001';
    const missing = decode(
      framed(h2011.replace('1400', '1200'), `${car} ${sub('1203', `03 ${position} ${position}`)}`),
    );
    expect(missing).toMatchObject({ flags: ['backfill'], positions: [{}, {}, { refused: 'length' }] });
    const none = decode(framed(h2011.replace('1400', '1200'), `${car} ${sub('1203', '00')}`));
    expect(none).toMatchObject({ positions: [], body: { count: 0 } });
  });

  it('are refused where the block is too short', () => {
    const torn = framed(h2011.replace('1400', '1200'), `${car} ${sub('1202', '00 0f06 07ea 081e00 0714b24d')}`);
    expect(decode(torn)).toMatchObject({ refused: 'length', detail: expect.stringContaining('36 bytes') });
    const lies = framed(h2019.replace('1400', '1200'), `${car} ${sub('1202', `00 000000ff ${'00'.repeat(60)}`)}`);
    expect(decode(lies)).toMatchObject({ refused: 'length' });
  });

  it('are read under a wrong length of the sub-message, which is said', () => {
    expect(read('wrongSubLength')).toMatchObject({ flags: ['length_bad'], positions: [{ form: '2011' }] });
  });

  it('come with a picture', () => {
    expect(read('picture2011')).toMatchObject({
      body: { flag: 1, lens: 1, picture: bytesOf('ffd8ffd9') },
      positions: [{ location: { speedKmh: 60 } }],
    });
    /** 2019: the request first, a place of 2011 that was not filled in, no picture. */
    const refusedPicture = sub('1502', `9502 00000001 09 ${'00'.repeat(36)} 02 00000000 00 00`);
    expect(decode(framed(h2019.replace('1400', '1500'), `${car} ${refusedPicture}`))).toMatchObject({
      body: { sourceId: '0x9502', sourceSerial: 1, flag: 9, lens: 2 },
      positions: [],
      flags: [],
    });
  });
});

describe('other sub-messages', () => {
  it('are read field by field', () => {
    expect(read('register2011').body).toEqual({
      platform: '32010000001',
      producer: 'MAKER',
      terminalModel: 'MODEL',
      terminalId: '0000001',
      simCode: '013912345678',
    });
    expect(read('vehicle2011').body).toEqual({ register: 'VIN:=苏A12345;VEHICLE_COLOR:=2' });
    expect(read('rollCall2011').body).toEqual({ objectType: 2, objectId: '320000000001', infoId: 25, content: '查岗' });
    expect(read('alarm2011').body).toEqual({
      source: 1,
      type: 3,
      at: '2026-06-15T08:34:32+08:00',
      infoId: 4711,
      content: 'ABCD',
    });
    expect(read('alarm2019').body).toMatchObject({ type: 1, endAt: null, vehicleNo: '苏A12345', content: '超速' });
    expect(read('twoTimes').body).toMatchObject({ type: 10, at: '2026-06-15T08:28:30.400+08:00' });
    expect(read('handled2011').body).toEqual({ infoId: 4711, result: 1 });
    expect(read('handled2019').body).toEqual({ sourceId: '0x1402', sourceSerial: 11, result: 1 });
  });

  it('never show a code that lets somebody in', () => {
    expect(read('authorisation').body).toEqual({ platform: '0102030405060708091011' });
    expect(Object.keys(read('emergency').body)).toEqual([
      'accessPoint',
      'user',
      'serverIp',
      'tcpPort',
      'udpPort',
      'endAt',
    ]);
  });

  it('take the form that their length fits, whatever edition the header is of', () => {
    const answer = framed(h2011.replace('1400', '1500'), `${car} ${sub('1501', '9501 00000007 00')}`);
    expect(decode(answer)).toMatchObject({ body: { sourceId: '0x9501', sourceSerial: 7, result: 0 }, flags: [] });
    const supervised = framed(h2019, sub('1401', '0d6f196e 1402 00000004 01'));
    expect(decode(supervised)).toMatchObject({ body: { supervisionId: 225384814, sourceSerial: 4, result: 1 } });
    const started = framed(h2019.replace('1400', '1200'), `${car} 1205 9205 00000009 00000000`);
    expect(decode(started)).toMatchObject({ body: { sourceId: '0x9205', sourceSerial: 9 }, flags: [] });
  });

  it('are kept as they are where nobody knows them', () => {
    expect(read('unknownSub')).toMatchObject({
      subId: '0x12f0',
      subName: 'unknown',
      body: { bytes: bytesOf('aabbcc') },
    });
    expect(read('unknown')).toMatchObject({ messageId: '0x3001', name: 'unknown', body: { bytes: bytesOf('aabbcc') } });
  });

  it('are refused where they are torn, or missing', () => {
    expect(decode(vector('tornAlarm'))).toMatchObject({
      refused: 'length',
      detail: expect.stringMatching(/^0x1402 alarm: /),
    });
    expect(decode(framed(h2011, 'ffff'))).toMatchObject({ refused: 'length' });
    expect(decode(framed(h2011, `${car} 2202 00000000`))).toMatchObject({ refused: 'value' });
    const overlong = framed(h2011, `${car} ${sub('1402', '01 0003 000000006a2f4898 00001267 7fffffff 41')}`);
    expect(decode(overlong)).toMatchObject({ refused: 'length' });
  });

  it('all have a body that can be read', () => {
    for (const [id, { layouts }] of Object.entries(subMessages)) {
      expect(id).toMatch(/^0x[19][1-9ab][0-9a-f]{2}$/);
      expect(layouts['2011'].length).toBeGreaterThan(0);
    }
  });
});

describe('the vehicle', () => {
  const position = sub('1202', `00 0f06 07ea 081e00 0714b24d 01e9335f ${'00'.repeat(20)}`);
  const of = (vehicle: string) => decode(framed(h2011.replace('1400', '1200'), `${vehicle} ${position}`));

  it('may have a plate in UTF-8', () => {
    expect(of(`e88b8f413132333435${'00'.repeat(12)} 02`)).toMatchObject({ vehicle: { plate: '苏A12345' } });
    /** 鲁 and 豫 in GBK are two letters of UTF-8. */
    expect(of(`c2b3413132333435${'00'.repeat(13)} 02`)).toMatchObject({ vehicle: { plate: '鲁A12345' } });
    expect(of(`d4a5413132333435${'00'.repeat(13)} 02`)).toMatchObject({ vehicle: { plate: '豫A12345' } });
  });

  it('may have its terminal in front of its colour', () => {
    expect(of(`cbd5413132333435${'00'.repeat(13)} a94e0038c00000 01`)).toMatchObject({
      vehicle: { plate: '苏A12345', terminalId: 'a94e0038c00000', colour: 1 },
      positions: [{ form: '2011' }],
    });
  });

  it('may have a colour that nobody knows', () => {
    expect(of(`${car.slice(0, -2)} 63`)).toMatchObject({ vehicle: { colour: 99, colourName: 'unknown 99' } });
    expect(of(`${car.slice(0, -2)} 5e`)).toMatchObject({ vehicle: { colour: 94, colourName: 'gradient green' } });
  });
});

describe('codes of platforms', () => {
  it.each([
    ['3332303130303030303031', '32010000001'],
    ['4a43000000000000000000', 'JC'],
    ['00000000000000423a35c7', '1111111111'],
    ['0102030405060708091011', '0102030405060708091011'],
    ['0101010101010101010101', ''],
    ['0000000000000000000000', ''],
    ['3000000000000000000000', ''],
  ])('%s is "%s"', (hex, code) => expect(platformCode(bytesOf(hex))).toBe(code));
});

describe('the cipher', () => {
  /** Worked out apart from the code under test. */
  it('is the standard’s generator', () => {
    const keys = { ia1: 18_374_651, ic1: 40_507_091, m1: 61_728_394 };
    expect(hexOf(cipher(bytesOf('01020304050607'), 0x0a1b2c3d, keys))).toBe('d2c560d237ee32');
    expect(hexOf(cipher(bytesOf('d2c560d237ee32'), 0x0a1b2c3d, keys))).toBe('01020304050607');
    expect(cipher(bytesOf('00'), 0, keys)).toEqual(cipher(bytesOf('00'), 1, keys));
    expect(() => cipher(bytesOf('00'), 1, { ...keys, m1: 0 })).not.toThrow();
  });

  it('leaves a body closed until the session opens it', () => {
    const message = read('sealedPosition');
    expect(message).toMatchObject({ subId: null, vehicle: null, positions: [], header: { encrypted: true } });
    expect(message.sealed?.length).toBe(64);
  });
});
