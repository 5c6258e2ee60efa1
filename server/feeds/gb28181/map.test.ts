import { describe, expect, it } from 'vitest';
import { station } from '@/server/domain/station.ts';
import {
  type AlertRecord,
  type CrsName,
  type FeedRecord,
  type PositionRecord,
  type ReadingRecord,
  record,
} from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { stationsOfCatalog } from './catalog.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import type { Gb28181Message } from './message.ts';
import { gb28181Options } from './options.ts';
import { bytesOf, camera, documents, message, recorder } from './testing/vectors.ts';

const receivedAt = Date.parse('2026-06-15T00:31:30Z');
const options = gb28181Options.parse({});

function read(bytes: Uint8Array): Gb28181Message {
  const found = decode(bytes);
  if (isRefusal(found)) throw new Error(found.detail);
  return found;
}
function records(
  bytes: Uint8Array,
  { crs = 'wgs84', at = receivedAt }: { crs?: CrsName; at?: number | null } = {},
): FeedRecord[] {
  return map(read(bytes), { receivedAt: at, crs, options }).map((one) => {
    if (isRefusal(one)) throw new Error(one.detail);
    expect(record.safeParse(one).error).toBeUndefined();
    return one;
  });
}
const changed = (name: keyof typeof documents, from: string | RegExp, to: string) =>
  bytesOf(documents[name].replace(from, to));
const readings = (found: FeedRecord[]) =>
  found.map((one) => [one.subject.key, (one as ReadingRecord).property, (one as ReadingRecord).value]);

describe('keepalive', () => {
  it('says that the device is there, and which below it does not work', () => {
    const found = records(message('keepalive'));
    expect(readings(found)).toEqual([
      [recorder, 'online', 1],
      [camera, 'fault', 1],
    ]);
    expect(found[0]).toMatchObject({
      kind: 'reading',
      subject: { scheme: 'gb28181' },
      observedAt: receivedAt,
      sourceAt: null,
      receivedAt,
      geometry: null,
      quality: { state: 'good', flags: [] },
      dedupeKey: `gb28181:${recorder}|online|instant|c1/20`,
      unit: '1',
      rawValue: 'OK',
    });
    expect(records(changed('keepalive', 'OK', 'ERROR'))[0]).toMatchObject({ value: 0, rawValue: 'ERROR' });
    expect(records(changed('keepalive', 'OK', 'MAYBE'))[0]).toMatchObject({
      value: null,
      quality: { state: 'suspect', flags: ['enum_unknown'] },
    });
    expect(records(changed('keepalive', '<Status>OK</Status>', ''))[0]).toMatchObject({ value: 1, rawValue: null });
  });

  it('is one fact when the datagram comes twice, and another the next time', () => {
    const key = (sequence: number) => records(message('keepalive', { sequence }))[0]?.dedupeKey;
    expect(key(20)).toBe(key(20));
    expect(key(20)).not.toBe(key(21));
  });
});

describe('mobile position', () => {
  const first = (bytes: Uint8Array, crs?: CrsName) => records(bytes, crs ? { crs } : {})[0] as PositionRecord;

  it('is a position in Beijing time, metres a second and an assumed datum', () => {
    expect(first(message('position'))).toMatchObject({
      kind: 'position',
      subject: { scheme: 'gb28181', key: camera },
      observedAt: Date.parse('2026-06-15T08:30:00+08:00'),
      sourceAt: Date.parse('2026-06-15T00:30:00Z'),
      geometry: { type: 'Point', coordinates: [118.796877, 32.060255] },
      crsReceived: 'wgs84',
      geometrySource: 'message',
      quality: { state: 'good', flags: ['crs_assumed'] },
      speedMps: 10,
      headingDeg: 90.5,
      altitudeM: 12.5,
      accuracyM: null,
      fixed: null,
      extras: { command: 'MobilePosition', sender: recorder },
    });
  });

  it('takes the datum of the feed', () => {
    const shifted = first(message('position'), 'gcj02');
    expect(shifted.crsReceived).toBe('gcj02');
    const [lon = 0, lat = 0] = shifted.geometry?.type === 'Point' ? shifted.geometry.coordinates : [];
    expect([lon.toFixed(3), lat.toFixed(3)]).toEqual(['118.792', '32.062']);
  });

  it.each([
    ['2026-06-15 08:30:00', '2026-06-15T00:30:00.000Z', []],
    ['2026-06-15T08:30:00.250', '2026-06-15T00:30:00.250Z', []],
    ['20260615083000', '2026-06-15T00:30:00.000Z', []],
    ['2026-6-15T8:30:0', '2026-06-15T00:30:00.000Z', []],
    ['2026-06-15T00:30:00Z', '2026-06-15T00:30:00.000Z', []],
    ['2026-06-15T09:30:00', '2026-06-15T01:30:00.000Z', ['clock_ahead']],
    ['1970-01-01T08:00:00', null, ['clock_invalid']],
    ['2026-02-30T08:00:00', null, ['clock_invalid']],
    ['yesterday', null, ['clock_invalid']],
    ['', null, ['clock_invalid']],
  ])('reads the time %s', (time, at, flags) => {
    const found = first(changed('position', '2026-06-15T08:30:00', time));
    expect(found.observedAt === null ? null : new Date(found.observedAt).toISOString()).toBe(at);
    expect(found.quality.flags.filter((flag) => flag !== 'crs_assumed')).toEqual(flags);
  });

  it.each([
    ['118.796877', '0', ['crs_assumed'], 'good'],
    ['118.796877', '', ['no_fix'], 'missing'],
    ['118.796877', '1187.9', ['over_range'], 'bad'],
    ['118.796877', 'NaN', ['no_fix'], 'missing'],
    ['118.796877', '1e2', ['no_fix'], 'missing'],
    ['118.796877', '-118.5', ['crs_assumed'], 'good'],
  ])('reads longitude %s as %s', (from, to, flags, state) => {
    expect(first(changed('position', from, to)).quality).toEqual({ state, flags });
  });

  it('knows no place at zero, and drops what cannot be', () => {
    const nowhere = first(bytesOf(documents.position.replace('118.796877', '0.0').replace('32.060255', '0')));
    expect([nowhere.geometry, nowhere.quality]).toEqual([null, { state: 'missing', flags: ['zero_position'] }]);
    const wild = first(
      bytesOf(documents.position.replace('36.0', '-4').replace('90.5', '361').replace('12.5', '20000')),
    );
    expect(wild).toMatchObject({
      speedMps: null,
      headingDeg: null,
      altitudeM: null,
      quality: { state: 'suspect', flags: ['crs_assumed', 'over_range'] },
    });
    expect(first(changed('position', '90.5', '360')).headingDeg).toBe(0);
  });

  it('reads the list of the 2022 edition, and nothing in the answer to a subscription', () => {
    const item = (id: string, lon: number) =>
      `<Item><DeviceID>${id}</DeviceID><CaptureTime>2026-06-15T08:30:00</CaptureTime><Longitude>${lon}</Longitude><Latitude>32</Latitude><Height>30</Height><Zone>7</Zone></Item>`;
    const list = `<Notify><CmdType>MobilePosition</CmdType><SN>1</SN><DeviceID>${recorder}</DeviceID><SumNum>2</SumNum><DeviceList Num="2">${item(camera, 118.5)}${item('32010000001310000002', 118.6)}</DeviceList></Notify>`;
    const found = records(bytesOf(list)) as PositionRecord[];
    expect(found.map((one) => one.subject.key)).toEqual([camera, '32010000001310000002']);
    expect(found[0]?.extras).toEqual({ command: 'MobilePosition', heightM: 30, 'gb.Zone': '7' });
    expect(new Set(found.map((one) => one.dedupeKey)).size).toBe(2);
    expect(
      records(
        bytesOf(
          `<Response><CmdType>MobilePosition</CmdType><SN>1</SN><DeviceID>${camera}</DeviceID><Result>OK</Result></Response>`,
        ),
      ),
    ).toEqual([]);
    expect(records(bytesOf(documents.position.replaceAll('Notify', 'Response')))).toHaveLength(1);
  });
});

describe('alarm', () => {
  const first = (bytes: Uint8Array) => records(bytes)[0] as AlertRecord;

  it('is an alert in the words of the standard', () => {
    expect(first(message('alarm'))).toMatchObject({
      kind: 'alert',
      subject: { scheme: 'gb28181', key: camera },
      observedAt: Date.parse('2026-06-15T00:31:09Z'),
      event: '入侵检测报警',
      headline: '入侵检测报警：新街口',
      text: '二级警情，视频报警，进入区域，新街口',
      language: 'zh-CN',
      severity: 'Severe',
      colour: null,
      urgency: 'Immediate',
      certainty: 'Likely',
      geometry: { type: 'Point', coordinates: [118.78, 32.04] },
      quality: { state: 'good', flags: ['crs_assumed'] },
      privacy: 'none',
      msgType: 'Alert',
      status: 'Actual',
      dedupeKey: `gb28181:${camera}|alarm|5|6|1|${Date.parse('2026-06-15T00:31:09Z')}`,
      areas: [{ geocodes: [{ name: 'gb28181', value: camera }] }],
    });
  });

  it.each([
    ['1', '1', '电话报警', 'Extreme', 'Observed', 'personal'],
    ['2', '4', '设备报警', 'Minor', 'Likely', 'none'],
    ['6', '3', '设备故障报警', 'Moderate', 'Observed', 'none'],
    ['7', '0', '其他报警', 'Unknown', 'Likely', 'none'],
  ])('method %s, priority %s', (method, priority, event, severity, certainty, privacy) => {
    const text = documents.alarm
      .replace(/<Info>[\s\S]*<\/Info>/, '')
      .replace('Method>5', `Method>${method}`)
      .replace('Priority>2', `Priority>${priority}`);
    expect(first(bytesOf(text))).toMatchObject({ event, severity, certainty, privacy, quality: { state: 'good' } });
  });

  it('says so where a code is in no table, and finds the type in other places', () => {
    expect(first(changed('alarm', 'Type>6', 'Type>99'))).toMatchObject({
      event: '视频报警',
      quality: { state: 'suspect', flags: ['crs_assumed', 'enum_unknown'] },
    });
    expect(first(changed('alarm', 'Method>5', 'Method>12'))).toMatchObject({
      event: '报警',
      quality: { state: 'suspect' },
    });
    expect(first(changed('alarm', /<Info>[\s\S]*<\/Info>/, '<AlarmType>02</AlarmType>'))).toMatchObject({
      event: '运动目标检测报警',
    });
    expect(first(bytesOf(`<Notify><CmdType>Alarm</CmdType><DeviceID>1</DeviceID></Notify>`))).toMatchObject({
      event: '报警',
      headline: '报警：1',
      observedAt: null,
      quality: { flags: ['clock_invalid'] },
    });
  });

  it('is the same fact however often it is sent', () => {
    expect(first(message('alarm', { callId: 'a' })).dedupeKey).toBe(first(message('alarm', { callId: 'b' })).dedupeKey);
  });
});

describe('catalogue and state', () => {
  it('says which cameras are there, with their places', () => {
    const found = records(message('catalog')) as ReadingRecord[];
    expect(readings(found)).toEqual([
      [camera, 'online', 1],
      [recorder, 'online', 0],
    ]);
    expect(found[0]).toMatchObject({
      geometry: { coordinates: [118.7842, 32.0443] },
      quality: { state: 'good', flags: ['crs_assumed'] },
    });
    expect(found[1]).toMatchObject({
      geometry: null,
      geometrySource: 'none',
      quality: { state: 'good', flags: ['zero_position'] },
    });
    expect(readings(records(message('catalogChange')))).toEqual([
      [camera, 'online', 0],
      ['32010000001310000002', 'videoLost', 1],
    ]);
  });

  it('does not think the worse of a camera whose name was cut', () => {
    const cut = records(changed('catalog', '\xd0\xc2\xbd\xd6\xbf\xda<', '\xd0\xc2\xbd<')) as ReadingRecord[];
    expect(cut[0]?.quality).toEqual({ state: 'good', flags: ['partial', 'crs_assumed'] });
  });

  it('reads a device state', () => {
    const found = records(message('deviceStatus')) as ReadingRecord[];
    expect(readings(found)).toEqual([
      [recorder, 'online', 1],
      [recorder, 'encoding', 1],
      [recorder, 'recording', 0],
      [recorder, 'fault', 1],
      ['32010000001340000001', 'onDuty', 1],
      ['32010000001340000001', 'alarming', 1],
      ['32010000001340000002', 'onDuty', 0],
      ['32010000001340000002', 'alarming', 0],
    ]);
    expect(found[0]?.sourceAt).toBe(Date.parse('2026-06-15T00:29:58Z'));
    expect(found[0]?.observedAt).toBe(receivedAt);
  });

  it('makes no records of the rest', () => {
    for (const name of ['deviceInfo', 'mediaStatus'] as const) expect(records(message(name))).toEqual([]);
    for (const root of ['Query', 'Control'])
      expect(records(bytesOf(documents.alarm.replaceAll('Notify', root)))).toEqual([]);
  });

  it('says who has registered and who has left', () => {
    const said = (standing: Gb28181Message['standing']) =>
      map(
        { ...read(message('mediaStatus')), ...(standing ? { standing } : {}) },
        { receivedAt, crs: 'wgs84', options },
      );
    expect(said({ kind: 'registered', deviceId: camera, expiresS: 60, ask: [] })).toMatchObject([
      { property: 'online', value: 1 },
    ]);
    expect(said({ kind: 'unregistered', deviceId: camera })).toMatchObject([{ property: 'online', value: 0 }]);
    expect(said({ kind: 'known', ask: [] })).toEqual([]);
  });
});

describe('stationsOfCatalog', () => {
  const parts = [read(message('catalog')), read(message('catalogRest'))];
  const settings = { crs: 'wgs84', department: 'police' } as const;

  it('makes a register entry of every camera of all parts', () => {
    const stations = stationsOfCatalog(parts, settings);
    for (const one of stations) expect(station.safeParse(one).error).toBeUndefined();
    expect(stations).toEqual([
      {
        id: `gb28181/${camera}`,
        scheme: 'gb28181',
        key: camera,
        kind: 'camera',
        name: '新街口',
        department: 'police',
        lonLat: [118.7842, 32.0443],
        district: '320102',
        address: '鼓楼',
        verticalDatum: 'unknown',
        expectedIntervalS: null,
        measures: [{ property: 'online', unit: '1', thresholds: [], maximum: null }],
        demo: false,
        state: 'registered',
      },
      expect.objectContaining({ key: '32010000001310000002', name: 'B', lonLat: null, district: null }),
    ]);
  });

  it('retires what is taken away, and leaves out areas, groups and recorders', () => {
    const gone = read(changed('catalogChange', '<Event>OFF</Event>', '<Event>DEL</Event>'));
    expect(stationsOfCatalog([...parts, gone], settings).map((one) => one.state)).toEqual(['retired', 'registered']);
    const others = ['320102', '32010200002150000001', recorder, '32010200002000000001']
      .map((id) => `<Item><DeviceID>${id}</DeviceID><Status>ON</Status><Parental>0</Parental></Item>`)
      .join('');
    const list = read(
      bytesOf(
        `<Response><CmdType>Catalog</CmdType><DeviceID>1</DeviceID><DeviceList>${others}</DeviceList></Response>`,
      ),
    );
    expect(stationsOfCatalog([list, read(message('alarm'))], settings)).toEqual([]);
  });
});
