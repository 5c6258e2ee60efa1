'use client';
import { useMemo } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useNow } from '@/components/ui/clock.ts';
import type { Grade } from '@/server/domain/scale.ts';
import { type AlarmRow, rowsOf } from './alarm-order.ts';

const minuteMs = 60_000;

/** Every alarm that stands, with the grade of its incident. Shelves end by the clock: looked at once a minute, and at every change. */
export function useAlarmRows(): { readonly rows: readonly AlarmRow[]; readonly ready: boolean } {
  const records = useRecords((all) => ({
    alarms: all.all('alarm'),
    signals: all.all('signal'),
    incidents: all.all('incident'),
    ready: all.position !== null,
  }));
  const minute = Math.floor((useNow() ?? 0) / minuteMs) * minuteMs;
  const rows = useMemo(() => {
    const gradeOf = (signal: string): Grade | null => {
      const incident = records.signals.get(signal)?.body.incident;
      return incident ? (records.incidents.get(incident)?.body.grade ?? null) : null;
    };
    return rowsOf(
      Array.from(records.alarms.values(), (held) => held.body),
      gradeOf,
      minute,
    );
  }, [records.alarms, records.signals, records.incidents, minute]);
  return { rows, ready: records.ready };
}
