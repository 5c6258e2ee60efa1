import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { alertJson, bytesOf, jsonOf, madeAtS, mapped, read, stopJson, tripJson, vehicleJson } from './testing/build.ts';

const twoStops = [stopJson(1), stopJson(2)];

/** What one entity came to: refusals, the rules it is said to break, and the flags of its records. */
function outcome(...entities: object[]) {
  const feed = read(bytesOf(jsonOf(...entities)));
  const records = mapped(feed).filter((one) => !isRefusal(one));
  return {
    refused: feed.unreadable.map(({ refusal }) => [refusal.refused, refusal.detail.match(/E\d{3}/)?.[0] ?? null]),
    rules: feed.entities.flatMap(({ deviations }) => deviations.map(({ rule }) => rule)),
    flags: [...new Set(records.flatMap((one) => ('quality' in one ? one.quality.flags : [])))],
    records: records.length,
  };
}

describe('sound entities', () => {
  it.each([
    ['a vehicle', vehicleJson()],
    ['a trip', tripJson(twoStops)],
    ['a trip by stops alone', tripJson(twoStops.map((stop) => ({ ...stop, stopSequence: undefined })))],
    ['a trip that was cancelled', tripJson([], { scheduleRelationship: 'CANCELED' })],
    [
      'a stop that is passed',
      tripJson([stopJson(1, { scheduleRelationship: 'SKIPPED', arrival: undefined }), stopJson(2)]),
    ],
    ['a stop without data', tripJson([stopJson(1), { stopSequence: 2, scheduleRelationship: 'NO_DATA' }])],
    ['a time after midnight', tripJson(twoStops, { startTime: '25:10:00', startDate: '20240229' })],
    ['an alert', alertJson()],
    ['an alert that always holds', alertJson({ activePeriod: [{ start: '0', end: '18446744073709551615' }] })],
    ['a position at the edge', vehicleJson({}, { latitude: -90, longitude: 180, bearing: 360 })],
  ])('%s', (_, entity) => {
    expect(outcome(entity)).toMatchObject({ refused: [], rules: [], flags: [] });
  });
});

describe('refused, because nobody could say what is meant', () => {
  const ms = String(madeAtS * 1000);
  it.each([
    ['E001', 'value', tripJson([stopJson(1, { arrival: { time: ms } })])],
    ['E001', 'value', tripJson([stopJson(1, { departure: { time: '1000' } })])],
    ['E001', 'value', alertJson({ activePeriod: [{ start: ms }] })],
    ['E002', 'value', tripJson([stopJson(5), stopJson(6), stopJson(4)])],
    ['E036', 'value', tripJson([stopJson(5), { ...stopJson(5), stopId: 'other' }])],
    ['E020', 'value', tripJson(twoStops, { startTime: '8:5:00' })],
    ['E020', 'value', vehicleJson({ trip: { tripId: 't', startTime: '08:00' } })],
    ['E021', 'value', tripJson(twoStops, { startDate: '2026-06-15' })],
    ['E021', 'value', tripJson(twoStops, { startDate: '20260231' })],
    ['E021', 'value', vehicleJson({ trip: { tripId: 't', startDate: '15062026' } })],
    ['E026', 'value', vehicleJson({}, { latitude: -100 })],
    ['E026', 'value', vehicleJson({}, { longitude: 180.5 })],
    ['E026', 'value', vehicleJson({}, { latitude: 'NaN' })],
    ['E039', 'value', { ...vehicleJson(), isDeleted: true }],
    ['E040', 'schema', tripJson([{ arrival: { delay: 3 } }])],
    [null, 'schema', { id: 'empty' }],
    [null, 'schema', { vehicle: {} }],
    [null, 'schema', { id: 't', tripUpdate: {} }],
    [null, 'schema', vehicleJson({}, { latitude: null })],
    [null, 'value', { ...vehicleJson(), id: 'x'.repeat(201) }],
  ])('%s %s %#', (rule, reason, entity) => {
    const sound = { ...vehicleJson(), id: 'sound', vehicle: { ...vehicleJson().vehicle, vehicle: { id: 'sound' } } };
    expect(outcome(entity, sound)).toMatchObject({ refused: [[reason, rule]], records: 1 });
  });

  it('one half of an entity does not take the other along', () => {
    const both = { ...vehicleJson(), tripUpdate: tripJson([stopJson(2), stopJson(1)]).tripUpdate };
    expect(outcome(both)).toMatchObject({ refused: [['value', 'E002']], records: 1 });
  });
});

describe('kept and flagged', () => {
  it.each([
    ['E001', 'clock_invalid', [vehicleJson({ timestamp: String(madeAtS * 1000) })]],
    ['E012', 'clock_ahead', [vehicleJson({ timestamp: String(madeAtS + 1) })]],
    ['E022', 'out_of_order', [tripJson([stopJson(1, { arrival: { time: String(madeAtS + 900) } }), stopJson(2)])]],
    ['E025', 'out_of_order', [tripJson([stopJson(1, { departure: { time: String(madeAtS) } })])]],
    ['E026', 'zero_position', [vehicleJson({}, { longitude: 0 })]],
    ['E027', 'over_range', [vehicleJson({}, { bearing: 361 })]],
    ['E027', 'over_range', [vehicleJson({}, { bearing: -1 })]],
    ['W004', 'over_range', [vehicleJson({}, { speed: 400 })]],
    ['speed', 'under_range', [vehicleJson({}, { speed: -1 })]],
    ['E031', 'partial', [alertJson({ informedEntity: [{ routeId: 'a', trip: { routeId: 'b' } }] })]],
    ['E032', 'partial', [alertJson({ informedEntity: [] })]],
    ['E033', 'partial', [alertJson({ informedEntity: [{}] })]],
    ['E021', 'partial', [alertJson({ informedEntity: [{ trip: { tripId: 't', startDate: 'today' } }] })]],
    ['E037', 'duplicate', [tripJson([stopJson(1), { ...stopJson(2), stopId: 's1' }])]],
    ['E041', 'partial', [tripJson([])]],
    ['E042', 'partial', [tripJson([stopJson(1, { scheduleRelationship: 'NO_DATA' }), stopJson(2)])]],
    ['E043', 'partial', [tripJson([{ stopSequence: 1 }, stopJson(2)])]],
    ['E044', 'partial', [tripJson([stopJson(1, { departure: {} })])]],
    ['E047', 'partial', [vehicleJson(), tripJson(twoStops, {}, { vehicle: { id: 'bus-2' } })]],
    ['E052', 'duplicate', [vehicleJson(), { ...vehicleJson(), id: '2' }]],
    ['id', 'duplicate', [vehicleJson(), tripJson(twoStops)].map((entity) => ({ ...entity, id: 'same' }))],
    ['W006', 'partial', [{ id: 't', tripUpdate: { trip: { directionId: 1 }, stopTimeUpdate: twoStops } }]],
    ['enum', 'enum_unknown', [vehicleJson({ congestionLevel: 77 })]],
  ])('%s %s %#', (rule, flag, entities) => {
    const { refused, rules, flags, records } = outcome(...(entities as object[]));
    expect([refused, rules]).toEqual([[], expect.arrayContaining([rule])]);
    // What makes no record has no flag either, and the message says it.
    if (records > 0) expect(flags).toContain(flag);
  });

  it.each([
    ['E038', { gtfsRealtimeVersion: '2.1', incrementality: 0, timestamp: madeAtS }],
    ['E048', { gtfsRealtimeVersion: '2.0', incrementality: 0 }],
    ['E049', { gtfsRealtimeVersion: '2.0', timestamp: madeAtS }],
    ['E001', { gtfsRealtimeVersion: '1.0', timestamp: madeAtS * 1000 }],
  ])('%s of the header', (rule, header) => {
    const feed = read(bytesOf({ header, entity: [vehicleJson()] }));
    expect(feed.deviations.map((deviation) => deviation.rule)).toEqual([rule]);
    expect(mapped(feed)).toMatchObject([{ kind: 'position', observedAt: (madeAtS - 6) * 1000 }]);
  });

  it('asks less of version 1.0', () => {
    expect(read(bytesOf({ header: { gtfsRealtimeVersion: '1.0' } })).deviations).toEqual([]);
    expect(decode(bytesOf({ header: { gtfsRealtimeVersion: '0.9' } }))).toMatchObject({ refused: 'unsupported' });
  });
});
