import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { alertEntity, bytesOf, feedOf, madeAtS, read, tripEntity, vehicleEntity } from './testing/build.ts';

const camel = {
  header: { gtfsRealtimeVersion: '2.0', incrementality: 'FULL_DATASET', timestamp: String(madeAtS) },
  entity: [
    {
      id: '1',
      vehicle: {
        trip: { tripId: 't7', startDate: '20260615', routeId: 'r3' },
        position: { latitude: 32.0425, longitude: 118.779, bearing: 90, speed: 8.5 },
        timestamp: String(madeAtS - 6),
        vehicle: { id: 'bus-1', label: '3路' },
      },
    },
    {
      id: 't',
      tripUpdate: {
        trip: { tripId: 't7', startDate: '20260615' },
        stopTimeUpdate: [
          { stopSequence: 4, arrival: { delay: 90, time: String(madeAtS + 60) }, stopId: 's4' },
          { stopSequence: 5, arrival: { delay: -30, time: String(madeAtS + 600) }, stopId: 's5' },
        ],
        timestamp: String(madeAtS - 2),
      },
    },
    {
      id: 'a',
      alert: {
        activePeriod: [{ start: String(madeAtS - 3_600), end: String(madeAtS + 7_200) }],
        informedEntity: [{ routeId: 'r3' }],
        cause: 'CONSTRUCTION',
        effect: 'DETOUR',
        headerText: {
          translation: [
            { text: '3路改道', language: 'zh-CN' },
            { text: 'Line 3 diverted', language: 'en' },
          ],
        },
        descriptionText: { translation: [{ text: '沿湖路施工', language: 'zh-CN' }] },
        severityLevel: 'WARNING',
      },
    },
  ],
};
/** The spelling of the .proto, numbers where they fit, enumerators by number. */
const snake = JSON.parse(
  JSON.stringify(camel)
    .replace(
      /"([a-z]+(?:[A-Z][a-z]+)+)":/g,
      (_, name: string) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`,
    )
    .replace(/"(\d{10})"/g, '$1')
    .replace('"FULL_DATASET"', '0')
    .replace('"CONSTRUCTION"', '10')
    .replace('"WARNING"', '"3"'),
);
const textForm = `
# as protoc prints it
header { gtfs_realtime_version: "2.0" incrementality: FULL_DATASET timestamp: ${madeAtS} }
entity {
  id: "1";
  vehicle <
    trip { trip_id: 't7', start_date: "20260615", route_id: "r3" }
    position { latitude: 32.0425 longitude: 118.779f bearing: 9e1 speed: 8.5 }
    timestamp: ${madeAtS - 6}
    vehicle { id: "bus-" "1" label: "3\\350\\267\\257" }
  >
}
entity {
  id: "t"
  trip_update {
    trip { trip_id: "t7" start_date: "20260615" }
    stop_time_update: [{ stop_sequence: 4 arrival { delay: 90 time: ${madeAtS + 60} } stop_id: "s4" },
      { stop_sequence: 0x5 arrival { delay: -30 time: ${madeAtS + 600} } stop_id: "s5" }]
    timestamp: ${madeAtS - 2}
    [transit_realtime.nyct_trip] { train_id: "x" }
  }
}
entity { id: "a" alert {
  active_period { start: ${madeAtS - 3_600} end: ${madeAtS + 7_200} }
  informed_entity { route_id: "r3" }
  cause: CONSTRUCTION effect: DETOUR
  header_text { translation { text: "3\\u8def改道" language: "zh-CN" } translation { text: "Line 3 diverted" language: "en" } }
  description_text { translation { text: "沿湖路施工" language: "zh-CN" } }
  severity_level: WARNING
} }`;

/** On the wire every number with a fraction is in single precision. */
const single = (feed: unknown): unknown =>
  JSON.parse(JSON.stringify(feed), (_, value) =>
    typeof value === 'number' && !Number.isInteger(value) ? Math.fround(value) : value,
  );

describe('the four ways to write one feed', () => {
  const binary = read(feedOf(vehicleEntity(), tripEntity(), alertEntity()));
  it.each([
    ['JSON', 'json', camel],
    ['JSON with a byte order mark', 'json', `\ufeff${JSON.stringify(camel)}`],
    ['JSON in the spelling of the .proto', 'json', snake],
    ['text form', 'text', textForm],
  ])('%s', (_, form, body) => {
    expect(single(read(bytesOf(body)))).toEqual({ ...binary, form });
  });
});

describe('other people’s JSON', () => {
  const one = (entity: unknown) => read(bytesOf({ ...camel, entity: [entity] })).entities[0]!;

  it('passes over members it does not know, nulls, and known ones of another kind', () => {
    const vehicle = {
      ...camel.entity[0]!.vehicle,
      stop_id: null,
      passengers: 7,
      current_status: ['x'],
      occupancyStatus: {},
    };
    expect(one({ id: '1', vehicle })).toEqual(one(camel.entity[0]));
  });

  it('takes times in two halves, with a fraction, or as a text of either', () => {
    const at = (timestamp: unknown) =>
      one({ id: '1', vehicle: { ...camel.entity[0]!.vehicle, timestamp } }).vehicle?.timestamp;
    expect(at({ low: madeAtS, high: 0, unsigned: true })).toBe(madeAtS);
    expect(at({ low: -1, high: -1, unsigned: false })).toBeUndefined();
    expect([at(madeAtS + 0.75), at(`${madeAtS}.5`), at('1e3')]).toEqual([madeAtS, madeAtS, 1000]);
    expect([at('soon'), at(''), at([]), at(true), at('-5')]).toEqual(Array(5).fill(undefined));
  });

  it('takes ids that are numbers, a text where translations are due, words it does not know', () => {
    const alert = { ...camel.entity[2]!.alert, effect_detail: 'STATION_CLOSURE', cause: 'SOLAR_STORM' };
    const read = one({ id: 138754, alert });
    expect(read).toMatchObject({
      id: '138754',
      alert: { effectDetail: { translation: [{ text: 'STATION_CLOSURE' }] }, cause: -1 },
    });
    expect(read.deviations.map(({ flag }) => flag)).toEqual(['enum_unknown']);
  });
});

describe('what is refused', () => {
  it.each([
    ['{"header"', 'truncated'],
    ['{"header":{}}', 'schema'],
    ['{"features":[]}', 'not_protocol'],
    ['{"entity":[{"id":"1"}]}', 'schema'],
    ['{"header":{"gtfs_realtime_version":"2.0"}}}', 'syntax'],
    ['{"header":{"gtfs_realtime_version":"2.0"},"header":{}}', 'value'],
    [`{"header":${'['.repeat(30)}`, 'too_deep'],
    ['{"header":{"__proto__":{}}}', 'forbidden'],
    ['header { gtfs_realtime_version: "2.0"', 'truncated'],
    ['header { gtfs_realtime_version: "2.0 }', 'truncated'],
    ['header { gtfs_realtime_version: }', 'syntax'],
    ['header { gtfs_realtime_version "2.0" }', 'syntax'],
    ['header { gtfs_realtime_version: "\\q" }', 'syntax'],
    ['header { gtfs_realtime_version: "\\377" }', 'encoding'],
    ['header { constructor: 1 }', 'forbidden'],
    [`header ${'{a'.repeat(30)}`, 'too_deep'],
    ['entity { id: "1" }', 'schema'],
  ])('%s', (text, reason) => {
    expect(decode(bytesOf(text))).toMatchObject({ refused: reason });
  });

  it('an entity that is none costs only itself', () => {
    const feed = read(bytesOf({ ...camel, entity: [7, camel.entity[0], { vehicle: {} }] }));
    expect(feed.entities).toHaveLength(1);
    expect(feed.unreadable.map(({ refusal }) => refusal.detail)).toEqual([
      'entity 0: not an object',
      'entity 2: no id',
    ]);
  });
});
