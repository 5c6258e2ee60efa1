import type { Saying } from '../link/confirmed-line.ts';
import { random } from '../random.ts';
import type { Station } from '../stations/station.ts';
import { confirmKey } from './frame.ts';
import { asciiReport, classes, type Element, hourlyRain, isElement, type Report, report } from './report.ts';

const centre = 0x05;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** One in so many stations is of the older make that speaks in characters. */
const asciiShare = 0.08;

type Memory = { serial: number; minute: number; hour: number; readonly rains: (number | null)[] };

/**
 * What each telemetry station says: a timed report (32) at its turn, an extra one (33) when its water moves, and behind each full hour of
 * a rain gauge the hour's twelve five-minute sums (34). Its clock knows no seconds, so it says one thing a minute at most.
 */
export function sl651Speaker(password: number) {
  const memories = new Map<string, Memory>();
  const isAscii = (station: Station) => random('sl651', station.key).chance(asciiShare);
  const known = (station: Station, atMs: number): Memory => {
    const memory = memories.get(station.key) ?? { serial: 0, minute: -1, hour: Math.floor(atMs / hourMs), rains: [] };
    memories.set(station.key, memory);
    return memory;
  };

  return (
    station: Station,
    values: ReadonlyMap<string, number>,
    { atMs, extra }: { atMs: number; extra: boolean },
  ): Saying[] => {
    const memory = known(station, atMs);
    const minute = Math.floor(atMs / minuteMs);
    if (minute === memory.minute) return [];
    memory.minute = minute;
    const elements: Element[] = [...values].flatMap(([name, value]) => (isElement(name) ? [{ name, value }] : []));
    const base = (observedAtMs: number): Report => {
      memory.serial = (memory.serial % 0xffff) + 1;
      return {
        head: { centre, station: station.key, password },
        class: station.kind === 'rain' ? classes.rain : classes.river,
        serial: memory.serial,
        sentAtMs: atMs,
        observedAtMs,
        elements,
      };
    };
    const said = (of: Report, bytes: Uint8Array): Saying => ({ bytes, key: confirmKey(of.head.station, of.serial) });
    const kind = extra ? 'extra' : 'timed';
    const first = base(minute * minuteMs);
    const sayings = [said(first, isAscii(station) ? asciiReport(first, kind) : report(first, kind))];

    const five = values.get('PN05');
    if (five !== undefined && !extra) memory.rains.push(five);
    const hour = Math.floor(atMs / hourMs);
    if (hour > memory.hour && five !== undefined) {
      const rains = memory.rains.splice(0).slice(-12);
      const row = [...Array.from({ length: 12 - rains.length }, () => null), ...rains];
      const full: Report = { ...base(hour * hourMs), elements: elements.filter(({ name }) => name === 'P1') };
      sayings.push(said(full, hourlyRain(full, row)));
    }
    memory.hour = hour;
    return sayings;
  };
}
