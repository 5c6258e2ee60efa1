import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import {
  feedOf,
  float,
  header,
  madeAtS,
  message,
  read,
  text,
  tripEntity,
  varint,
  vehicleEntity,
  whole,
} from './testing/build.ts';

const group = (field: number, ...parts: number[][]) => [
  ...varint(field * 8 + 3),
  ...parts.flat(),
  ...varint(field * 8 + 4),
];
const only = (from: Uint8Array) => read(from).entities[0]!;

describe('the wire format', () => {
  it('reads a feed without entities: nothing is on the road now', () => {
    expect(feedOf().length).toBe(15);
    expect(read(feedOf())).toMatchObject({ form: 'binary', producedAt: madeAtS * 1000, entities: [], unreadable: [] });
  });

  it('reads a vehicle laid out by hand', () => {
    expect(only(feedOf(vehicleEntity())).vehicle).toEqual({
      trip: { tripId: 't7', startDate: '20260615', routeId: 'r3' },
      position: { latitude: Math.fround(32.0425), longitude: Math.fround(118.779), bearing: 90, speed: 8.5 },
      timestamp: madeAtS - 6,
      vehicle: { id: 'bus-1', label: '3路' },
    });
  });

  it('steps over extensions, groups and fields of later editions, wherever they are', () => {
    const strange = [
      ...message(1001, text(1, 'NYCT')),
      ...group(9001, whole(1, 5), group(2, text(3, 'x')), float(4, 1)),
      ...varint(1002 * 8 + 1),
      ...[1, 2, 3, 4, 5, 6, 7, 8],
      ...whole(536_870_911, 1n << 63n),
    ];
    const plain = only(feedOf(vehicleEntity()));
    expect(only(feedOf(vehicleEntity('1', strange)))).toEqual(plain);
    expect(read(Uint8Array.from([...strange, ...feedOf(vehicleEntity()), ...strange])).entities).toEqual([plain]);
  });

  it('takes a field in a wire type that it cannot have for an unknown one', () => {
    expect(only(feedOf(vehicleEntity('1', text(5, 'noon')))).vehicle?.timestamp).toBe(madeAtS - 6);
    expect(only(feedOf(vehicleEntity('1', whole(7, 9)))).vehicle).not.toHaveProperty('stopId');
  });

  it('joins a message sent in pieces, and lets the last of a plain field stand', () => {
    const pieces = [
      ...message(2, float(4 - 1, 45)),
      ...message(8, text(3, '苏A')),
      ...whole(5, madeAtS),
      ...whole(5, madeAtS - 1),
    ];
    const { vehicle } = only(feedOf(vehicleEntity('1', pieces)));
    expect(vehicle?.position).toMatchObject({ latitude: Math.fround(32.0425), bearing: 45 });
    expect(vehicle).toMatchObject({ vehicle: { id: 'bus-1', licensePlate: '苏A' }, timestamp: madeAtS - 1 });
  });

  it('reads negative numbers, and enumerators it does not know as their numbers', () => {
    const { tripUpdate } = only(feedOf(tripEntity('t', [...whole(5, -120)])));
    expect(tripUpdate).toMatchObject({ delay: -120, stopTimeUpdate: [{}, { arrival: { delay: -30 } }] });
    const { vehicle, deviations } = only(feedOf(vehicleEntity('1', [...whole(9, 42), ...whole(4, 1)])));
    expect(vehicle).toMatchObject({ occupancyStatus: 42, currentStatus: 'STOPPED_AT' });
    expect(deviations).toContainEqual({ rule: 'enum', detail: 'unknown value 42', flag: 'enum_unknown' });
  });

  it('reads all that a carriage says', () => {
    const carriage = message(11, text(1, 'c1'), text(2, '1号车'), whole(3, 3), whole(4, -1), whole(5, 1));
    expect(only(feedOf(vehicleEntity('1', carriage))).vehicle?.multiCarriageDetails).toEqual([
      { id: 'c1', label: '1号车', occupancyStatus: 'STANDING_ROOM_ONLY', occupancyPercentage: -1, carriageSequence: 1 },
    ]);
  });

  it('reads shapes, stops and modifications of trips, and makes nothing of them', () => {
    const extra = message(
      2,
      text(1, 'm'),
      message(
        8,
        message(1, text(1, 't1'), text(1, 't2'), text(2, 'sh')),
        text(3, '20260615'),
        message(4, whole(3, 120), message(4, whole(1, 30), text(2, 's'))),
      ),
    );
    const feed = read(feedOf(extra, message(2, text(1, 'sh'), message(6, text(1, 'sh'), text(2, '_p~iF')))));
    expect(feed.unreadable).toEqual([]);
    expect(feed.entities[0]?.tripModifications).toEqual({
      selectedTrips: [{ tripIds: ['t1', 't2'], shapeId: 'sh' }],
      serviceDates: ['20260615'],
      modifications: [{ propagatedModificationDelay: 120, replacementStops: [{ travelTimeToStop: 30, stopId: 's' }] }],
    });
  });
});

describe('what cannot be read', () => {
  it('one bad entity never loses the others', () => {
    const latin = message(2, text(1, 'bad'), message(4, [0x3a, 0x01, 0xe9]));
    const torn = message(2, text(1, 'torn'), [0x22, 0x7f, 0x01]);
    const feed = read(feedOf(vehicleEntity('1'), latin, torn, vehicleEntity('2')));
    expect(feed.entities.map(({ id }) => id)).toEqual(['1', '2']);
    expect(feed.unreadable.map(({ id, refusal }) => [id, refusal.refused])).toEqual([
      ['bad', 'encoding'],
      ['torn', 'truncated'],
    ]);
  });

  it('a feed cut at any byte is refused, or is the shorter feed that it then is', () => {
    const whole = feedOf(vehicleEntity('1'), tripEntity(), vehicleEntity('2'));
    const ends = [header, vehicleEntity('1'), tripEntity(), vehicleEntity('2')].map((part) => part.length);
    const sound = new Set(ends.map((_, index) => ends.slice(0, index + 1).reduce((sum, length) => sum + length, 0)));
    for (let length = 4; length < whole.length; length++) {
      const feed = decode(whole.subarray(0, length));
      if (sound.has(length)) expect(feed, `${length}`).toMatchObject({ unreadable: [] });
      else expect(feed, `${length}`).toMatchObject({ refused: 'truncated' });
    }
  });

  it.each([
    ['nothing', [], 'empty'],
    ['zeros', [0, 0, 0, 0], 'not_protocol'],
    ['a web page', [...Buffer.from('<!DOCTYPE html><html></html>')], 'not_protocol'],
    ['a compressed body', [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0], 'not_protocol'],
    ['no header', vehicleEntity(), 'schema'],
    ['a header without a version', message(1, whole(3, madeAtS)), 'schema'],
    ['a version to come', message(1, text(1, '3.0')), 'unsupported'],
    ['fields of another message', whole(7, 1), 'not_protocol'],
    ['a varint that never ends', [...header, ...Array<number>(11).fill(0x80)], 'syntax'],
    ['a group that never ends', [...header, ...varint(50 * 8 + 3), ...whole(1, 1)], 'truncated'],
    ['groups without end', [...header, ...Array.from({ length: 40 }, () => varint(50 * 8 + 3)).flat()], 'too_deep'],
    [
      'more entities than a country has',
      [...header, ...Array.from({ length: 50_001 }, () => [0x12, 0]).flat()],
      'too_large',
    ],
  ])('%s', (_, bytes, reason) => {
    expect(decode(Uint8Array.from(bytes))).toMatchObject({ refused: reason });
  });

  it('texts and lists without end cost their entity', () => {
    const long = vehicleEntity('long', text(7, 'x'.repeat(65_537)));
    const many = vehicleEntity('many', Array.from({ length: 5_001 }, () => [0x5a, 0]).flat());
    const { unreadable, entities } = read(feedOf(long, many, vehicleEntity('1')));
    expect(unreadable.map(({ refusal }) => refusal.refused)).toEqual(['too_large', 'too_large']);
    expect(entities).toHaveLength(1);
  });
});
