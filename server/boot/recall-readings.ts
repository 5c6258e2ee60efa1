import type { LatestReadings } from '@/server/live/latest-readings.ts';
import type { History } from '@/server/store/store.ts';
import { isExtreme } from './feed-ports.ts';
import { lineOf } from './reading-update.ts';
import type { StationRegister } from './station-register.ts';

const recalledMs = 24 * 3_600_000;

export type RecallInto = {
  readonly readings: Pick<LatestReadings, 'update' | 'sweep'>;
  readonly register: Pick<StationRegister, 'stationOf'>;
  readonly now: number;
};

/** After a restart: what stations of the register read last, with the true times, so that nothing looks fresher than it is. */
export async function recallReadings(history: Pick<History, 'lastReadings'>, into: RecallInto): Promise<void> {
  const { readings, register, now } = into;
  for (const row of await history.lastReadings(now - recalledMs)) {
    const slash = row.subject.indexOf('/');
    const subject = { scheme: row.subject.slice(0, slash), key: row.subject.slice(slash + 1) };
    const station = slash > 0 ? register.stationOf(subject.scheme, subject.key) : null;
    if (!station || isExtreme(row.property)) continue;
    readings.update({
      ...lineOf(register.stationOf, subject, row.property),
      feed: 'history',
      department: station.department,
      value: row.value,
      unit: row.unit,
      observedAt: row.at,
      receivedAt: row.receivedAt,
      quality: row.quality,
      maximum: null,
      intervalS: null,
      expectedIntervalS: null,
    });
  }
  readings.sweep(now);
}
