import { completeFromRegister } from '@/server/ops/complete-from-register.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import type { FeedPorts } from './feed-ports.ts';
import type { StationRegister } from './station-register.ts';

/** Whatever a record is used for, it has been completed from the register before. */
export function completingPorts(ports: FeedPorts, register: Pick<StationRegister, 'stationOf'>): FeedPorts {
  const complete = <Kind extends FeedRecord>(record: Kind): Kind =>
    completeFromRegister(record, register.stationOf(record.subject.scheme, record.subject.key)) as Kind;
  return {
    ...ports,
    durable: (feedId, records, origin) => ports.durable(feedId, records.map(complete), origin),
    readingsNow: (feedId, records, ...rest) => ports.readingsNow?.(feedId, records.map(complete), ...rest),
    readings: (records, ...rest) => ports.readings(records.map(complete), ...rest),
  };
}
