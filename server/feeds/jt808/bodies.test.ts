import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { readBody } from './decode.ts';
import type { Header, Version } from './header.ts';
import { bytesOf } from './testing/vectors.ts';

/** Bodies laid out by hand from the tables of the standards. */
function readMessage(messageId: number, hex: string, version: Version) {
  const body = bytesOf(hex);
  const header: Header = {
    messageId,
    version,
    protocolVersion: version === '2019' ? 1 : null,
    terminal: '013912345678',
    serial: 1,
    bodyLength: body.length,
    part: null,
  };
  const message = readBody(header, body);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
}
function read(messageId: number, hex: string, version: Version = '2013') {
  const message = readMessage(messageId, hex, version);
  expect(message.flags).toEqual([]);
  return message.body;
}
const place = '01e9335f 0714b24d';
const [lat, lon] = [32.060255, 118.796877];

describe('areas and routes', () => {
  const period = '260615083000 000000180000';
  it('reads circles with and without period and speed, and the night of 2019', () => {
    const circle = `00000007 0003 ${place} 000001f4 ${period} 003c 0a`;
    const values = { id: 7, attributes: 3, lat, lon, radiusM: 500, maximumKmh: 60, overspeedS: 10 };
    const times = { from: '2026-06-15T08:30:00+08:00', until: '000000180000' };
    expect(read(0x8600, `01 02 ${circle} 00000008 0000 ${place} 00000064`)).toEqual({
      action: 1,
      areas: [
        { ...values, ...times },
        { id: 8, attributes: 0, lat, lon, radiusM: 100 },
      ],
    });
    expect(read(0x8600, `01 01 ${circle} 0028 0003 414243`, '2019')).toEqual({
      action: 1,
      areas: [{ ...values, ...times, nightMaximumKmh: 40, name: 'ABC' }],
    });
  });

  it('reads rectangles, polygons and routes', () => {
    expect(read(0x8602, `00 01 00000001 0000 ${place} ${place}`)).toEqual({
      action: 0,
      areas: [{ id: 1, attributes: 0, north: lat, west: lon, south: lat, east: lon }],
    });
    expect(read(0x8604, `00000002 0002 0050 05 0002 ${place} ${place} 003c 0001 41`, '2019')).toEqual({
      areas: [
        {
          id: 2,
          attributes: 2,
          maximumKmh: 80,
          overspeedS: 5,
          points: [
            { lat, lon },
            { lat, lon },
          ],
          nightMaximumKmh: 60,
          name: 'A',
        },
      ],
    });
    const turn = `00000001 00000002 ${place} 14 03 0258 003c 0050 05`;
    const point = { pointId: 1, segmentId: 2, lat, lon, widthM: 20, attributes: 3, tooLongS: 600, tooShortS: 60 };
    expect(read(0x8606, `00000003 0000 0001 ${turn}`)).toEqual({
      areas: [{ id: 3, attributes: 0, points: [{ ...point, maximumKmh: 80, overspeedS: 5 }] }],
    });
  });

  it('reads fields that are there although the attributes deny them, and refuses what fits no layout', () => {
    const circle = `00000007 0002 ${place} 000001f4 260615083000 260615180000 003c 0a`;
    expect(read(0x8600, `01 01 ${circle}`)).toMatchObject({
      areas: [{ id: 7, attributes: 2, until: '2026-06-15T18:00:00+08:00', maximumKmh: 60 }],
    });
    expect(() => read(0x8600, `01 01 00000008 0000 ${place} 00000064 00`)).toThrow('goes on for 1 bytes');
    expect(() => read(0x8600, `01 01 00000008 0000 ${place} 000000`)).toThrow('ends inside a field');
  });

  it('reads the question and the answer', () => {
    expect(read(0x8608, '03 00000002 00000001 00000002', '2019')).toEqual({ shape: 'polygon', areaIds: [1, 2] });
    const circle = `00000008 0000 ${place} 00000064 0000`;
    const area = { id: 8, attributes: 0, lat, lon, radiusM: 100, name: '' };
    const answer = { shape: 'circle', shapeCode: 1, count: 1 };
    expect(read(0x0608, `01 00000001 ${circle}`, '2019')).toEqual({ ...answer, areas: [area] });
    expect(read(0x0608, `01 00000001 01 01 ${circle}`, '2019')).toEqual({
      ...answer,
      areas: [{ action: 1, areas: [area] }],
    });
    expect(read(0x0608, '05 00000002 00000001 00000007')).toMatchObject({ shape: 'unknown', areaIds: [1, 7] });
  });
});

describe('bodies of 2013 under the header of 2019', () => {
  it('are read where they fit nothing else, and say so', () => {
    const flagged = (messageId: number, hex: string) => readMessage(messageId, hex, '2019');
    expect(flagged(0x0102, '61626340313233')).toMatchObject({ body: { authCode: 'abc@123' }, flags: ['version_old'] });
    expect(flagged(0x8500, '01')).toMatchObject({ body: { flag: 1 }, flags: ['version_old'] });
    const circle = `00000008 0000 ${place} 00000064`;
    expect(flagged(0x8600, `01 01 ${circle}`)).toMatchObject({ flags: ['version_old'] });
    expect(flagged(0x0102, '04 31323334 383631323334353637383930313233 56312e30')).toMatchObject({
      body: { authCode: '1234', imei: '861234567890123', softwareVersion: 'V1.0' },
      flags: ['length_bad'],
    });
    expect(() => flagged(0x0102, '40 31323334 3836')).not.toThrow();
    expect(() => flagged(0x0102, '10 31323334 3836')).toThrow('ends inside a field');
  });
});

describe('the driver of 2019', () => {
  const text = (value: string, bytes: number) => Buffer.from(value.padEnd(bytes, '\0')).toString('hex');
  const card = `01 260615083000 00 02 cbd5 ${text('CERT', 20)} 02 cbd5 20270615 ${text('ID', 20)}`;
  const driver = { event: 'card in', name: '苏', certificate: 'CERT', validUntil: '2027-06-15', identity: 'ID' };
  it('is read with and without the face of active safety terminals', () => {
    expect(read(0x0702, card, '2019')).toMatchObject(driver);
    expect(read(0x0702, `${card} 63 ${text('FACE', 20)}`, '2019')).toMatchObject({
      ...driver,
      facePercent: 99,
      faceId: 'FACE',
    });
  });
});

describe('commands to terminals', () => {
  it('reads the phone book, vehicle control, the camera and the recorder', () => {
    expect(read(0x8401, '01 01 03 03 313131 02 cbd5')).toEqual({
      action: 1,
      contacts: [{ flag: 3, phone: '111', name: '苏' }],
    });
    expect(read(0x8500, '01')).toEqual({ flag: 1 });
    expect(read(0x8500, '0001 0001 01', '2019')).toEqual({ controls: [{ id: 1, value: 1 }] });
    expect(read(0x8801, '01 0003 000a 01 02 05 80 40 41 42')).toEqual({
      channel: 1,
      command: 3,
      intervalS: 10,
      keep: true,
      resolution: 2,
      quality: 5,
      brightness: 128,
      contrast: 64,
      saturation: 65,
      chroma: 66,
    });
    expect(read(0x8802, '00 01 02 260615083000 260615090000')).toMatchObject({
      channel: 1,
      event: 2,
      from: '2026-06-15T08:30:00+08:00',
      until: '2026-06-15T09:00:00+08:00',
    });
    expect(read(0x8700, '08 0102')).toEqual({ command: '0x08', bytes: bytesOf('0102') });
    expect(read(0x8108, '00 4142430000 02 5631 00000002 aabb')).toEqual({
      upgradeType: 0,
      makerId: 'ABC',
      softwareVersion: 'V1',
      content: bytesOf('aabb'),
    });
  });

  it('shows no password of a terminal control', () => {
    const text = (parameters: string) => Buffer.from(parameters).toString('hex');
    expect(read(0x8105, `02 ${text('0;code;apn;user;pass;10.0.0.1;7611;;')}`)).toEqual({
      command: 2,
      parameters: '0;***;apn;user;***;10.0.0.1;7611;;',
    });
    expect(read(0x8105, `01 ${text('url;apn;user;pass;host')}`)).toMatchObject({ parameters: 'url;apn;user;***;host' });
    expect(read(0x8105, '04')).toEqual({ command: 4, parameters: '' });
  });
});

describe('video and attachments', () => {
  it('reads resources and the command that uploads them, without its password', () => {
    const resource = '02 260615083000 260615090000 0000000000000001 00 01 01';
    const values = { channel: 2, alarmFlags: '0000000000000001', mediaType: 0, stream: 1, storage: 1 };
    expect(read(0x1205, `0005 00000001 ${resource} 00001000`)).toMatchObject({
      replySerial: 5,
      count: 1,
      resources: [{ ...values, from: '2026-06-15T08:30:00+08:00', bytes: 4096 }],
    });
    const upload = read(0x9206, `01 68 0015 02 6674 04 70617373 01 2f ${resource} 07`);
    expect(upload).toMatchObject({ server: 'h', port: 21, user: 'ft', path: '/', ...values, conditions: 7 });
    expect(JSON.stringify(upload)).not.toContain('pass');
  });

  it('reads live and recorded video, passengers and properties', () => {
    expect(read(0x9101, '08 31302e302e302e31 1a0a 0000 01 00 00')).toEqual({
      server: '10.0.0.1',
      tcpPort: 6666,
      udpPort: 0,
      channel: 1,
      dataType: 0,
      stream: 0,
    });
    expect(read(0x9202, '01 02 00 000000000000')).toEqual({ channel: 1, command: 2, speed: 0, position: null });
    expect(read(0x1005, '260615083000 260615090000 0003 0002')).toMatchObject({ boarded: 3, alighted: 2 });
    expect(read(0x1003, '13 02 01 00 0140 01 62 02 04')).toMatchObject({ audioFrameBytes: 320, videoCoding: 98 });
  });

  it('reads the attachments of an alarm, with the short and the long names', () => {
    const number = Buffer.from('a'.repeat(32)).toString('hex');
    const files = '00 01 05 612e6a7067 00000400';
    const sign = '54303030303031 260615083000 03 01 00';
    const list = { infoType: 0, alarmNumber: 'a'.repeat(32), files: [{ fileName: 'a.jpg', bytes: 1024 }] };
    expect(read(0x1210, `54303030303031 ${sign} ${number} ${files}`)).toMatchObject({ terminalId: 'T000001', ...list });
    const id = `54303030303031${'00'.repeat(23)}`;
    expect(read(0x1210, `${id} ${id} 260615083000 03 01 0000 ${number} ${files}`, '2019')).toMatchObject({
      terminalId: 'T000001',
      alarm: { terminalId: 'T000001', alarmSerial: 3 },
      ...list,
    });
    expect(read(0x9208, `01 68 1a0a 0000 ${sign} ${number} ${'00'.repeat(16)}`)).toMatchObject({
      server: 'h',
      alarm: { terminalId: 'T000001', attachments: 1 },
    });
    expect(read(0x9212, '05 612e6a7067 00 01 01 00000000 00000100')).toEqual({
      fileName: 'a.jpg',
      fileType: 0,
      result: 'parts missing',
      missing: [{ offset: 0, bytes: 256 }],
    });
  });
});
