import { describe, expect, it } from 'vitest';
import type { AlertRecord } from '@/server/wire/record.ts';
import { decode } from './decode.ts';
import { alertJson, bytesOf, jsonOf, madeAtS, mapped, read, stopJson, tripJson, vehicleJson } from './testing/build.ts';

const period = (from: number, to: number) => [{ start: String(madeAtS + from), end: String(madeAtS + to) }];

describe('periods of an alert', () => {
  it.each([
    [{ activePeriod: period(0, 10), communicationPeriod: period(20, 30), impactPeriod: period(40, 50) }, 40, 50],
    [{ activePeriod: period(0, 10), communicationPeriod: period(20, 30) }, 20, 30],
    [{ activePeriod: period(0, 10), impact_period: period(40, 50) }, 40, 50],
    [{ activePeriod: period(0, 10) }, 0, 10],
  ])('%j', (periods, from, to) => {
    const [alert] = mapped(read(bytesOf(jsonOf(alertJson(periods))))) as AlertRecord[];
    expect([alert?.onsetAt, alert?.expiresAt]).toEqual([(madeAtS + from) * 1000, (madeAtS + to) * 1000]);
  });

  it('are POSIX seconds, whichever they are', () => {
    const feed = read(bytesOf(jsonOf(alertJson({ impactPeriod: [{ start: String(madeAtS * 1000) }] }))));
    expect(feed.unreadable).toMatchObject([{ refusal: { refused: 'value' } }]);
  });
});

describe('detours, shapes and stops of a feed', () => {
  const sound = [
    { id: 'shape', shape: { shapeId: 's', encodedPolyline: '_p~iF~ps|U' } },
    { id: 'stop', stop: { stopId: 'x', stopName: { translation: [{ text: '临时站' }] }, stopLat: 32, stopLon: 118 } },
    {
      id: 'detour',
      tripModifications: {
        selectedTrips: [{ tripIds: ['t'], shapeId: 's' }],
        serviceDates: ['20260615'],
        modifications: [{ startStopSelector: { stopId: 'a' }, replacementStops: [{ stopId: 'x' }] }],
      },
    },
  ];
  it('are read, make no record, and are sound', () => {
    const feed = read(bytesOf(jsonOf(...sound)));
    expect(feed.entities).toMatchObject(sound);
    expect(feed.entities.flatMap(({ deviations }) => deviations)).toEqual([]);
    expect([feed.unreadable, mapped(feed)]).toEqual([[], []]);
  });
  it.each([
    [{ shape: { shapeId: 's' } }, 'encoded_polyline'],
    [{ stop: { stopId: 'x', stopLat: 32, stopLon: 118 } }, 'stop_name'],
    [{ stop: { stopId: 'x', stopName: { translation: [{ text: 'x' }] } } }, 'place'],
    [{ tripModifications: { serviceDates: ['20260615'] } }, 'without trips'],
  ])('%j', (entity, words) => {
    const feed = read(bytesOf(jsonOf({ id: '1', ...entity })));
    expect(feed.entities[0]?.deviations).toMatchObject([{ detail: expect.stringContaining(words), flag: 'partial' }]);
  });
  it.each([
    [{ modificationsId: 'm', affectedTripId: 't' }, []],
    [{ modificationsId: 'm' }, ['W006', 'modified_trip']],
    [{ affectedTripId: 't' }, ['modified_trip']],
  ])('a trip changed by one: %j', (modifiedTrip, rules) => {
    const trip = tripJson([stopJson(1), stopJson(2)], { tripId: undefined, modifiedTrip });
    const feed = read(bytesOf(jsonOf(trip)));
    expect(feed.entities[0]?.deviations.map(({ rule }) => rule).filter((rule) => rule === 'modified_trip')).toEqual(
      rules.filter((rule) => rule === 'modified_trip'),
    );
  });
});

describe('JSON as agencies wrap it', () => {
  const document = JSON.parse(new TextDecoder().decode(bytesOf(jsonOf(vehicleJson()))));
  const pascal = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(pascal)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([name, held]) => [`${name[0]!.toUpperCase()}${name.slice(1)}`, pascal(held)]),
          )
        : value;

  it.each([
    ['in a response', { status: 'OK', response: document, error: null }],
    ['with names in capitals', pascal(document)],
    ['with entities', { header: document.header, entities: document.entity }],
  ])('%s', (_, body) => {
    expect(mapped(read(bytesOf(body)))).toEqual(mapped(read(bytesOf(document))));
  });
  it('a response without a feed is none', () => {
    expect(decode(bytesOf({ status: 'ERROR', response: null }))).toMatchObject({ refused: 'not_protocol' });
  });
});
