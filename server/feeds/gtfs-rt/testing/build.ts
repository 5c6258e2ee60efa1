export { bodyOf as bytesOf } from '../../testing/bytes.ts';

import type { AlertRecord, FeedRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../../refusal.ts';
import { decode } from '../decode.ts';
import { map } from '../map.ts';
import type { RtFeed } from '../message.ts';

/** Protocol Buffers by hand: bytes of fields, so that a vector can be written as it lies on the wire. */
export const varint = (value: number | bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
};
export const whole = (field: number, value: number | bigint): number[] => [...varint(field * 8), ...varint(value)];
export const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
export const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);
export const message = (field: number, ...parts: number[][]): number[] => bytes(field, parts.flat());
export const float = (field: number, value: number): number[] => {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return [...varint(field * 8 + 5), ...four];
};

/** 2026-06-15 08:30:00 in Nanjing. */
export const madeAtS = 1_781_483_400;
export const header = message(1, text(1, '2.0'), whole(2, 0), whole(3, madeAtS));
export const feedOf = (...entities: number[][]): Uint8Array => Uint8Array.from([...header, ...entities.flat()]);

export const vehicleEntity = (id = '1', more: number[] = []): number[] =>
  message(
    2,
    text(1, id),
    message(
      4,
      message(1, text(1, 't7'), text(3, '20260615'), text(5, 'r3')),
      message(2, float(1, 32.0425), float(2, 118.779), float(3, 90), float(5, 8.5)),
      whole(5, madeAtS - 6),
      message(8, text(1, `bus-${id}`), text(2, '3路')),
      more,
    ),
  );

export const tripEntity = (id = 't', more: number[] = []): number[] =>
  message(
    2,
    text(1, id),
    message(
      3,
      message(1, text(1, 't7'), text(3, '20260615')),
      message(2, whole(1, 4), message(2, whole(1, 90), whole(2, madeAtS + 60)), text(4, 's4')),
      message(2, whole(1, 5), message(2, whole(1, -30), whole(2, madeAtS + 600)), text(4, 's5')),
      whole(4, madeAtS - 2),
      more,
    ),
  );

export const alertEntity = (id = 'a', headerText = '3路改道', more: number[] = []): number[] =>
  message(
    2,
    text(1, id),
    message(
      5,
      message(1, whole(1, madeAtS - 3_600), whole(2, madeAtS + 7_200)),
      message(5, text(2, 'r3')),
      whole(6, 10),
      whole(7, 4),
      message(
        10,
        message(1, text(1, headerText), text(2, 'zh-CN')),
        message(1, text(1, 'Line 3 diverted'), text(2, 'en')),
      ),
      message(11, message(1, text(1, '沿湖路施工'), text(2, 'zh-CN'))),
      whole(14, 3),
      more,
    ),
  );

/** A snapshot in the JSON mapping. */
export const jsonOf = (...entity: object[]) => ({
  header: { gtfsRealtimeVersion: '2.0', incrementality: 'FULL_DATASET', timestamp: String(madeAtS) },
  entity,
});
export const vehicleJson = (more: object = {}, position: object = {}) => ({
  id: '1',
  vehicle: {
    trip: { tripId: 't7' },
    vehicle: { id: 'bus-1' },
    position: { latitude: 32.0425, longitude: 118.779, ...position },
    timestamp: String(madeAtS - 6),
    ...more,
  },
});
export const stopJson = (sequence: number, more: object = {}) => ({
  stopSequence: sequence,
  stopId: `s${sequence}`,
  arrival: { delay: 60, time: String(madeAtS + sequence * 60) },
  ...more,
});
export const tripJson = (stopTimeUpdate: object[], trip: object = {}, more: object = {}) => ({
  id: 't',
  tripUpdate: { trip: { tripId: 't7', ...trip }, stopTimeUpdate, timestamp: String(madeAtS - 2), ...more },
});
export const alertJson = (more: object = {}) => ({
  id: 'a',
  alert: {
    informedEntity: [{ routeId: 'r3' }],
    headerText: { translation: [{ text: '3路改道', language: 'zh-CN' }] },
    ...more,
  },
});

export function read(from: Uint8Array): RtFeed {
  const feed = decode(from);
  if (isRefusal(feed)) throw new Error(`${feed.refused}: ${feed.detail}`);
  return feed;
}

export const now = madeAtS * 1000 + 2_000;
export const mapped = (feed: RtFeed, options: { stops?: boolean } = {}): readonly (FeedRecord | Refusal)[] =>
  map(feed, { receivedAt: now, crs: 'wgs84', options });
export const recordsOf = (from: Uint8Array): FeedRecord[] =>
  mapped(read(from)).filter((one): one is FeedRecord => !isRefusal(one));
export const positionOf = (from: Uint8Array) => recordsOf(from)[0] as PositionRecord;
export const readingsOf = (from: Uint8Array) => recordsOf(from) as ReadingRecord[];
export const alertsOf = (from: Uint8Array) => recordsOf(from) as AlertRecord[];
