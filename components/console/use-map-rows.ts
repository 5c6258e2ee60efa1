'use client';
import { useLocale } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import { live } from '@/components/live/live.ts';
import { paced } from '@/components/live/paced.ts';
import { useReadings, useRecords } from '@/components/live/use-live.ts';
import { serverNow } from '@/components/ui/clock.ts';
import { type AlertRow, alertRows } from './alert-rows.ts';
import { type StationRow, sharedStationRows } from './station-rows.ts';
import { type VesselNames, type VesselRow, vesselRows, vesselSlots } from './vessel-rows.ts';

const same = { equal: Object.is };

/** Every station of the register with what it reads, the worst first; renders at most once a second. */
export function useStationRows(): readonly StationRow[] {
  const stations = useRecords((records) => records.all('station'), { ...same, hz: 1 });
  const readings = useReadings((all) => all.all(), { ...same, hz: 1 });
  return useMemo(() => sharedStationRows(stations, readings), [stations, readings]);
}

export function useAlertRows(): readonly AlertRow[] {
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const records = useRecords((all) => ({
    warnings: all.all('warning'),
    alarms: all.all('alarm'),
    stations: all.all('station'),
    signals: all.all('signal'),
  }));
  return useMemo(() => {
    const { warnings, alarms, stations, signals } = records;
    const of = { warnings: warnings.values(), alarms: alarms.values(), stations };
    return alertRows(of, signals, { now: serverNow(), locale });
  }, [records, locale]);
}

const names: VesselNames = {
  unitOf: live.unitOf,
  registered: (unit) => live.records.get('unit', unit)?.body ?? null,
};
let slots: { version: number; units: unknown; high: number; held: ReadonlySet<number> } | null = null;
/** Which slots are ships now. */
export function currentVesselSlots(): ReadonlySet<number> {
  const { high } = live.getUnitArrays();
  const [version, units] = [live.slotsVersion(), live.records.all('unit')];
  if (slots?.version !== version || slots.units !== units || slots.high !== high)
    slots = { version, units, high, held: vesselSlots(high, names) };
  return slots.held;
}

let rows: { version: number; held: ReadonlySet<number>; rows: readonly VesselRow[] } | null = null;
/** The ships in view as they are now; made once for each picture. */
export function currentVessels(): readonly VesselRow[] {
  const units = live.getUnitArrays();
  const held = currentVesselSlots();
  if (rows?.version !== units.version || rows.held !== held)
    rows = { version: units.version, held, rows: vesselRows(units, held, names) };
  return rows.rows;
}

const everySecond = paced((listener) => live.subscribeTick(listener), 1);
let told: readonly VesselRow[] = [];
const subscribe = (listener: () => void): (() => void) => {
  told = currentVessels();
  return everySecond(() => {
    told = currentVessels();
    listener();
  });
};
const none: readonly VesselRow[] = [];
/** The same for React: a new list at most once a second. */
export const useVesselRows = (): readonly VesselRow[] =>
  useSyncExternalStore(
    subscribe,
    () => told,
    () => none,
  );
