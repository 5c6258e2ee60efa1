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
  readonly onError: (error: unknown, facts: Record<string, unknown>) => void;
};

/**
 * After a restart: what stations of the register read last, with the true times, so that nothing looks fresher than it is. A history
 * that answers too late (somebody made up stations without end) does not keep the server from starting: they are heard of as they report.
 */
export async function recallReadings(history: Pick<History, 'lastReadings'>, into: RecallInto): Promise<void> {
  const { readings, register, now, onError } = into;
  const rows = await history.lastReadings(now - recalledMs).catch((error: unknown) => {
    onError(error, { recall: 'readings' });
    return [];
  });
  for (const row of rows) {
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
