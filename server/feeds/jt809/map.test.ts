import { describe, expect, it } from 'vitest';
import { type AlertRecord, type CrsName, type FeedRecord, type PositionRecord, record } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { jt809 } from './jt809.ts';
import { session } from './session.ts';
import { vector, type vectors } from './testing/vectors.ts';

const options = jt809.options.parse({});
const at = Date.parse('2026-06-15T08:35:00+08:00');
type Name = keyof typeof vectors;

function mapped(bytes: Uint8Array, receivedAt: number | null = at, crs: CrsName = 'wgs84'): (FeedRecord | Refusal)[] {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  const records = jt809.map(message, { receivedAt, crs, options });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return [...records];
}
const positionOf = (name: Name, ...rest: [(number | null)?, CrsName?]) =>
  mapped(vector(name), ...rest)[0] as PositionRecord;
const alertsOf = (name: Name) => mapped(vector(name)) as AlertRecord[];

describe('positions', () => {
  it('are in SI units and UTC, under plate and colour', () => {
    expect(positionOf('position2011')).toEqual({
      kind: 'position',
      subject: { scheme: 'jt809', key: '苏A12345_2' },
      observedAt: Date.parse('2026-06-15T08:30:00+08:00'),
      sourceAt: Date.parse('2026-06-15T08:30:00+08:00'),
      relayedAt: null,
      receivedAt: at,
      geometry: { type: 'Point', coordinates: [118.796877, 32.060255] },
      crsReceived: 'wgs84',
      geometrySource: 'message',
      quality: { state: 'good', flags: [] },
      dedupeKey: 'jt809:苏A12345_2|2026-06-15T08:30:00+08:00|118.79688,32.06025|00000001',
      revision: 0,
      privacy: 'none',
      altitudeM: 25,
      speedMps: 16.667,
      headingDeg: 90,
      accuracyM: null,
      fixed: true,
      extras: {
        messageId: '0x1202',
        serial: 4,
        centerId: 32010001,
        plate: '苏A12345',
        plateColour: 'yellow',
        'alarm.emergency': true,
        'status.acc': true,
        'status.inService': true,
        'status.load': 'empty',
        'io.mileageKm': 123,
        'io.recorderSpeedKmh': 59,
      },
    });
  });

  it('of 2019 carry when the platform sent them, and what platforms say', () => {
    const position = positionOf('position2019');
    expect(position.relayedAt).toBe(Date.parse('2026-06-15T14:34:24+08:00'));
    expect(position.speedMps).toBe(16.806);
    expect(position.extras).toMatchObject({
      'platform1.code': '11111111111',
      'platform1.alarms': 'overspeed',
      'io.mileageKm': 123.4,
    });
    expect(position.extras).not.toHaveProperty('platform2.code');
    expect(positionOf('old2019').quality).toEqual({ state: 'good', flags: ['version_old'] });
  });

  it('that were shifted are brought back, whatever the source declares', () => {
    const shifted = positionOf('shifted2011');
    expect(shifted).toMatchObject({ crsReceived: 'gcj02', speedMps: null, headingDeg: 0 });
    expect(shifted.quality.flags).toEqual(['sentinel_value']);
    const coordinates = shifted.geometry?.type === 'Point' ? shifted.geometry.coordinates : [0, 0];
    expect(coordinates[0]).toBeCloseTo(118.79168, 4);
    expect(coordinates[1]).toBeCloseTo(32.06232, 4);
    expect(positionOf('position2011', at, 'unknown').quality.flags).toEqual(['crs_assumed']);
  });

  it('that were sent later are history', () => {
    for (const name of ['history2011', 'history2019'] as const) {
      const records = mapped(vector(name)) as PositionRecord[];
      expect(records.map((one) => one.quality.flags)).toEqual([['backfill'], ['backfill']]);
      expect(new Set(records.map((one) => one.dedupeKey)).size).toBe(2);
    }
  });

  it('without a fix, without a place, with an impossible clock say so', () => {
    const block = (clock: string, place: string, status: string) => {
      const message = decode(vector('position2011'));
      if (isRefusal(message)) throw new Error(message.detail);
      const [position] = message.positions;
      if (!position || isRefusal(position)) throw new Error('no position');
      const { location } = position;
      const [lon = 0, lat = 0] = place.split(',').map(Number);
      const changed = { ...location, time: clock || null, lon, lat };
      const status_ = { ...location.status, fixed: status === 'fixed' };
      const [one] = jt809.map(
        { ...message, positions: [{ ...position, location: { ...changed, status: status_ } }] },
        { receivedAt: at, crs: 'wgs84', options },
      );
      return one as PositionRecord;
    };
    const now = '2026-06-15T08:30:00+08:00';
    expect(block(now, '0,0', '').quality).toEqual({ state: 'missing', flags: ['no_fix', 'zero_position'] });
    expect(block(now, '118,32', '').quality).toEqual({ state: 'suspect', flags: ['no_fix'] });
    expect(block(now, '118,99', 'fixed')).toMatchObject({
      geometry: null,
      quality: { state: 'bad', flags: ['over_range'] },
    });
    expect(block('', '118,32', 'fixed')).toMatchObject({ observedAt: null, quality: { flags: ['clock_invalid'] } });
    expect(block('2026-06-15T09:30:00+08:00', '118,32', 'fixed').quality.flags).toEqual(['clock_ahead']);
    expect(block('2059-06-15T09:30:00+08:00', '118,32', 'fixed').quality.flags).toEqual(['clock_invalid']);
  });

  it('under an enciphered body are refused without keys', () => {
    expect(mapped(vector('sealedPosition'))).toMatchObject([{ refused: 'unsupported' }]);
  });
});

describe('alarms', () => {
  it('become alerts of their vehicle', () => {
    expect(alertsOf('alarm2011')).toMatchObject([
      {
        subject: { scheme: 'jt809', key: '苏A12345_2' },
        observedAt: Date.parse('2026-06-15T08:34:32+08:00'),
        dedupeKey: 'jt809:苏A12345_2,alarm 3 4711,2026-06-15T08:34:32+08:00',
        event: '紧急报警',
        headline: '紧急报警：苏A12345',
        text: 'ABCD',
        severity: 'Severe',
        certainty: 'Observed',
        msgType: 'Alert',
        references: [],
      },
    ]);
    expect(alertsOf('alarm2019')).toMatchObject([{ event: '超速报警', severity: 'Moderate', text: '超速' }]);
    expect(alertsOf('twoTimes')).toMatchObject([{ event: '劫警', severity: 'Severe', text: null }]);
  });

  it('of a platform have no vehicle', () => {
    expect(alertsOf('platformAlarm')).toMatchObject([
      { subject: { key: 'platform 32010000002' }, headline: '下级平台异常断线：平台 32010000002' },
    ]);
  });

  it('that are over are the alert that opened and the cancel that names it', () => {
    const [open] = alertsOf('alarm2019');
    const [opening, ending] = alertsOf('ended2019');
    expect(opening?.dedupeKey).toBe(open?.dedupeKey);
    expect(ending).toMatchObject({
      msgType: 'Cancel',
      references: [open?.dedupeKey],
      urgency: 'Past',
      observedAt: Date.parse('2026-06-15T08:36:32+08:00'),
    });
    expect(ending?.dedupeKey).not.toBe(open?.dedupeKey);
  });

  it('that were handled are cancelled by the number they had', () => {
    for (const [alarm, handled] of [
      ['alarm2011', 'handled2011'],
      ['alarm2019', 'handled2019'],
    ] as const) {
      const one = session(options, false);
      let state = one.start;
      const records = [alarm, handled, handled].flatMap((name) => {
        const message = decode(vector(name));
        if (isRefusal(message)) throw new Error(message.detail);
        const step = one.step(state, message, at);
        state = step.state;
        return jt809.map(step.message ?? message, { receivedAt: at, crs: 'wgs84', options }) as AlertRecord[];
      });
      expect(records.map((one) => one.msgType)).toEqual(['Alert', 'Cancel']);
      expect(records[1]).toMatchObject({ references: [records[0]?.dedupeKey], event: records[0]?.event });
      expect(record.safeParse(records[1]).error).toBeUndefined();
    }
  });

  it('nobody names are said to be unknown', () => {
    const message = decode(vector('alarm2011'));
    if (isRefusal(message)) throw new Error(message.detail);
    const [alert] = jt809.map(
      { ...message, body: { ...message.body, type: 0x8888 } },
      { receivedAt: at, crs: 'wgs84', options },
    ) as AlertRecord[];
    expect(alert).toMatchObject({ event: '报警 34952', severity: 'Unknown', quality: { flags: ['enum_unknown'] } });
  });
});
