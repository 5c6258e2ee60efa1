import { describe, expect, it } from 'vitest';
import { type CrsName, type FeedRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { enclose } from './frame.ts';
import { map } from './map.ts';
import { bytesOf, vector, vectors } from './testing/vectors.ts';

const options = { requireAuth: false, authSecret: null };
const at = Date.UTC(2026, 5, 15, 0, 30, 0);

function mapped(frame: Uint8Array, receivedAt: number | null = at, crs: CrsName = 'wgs84') {
  const message = decode(frame);
  if (isRefusal(message)) throw new Error(message.detail);
  return map(message, { receivedAt, crs, options });
}
function positionOf(frame: Uint8Array, receivedAt?: number | null, crs?: CrsName) {
  const [first] = mapped(frame, receivedAt, crs);
  if (!first || isRefusal(first) || first.kind !== 'position') throw new Error('no position');
  return first;
}

/** A 2013 location report, laid out from its fields. */
const report = (
  fields: Partial<Record<'status' | 'lat' | 'lon' | 'altitude' | 'speed' | 'direction' | 'time', string>>,
) => {
  const {
    status = '00000002',
    lat = '01e9335f',
    lon = '0714b24d',
    altitude = '0010',
    speed = '0000',
    direction = '0000',
  } = fields;
  const body = `00000000${status}${lat}${lon}${altitude}${speed}${direction}${fields.time ?? '260615083000'}`;
  return enclose(bytesOf(`0200 001c 013912345678 0020 ${body}`));
};

describe('map', () => {
  it('makes a position in SI units and UTC', () => {
    const position = positionOf(vector('location2013'));
    expect(record.safeParse(position).error).toBeUndefined();
    expect(position).toEqual({
      kind: 'position',
      subject: { scheme: 'jt808', key: '013912345678' },
      observedAt: at,
      sourceAt: at,
      relayedAt: null,
      receivedAt: at,
      geometry: { type: 'Point', coordinates: [118.796877, 32.060255] },
      crsReceived: 'wgs84',
      geometrySource: 'message',
      quality: { state: 'good', flags: [] },
      dedupeKey: 'jt808:013912345678|2026-06-15T08:30:00+08:00|118.79688,32.06025|00000001',
      revision: 0,
      privacy: 'none',
      altitudeM: 25,
      speedMps: 16.806,
      headingDeg: 90,
      accuracyM: null,
      fixed: true,
      extras: {
        messageId: '0x0200',
        serial: 1,
        'alarm.emergency': true,
        'status.acc': true,
        'status.inService': true,
        'status.load': 'empty',
        'io.mileageKm': 123.4,
        'io.fuelL': 10,
        'io.radioSignal': 31,
        'io.satellites': 12,
        'io.0xe1': 'abcd',
      },
    });
  });

  it('gives a terminal one key, whether 2013 writes it with 12 digits or 2019 with 20', () => {
    expect(positionOf(vector('location2019')).subject.key).toBe('013912345678');
  });

  it('makes every record valid', () => {
    for (const name of Object.keys(vectors) as (keyof typeof vectors)[]) {
      const message = decode(vector(name));
      if (isRefusal(message)) continue;
      for (const value of map(message, { receivedAt: at, crs: 'gcj02', options }))
        if (!isRefusal(value)) expect(record.safeParse(value).error, name).toBeUndefined();
    }
  });

  it('marks a batch from a blind area as backfill, and hands on the item it cannot read', () => {
    const values = mapped(vector('batch'));
    expect(values).toHaveLength(3);
    const records = values.filter((value): value is FeedRecord => !isRefusal(value));
    expect(records.map((value) => value.quality)).toEqual([
      { state: 'good', flags: ['backfill'] },
      { state: 'good', flags: ['backfill'] },
    ]);
    expect(new Set(records.map((value) => value.dedupeKey)).size).toBe(2);
    expect(values[2]).toMatchObject({ refused: 'length' });
  });

  it('has nothing to say of messages without a place', () => {
    for (const name of ['heartbeat', 'register2013', 'authenticate2019', 'unknown', 'part1'] as const)
      expect(mapped(vector(name))).toEqual([]);
  });
});

describe('datum', () => {
  const shifted = report({ status: '00000022' });
  it('lets the bit of the message overrule what the source declares', () => {
    const position = positionOf(shifted);
    expect(position.crsReceived).toBe('gcj02');
    expect(position.geometry).not.toEqual({ type: 'Point', coordinates: [118.796877, 32.060255] });
    expect(position.geometry).toEqual(positionOf(report({}), at, 'gcj02').geometry);
    expect(positionOf(report({}), at, 'unknown').quality).toEqual({ state: 'good', flags: ['crs_assumed'] });
  });

  it('leaves a place outside China where it is', () => {
    expect(positionOf(vector('location2019')).geometry).toEqual({ type: 'Point', coordinates: [-70.64827, -33.85678] });
  });
});

describe('quality', () => {
  it.each([
    ['no fix: the last known place', { status: '00000000' }, 'suspect', ['no_fix'], true],
    ['0/0', { lat: '00000000', lon: '00000000' }, 'missing', ['zero_position'], false],
    ['a latitude of 116°', { lat: '06eeb6ad' }, 'bad', ['over_range'], false],
    ['a time that is none', { time: '261315083000' }, 'suspect', ['clock_invalid'], true],
    ['letters in the time', { time: '26061508300a' }, 'suspect', ['clock_invalid'], true],
    ['29 February of 2026', { time: '260229083000' }, 'suspect', ['clock_invalid'], true],
    ['a clock that was never set', { time: '000101080000' }, 'suspect', ['clock_invalid'], true],
    ['the year 2059', { time: '590615083000' }, 'suspect', ['clock_invalid'], true],
    ['an hour ahead', { time: '260615093000' }, 'suspect', ['clock_ahead'], true],
    ['below sea level', { altitude: 'fff6' }, 'suspect', ['over_range'], true],
    ['a direction of 361°', { direction: '0169' }, 'suspect', ['over_range'], true],
    ['all ones for the speed', { speed: 'ffff' }, 'suspect', ['sentinel_value'], true],
  ] as const)('%s', (_, fields, state, flags, placed) => {
    const position = positionOf(report(fields));
    expect(position.quality).toEqual({ state, flags: [...flags] });
    expect(position.geometry !== null).toBe(placed);
    expect(record.safeParse(position).error).toBeUndefined();
  });

  it('has no time where the clock is invalid, and no two facts under one key', () => {
    const [a, b] = [report({ time: '000000000000' }), vector('tornItems')].map((frame) => positionOf(frame));
    expect(a).toMatchObject({ observedAt: null, sourceAt: null });
    expect(a?.dedupeKey).toContain('000000000000#32');
    expect(a?.dedupeKey).not.toBe(b?.dedupeKey);
    expect(b?.quality).toEqual({ state: 'suspect', flags: ['partial'] });
  });

  it('marks a terminal that writes letters or nothing for its number', () => {
    const rename = (terminal: string) =>
      enclose(bytesOf(`0200 001c ${terminal} 0020 0000000000000002 01e9335f 0714b24d 0010 0000 0000 260615083000`));
    expect(positionOf(rename('4eb6fb4afd9e'))).toMatchObject({
      subject: { key: '4eb6fb4afd9e' },
      quality: { flags: ['enum_unknown'] },
    });
    expect(positionOf(rename('000000000000'))).toMatchObject({
      subject: { key: '000000000000' },
      quality: { state: 'suspect' },
    });
  });
});
