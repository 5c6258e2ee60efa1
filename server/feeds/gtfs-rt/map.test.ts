import { describe, expect, it } from 'vitest';
import { record } from '@/server/wire/record.ts';
import { plainFloat } from './float.ts';
import { currentDelayS } from './map-trip.ts';
import {
  alertEntity,
  alertJson,
  alertsOf,
  bytesOf,
  feedOf,
  jsonOf,
  madeAtS,
  mapped,
  message,
  positionOf,
  read,
  readingsOf,
  recordsOf,
  stopJson,
  text,
  tripEntity,
  tripJson,
  vehicleEntity,
  vehicleJson,
  whole,
} from './testing/build.ts';

const ms = (offset = 0) => (madeAtS + offset) * 1000;

describe('vehicles', () => {
  it('become positions, without the noise of single precision', () => {
    const made = positionOf(
      feedOf(vehicleEntity('1', [...whole(3, 12), ...text(7, 's4'), ...whole(9, 5), ...whole(10, 104)])),
    );
    expect(record.parse(made)).toMatchObject({
      kind: 'position',
      subject: { scheme: 'gtfs-rt', key: 'bus-1' },
      observedAt: ms(-6),
      sourceAt: ms(-6),
      geometry: { type: 'Point', coordinates: [118.779, 32.0425] },
      crsReceived: 'wgs84',
      geometrySource: 'message',
      quality: { state: 'good', flags: [] },
      speedMps: 8.5,
      headingDeg: 90,
      fixed: null,
      extras: {
        'trip.id': 't7',
        'trip.routeId': 'r3',
        'trip.startDate': '20260615',
        'vehicle.label': '3路',
        'stop.id': 's4',
        'stop.sequence': 12,
        'stop.status': 'IN_TRANSIT_TO',
        'occupancy.status': 'FULL',
        'occupancy.percentage': 104,
      },
    });
  });

  it.each([
    [32.0425, 32.0425],
    [118.779, 118.779],
    [-122.01325, -122.01325],
    [0.1, 0.1],
    [1e-12, 1e-12],
  ])('%d in single precision', (meant, plain) => {
    expect(plainFloat(Math.fround(meant))).toBe(plain);
  });

  it('written out in decimals keep them all', () => {
    expect(
      positionOf(bytesOf(jsonOf(vehicleJson({}, { latitude: 37.3687951, longitude: -121.996072 })))).geometry,
    ).toEqual({
      type: 'Point',
      coordinates: [-121.996072, 37.3687951],
    });
  });

  it('are named by their own id, else by run, label or entity', () => {
    const key = (vehicle: object) => positionOf(bytesOf(jsonOf({ id: 'e', vehicle }))).subject.key;
    expect(key({ vehicle: { id: '7', label: 'L' }, trip: { tripId: 't' } })).toBe('7');
    expect(key({ vehicle: { id: '' }, trip: { tripId: 't', startDate: '20260615', startTime: '25:00:00' } })).toBe(
      'trip/tT25:00:00',
    );
    expect(key({ trip: { routeId: 'r', directionId: 0 } })).toBe('trip/route:r/0');
    expect(key({ vehicle: { label: 'L' } })).toBe('label/L');
    expect(key({})).toBe('entity/e');
  });

  it('without a time of their own have that of the snapshot; without a place have none', () => {
    expect(positionOf(bytesOf(jsonOf(vehicleJson({ timestamp: undefined }))))).toMatchObject({ observedAt: ms() });
    expect(positionOf(bytesOf(jsonOf(vehicleJson({ timestamp: '0' }))))).toMatchObject({ observedAt: ms() });
    expect(positionOf(bytesOf(jsonOf(vehicleJson({ position: undefined }))))).toMatchObject({
      geometry: null,
      geometrySource: 'none',
      quality: { state: 'missing', flags: ['no_fix'] },
    });
  });

  it('are the same fact while nothing is new, and another when something is', () => {
    const key = (more: object) => positionOf(bytesOf(jsonOf(vehicleJson(more)))).dedupeKey;
    expect(key({ stopId: 'a' })).toBe(key({ stopId: 'a' }));
    expect(key({ stopId: 'a' })).not.toBe(key({ stopId: 'b' }));
  });
});

describe('trips', () => {
  it('become the delay of the trip now, and that of each stop which states one', () => {
    const made = readingsOf(feedOf(tripEntity()));
    for (const one of made) expect(record.safeParse(one).error).toBeUndefined();
    expect(
      made.map(({ subject, property, value, unit, observedAt }) => [subject.key, property, value, unit, observedAt]),
    ).toEqual([
      ['trip/t7@20260615', 'delay', 90, 's', ms(-2)],
      ['trip/t7@20260615/s4', 'delay', 90, 's', ms(-2)],
      ['trip/t7@20260615/s5', 'delay', -30, 's', ms(-2)],
    ]);
  });

  it('of a connected source leave the stops out, unless it is asked for them', () => {
    const feed = { ...read(feedOf(tripEntity())), connected: true };
    expect([{}, { stops: true }, { stops: false }].map((options) => mapped(feed, options).length)).toEqual([1, 3, 1]);
  });

  it('take their own word, then the next stop that says something, then the last', () => {
    const update = (more: object) => ({
      trip: {},
      stopTimeUpdate: [
        stopJson(1, { arrival: { delay: 10, time: 100 } }),
        stopJson(2, { arrival: { delay: 20, time: 200 } }),
      ] as never,
      ...more,
    });
    expect(currentDelayS(update({ delay: -5 }), 0)).toBe(-5);
    expect(currentDelayS(update({}), null)).toBe(10);
    expect(currentDelayS(update({}), 100_000)).toBe(10);
    expect(currentDelayS(update({}), 150_000)).toBe(20);
    expect(currentDelayS(update({}), 900_000)).toBe(20);
    expect(currentDelayS(update({ stopTimeUpdate: [{ departure: { time: 160, scheduledTime: 100 } }] }), 0)).toBe(60);
  });

  it('with times alone have a delay that is not known; cancelled ones say so', () => {
    const times = tripJson([{ stopId: 's', arrival: { time: madeAtS + 60 } }]);
    expect(readingsOf(bytesOf(jsonOf(times)))).toMatchObject([{ value: null, quality: { state: 'missing' } }]);
    const cancelled = tripJson([], { scheduleRelationship: 'CANCELED' });
    expect(readingsOf(bytesOf(jsonOf(cancelled)))).toMatchObject([{ property: 'cancelled', value: 1 }]);
  });

  it('a delay of more than a day is doubted', () => {
    expect(readingsOf(bytesOf(jsonOf(tripJson([], {}, { delay: 90_000 }))))[0]?.quality).toEqual({
      state: 'suspect',
      flags: ['over_range'],
    });
  });
});

describe('alerts', () => {
  it('become one warning, told in each language', () => {
    const made = alertsOf(feedOf(alertEntity()));
    expect(made.map((one) => record.parse(one))).toMatchObject([
      {
        subject: { scheme: 'gtfs-rt', key: 'alert/a' },
        event: 'DETOUR (CONSTRUCTION)',
        headline: '3路改道',
        text: '沿湖路施工',
        language: 'zh-CN',
        severity: 'Moderate',
        onsetAt: ms(-3_600),
        expiresAt: ms(7_200),
        msgType: 'Alert',
        status: 'Actual',
        areas: [{ geocodes: [{ name: 'route_id', value: 'r3' }] }],
      },
      { headline: 'Line 3 diverted', text: '沿湖路施工', language: 'en' },
    ]);
    const [first, second] = made.map(({ dedupeKey }) => dedupeKey.split('#'));
    expect(first?.[0]).toBe(second?.[0]);
    expect([first?.[1], second?.[1]]).toEqual(['0.zh-CN', '1.en']);
  });

  it('hold from the first beginning to the last end, open where one is open', () => {
    const span = (activePeriod: object[]) => {
      const [one] = alertsOf(bytesOf(jsonOf(alertJson({ activePeriod }))));
      return [one?.onsetAt, one?.expiresAt];
    };
    const [a, b, c, d] = [madeAtS, madeAtS + 10, madeAtS + 20, madeAtS + 30];
    expect(
      span([
        { start: c, end: d },
        { start: a, end: b },
      ]),
    ).toEqual([a * 1000, d * 1000]);
    expect(span([{ start: a, end: b }, { start: c }])).toEqual([a * 1000, null]);
    expect(span([{ end: b }])).toEqual([null, b * 1000]);
    expect(span([])).toEqual([null, null]);
    expect(span([{ start: a, end: 4_294_967_295 }])).toEqual([a * 1000, null]);
  });

  it('name all that they are about once, and keep what is more precise than the lists', () => {
    const trip = { tripId: 't', routeId: 'r', startDate: '20260615' };
    const [one] = alertsOf(
      bytesOf(
        jsonOf(
          alertJson({
            informedEntity: [{ agencyId: 'A', routeType: 3 }, { routeId: 'r', stopId: 's' }, { trip }],
            causeDetail: { translation: [{ text: '地铁施工' }] },
            url: { translation: [{ text: 'https://example.cn/1' }] },
          }),
        ),
      ),
    );
    expect(one?.areas[0]?.geocodes).toEqual([
      { name: 'agency_id', value: 'A' },
      { name: 'route_type', value: '3' },
      { name: 'route_id', value: 'r' },
      { name: 'stop_id', value: 's' },
      { name: 'trip', value: 't@20260615' },
    ]);
    expect([one?.event, one?.text]).toEqual(['UNKNOWN_EFFECT (地铁施工)', 'https://example.cn/1']);
  });
});

it('reads several things in one entity', () => {
  const both = message(
    2,
    text(1, 'x'),
    ...[vehicleEntity(), tripEntity()].map((entity) => entity.slice(entity.indexOf(0x0a) + 3)),
  );
  expect(new Set(recordsOf(feedOf(both)).map(({ kind }) => kind))).toEqual(new Set(['position', 'reading']));
});
