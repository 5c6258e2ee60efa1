import { describe, expect, it } from 'vitest';
import { type PositionRecord, record as wireRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import { alignSecond } from './clock.ts';
import { mmsiKind } from './codes.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import type { AisMessage } from './message.ts';
import { type Bits, bytesOf, messages, sentence } from './testing/build.ts';

const receivedAt = Date.parse('2025-06-24T07:30:33.400Z');

function read(bits: Bits, tag = ''): AisMessage {
  const message = decode(bytesOf(sentence(bits, { tag })));
  if (isRefusal(message) || message.kind !== 'message') throw new Error('not read');
  return message;
}
function position(message: AisMessage, context: Partial<MapContext> = {}): PositionRecord {
  const [record, ...more] = map(message, { receivedAt, crs: 'wgs84', options: {}, ...context });
  expect(more).toEqual([]);
  expect(wireRecord.safeParse(record).error).toBeUndefined();
  if (record?.kind !== 'position') throw new Error('no position');
  return record;
}
const at = (text: string) => Date.parse(text);

describe('positions', () => {
  it('are made of class A reports', () => {
    expect(position(read(messages.classA))).toEqual({
      kind: 'position',
      subject: { scheme: 'ais', key: '413771018' },
      observedAt: at('2025-06-24T07:30:30Z'),
      sourceAt: at('2025-06-24T07:30:30Z'),
      relayedAt: null,
      receivedAt,
      geometry: { type: 'Point', coordinates: [118.7201, 32.0925] },
      crsReceived: 'wgs84',
      geometrySource: 'message',
      quality: { state: 'good', flags: [] },
      dedupeKey: 'ais:413771018|2025-06-24T07:30:30.000Z|118.72010,32.09250',
      revision: 0,
      privacy: 'none',
      altitudeM: null,
      speedMps: 5.299,
      headingDeg: 91,
      accuracyM: 10,
      fixed: true,
      extras: {
        messageType: 1,
        repeat: 0,
        mmsiKind: 'ship',
        channel: 'A',
        status: 0,
        statusName: 'under way using engine',
        rotDegPerMin: 19.686,
        courseDeg: 90.5,
        headingDeg: 91,
        speedKn: 10.3,
        raim: true,
        manoeuvreName: 'none',
      },
    });
  });

  it.each([
    ['base', '004132100', 'coast'],
    ['aircraft', '111413001', 'sar aircraft'],
    ['response', '413771018', 'ship'],
    ['classB', '413771018', 'ship'],
    ['classBExtended', '413771018', 'ship'],
    ['aid', '994131001', 'aid'],
    ['longRange', '413771018', 'ship'],
  ] as const)('are made of %s', (name, key, kind) => {
    const record = position(read(messages[name]));
    expect(record).toMatchObject({ subject: { scheme: 'ais', key }, extras: { mmsiKind: kind } });
    expect(record.geometry).not.toBeNull();
  });

  it('are made of nothing else', () => {
    for (const name of ['voyage', 'partA', 'inland', 'safety', 'corrections', 'channels', 'slots'] as const)
      expect(map(read(messages[name]), { receivedAt, crs: 'wgs84', options: {} })).toEqual([]);
  });

  it('say what is not known', () => {
    expect(position(read(messages.nothing))).toMatchObject({
      geometry: null,
      geometrySource: 'none',
      speedMps: null,
      headingDeg: null,
      accuracyM: null,
      fixed: false,
      sourceAt: null,
      observedAt: receivedAt,
      quality: { state: 'missing', flags: ['sentinel_value'] },
    });
    expect(position(read(messages.classB)).headingDeg).toBe(250.3);
    const zero: Bits = messages.classA.map((one, field) => (field === 7 || field === 8 ? [0, one[1] as number] : one));
    expect(position(read(zero))).toMatchObject({
      geometry: null,
      quality: { state: 'missing', flags: ['zero_position'] },
    });
    const beyond: Bits = messages.classA.map((one, field) => (field === 7 ? [-110_000_000, 28] : one));
    expect(position(read(beyond))).toMatchObject({ geometry: null, quality: { state: 'bad' } });
  });

  it('flag aids off their place, hand-made fixes and numbers nobody has', () => {
    expect(position(read(messages.aid)).quality).toEqual({ state: 'suspect', flags: ['manual', 'sensor_fault'] });
    const nobody: Bits = [[1, 6], [0, 2], [1_000_000_000, 30], ...messages.classA.slice(3)];
    expect(position(read(nobody))).toMatchObject({
      subject: { key: '1000000000' },
      quality: { state: 'good', flags: ['enum_unknown'] },
    });
  });

  it('call for help only where a beacon does', () => {
    expect(position(read(messages.sart)).extras).toMatchObject({ mmsiKind: 'sart', 'alarm.emergency': true });
    const ship: Bits = [...messages.classA.slice(0, 3), [14, 4], ...messages.classA.slice(4)];
    expect(position(read(ship)).extras).not.toHaveProperty('alarm.emergency');
    const tested: Bits = [...messages.sart.slice(0, 3), [15, 4], ...messages.sart.slice(4)];
    expect(position(read(tested)).extras).not.toHaveProperty('alarm.emergency');
  });

  it('carry what is known of the vessel, and are in the declared datum', () => {
    const message = { ...read(messages.classA), vessel: { shipName: 'CHANG JIANG 9', lengthM: 100, imo: null } };
    const { extras } = position(message);
    expect(extras).toMatchObject({ 'vessel.shipName': 'CHANG JIANG 9', 'vessel.lengthM': 100 });
    expect(extras).not.toHaveProperty('vessel.imo');
    const shifted = position(read(messages.classA), { crs: 'gcj02' });
    expect(shifted.crsReceived).toBe('gcj02');
    expect(shifted.geometry).not.toEqual({ type: 'Point', coordinates: [118.7201, 32.0925] });
  });
});

describe('time', () => {
  it.each([
    ['2025-06-24T07:30:33.400Z', 30, '2025-06-24T07:30:30Z'],
    ['2025-06-24T07:30:33.400Z', 50, '2025-06-24T07:29:50Z'],
    ['2025-06-24T07:30:33.400Z', 40, '2025-06-24T07:30:40Z'],
    ['2025-06-24T07:30:03.000Z', 58, '2025-06-24T07:29:58Z'],
    ['2025-06-24T00:00:03.000Z', 59, '2025-06-23T23:59:59Z'],
  ])('aligns %s to second %i', (base, second, expected) => {
    expect(alignSecond(at(base), second)).toBe(at(expected));
  });

  it('goes by the relay’s clock where it has one, and by nobody’s where there is none', () => {
    const relayed = position(read(messages.classA, 'c:1750750240'));
    expect(relayed).toMatchObject({
      relayedAt: at('2025-06-24T07:30:40Z'),
      sourceAt: at('2025-06-24T07:30:30Z'),
      quality: { state: 'good' },
    });
    const file = position(read(messages.classA), { receivedAt: null });
    expect(file).toMatchObject({ observedAt: null, sourceAt: null, receivedAt: null });
    expect(file.dedupeKey).toBe('ais:413771018|type 1 second 30|118.72010,32.09250');
    expect(position(read(messages.classA, 'c:1750750240'), { receivedAt: null }).sourceAt).toBe(
      at('2025-06-24T07:30:30Z'),
    );
  });

  it('takes the whole time of base stations', () => {
    expect(position(read(messages.base))).toMatchObject({ sourceAt: at('2025-06-24T07:30:10Z'), fixed: null });
    const future: Bits = messages.base.map((one, field) => (field === 3 ? [2059, 14] : one));
    expect(position(read(future))).toMatchObject({
      sourceAt: null,
      observedAt: receivedAt,
      quality: { flags: ['clock_invalid'] },
    });
    const noDay: Bits = messages.base.map((one, field) => (field === 4 ? [2, 4] : field === 5 ? [30, 5] : one));
    expect(position(read(noDay)).sourceAt).toBeNull();
  });

  it('flags relays that are ahead, late or impossible', () => {
    const flags = (tag: string) => position(read(messages.longRange, tag)).quality.flags;
    expect(flags(`c:${receivedAt / 1000 + 600}`)).toEqual(['clock_ahead']);
    expect(flags(`c:${Math.floor(receivedAt / 1000) - 3600}`)).toEqual(['late']);
    expect(flags('c:100000000')).toEqual(['clock_invalid']);
    expect(flags('c:1750750230')).toEqual([]);
  });
});

it.each([
  ['413771018', 'ship'],
  ['004132100', 'coast'],
  ['041300000', 'group'],
  ['111413001', 'sar aircraft'],
  ['972123456', 'man overboard'],
  ['974123456', 'epirb'],
  ['984131234', 'craft'],
  ['812345678', 'handheld'],
  ['000000000', null],
  ['100000000', null],
  ['1000000000', null],
])('knows what the number %s is given to', (key, kind) => {
  expect(mmsiKind(key)).toBe(kind);
});
