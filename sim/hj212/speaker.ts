import type { Saying } from '../link/confirmed-line.ts';
import type { Station } from '../stations/station.ts';
import { commands, confirmKey, packets, realTimeGroups, requestNumber, summaryGroups } from './message.ts';

/** Decimals that instruments of a factor show; one where nothing is said. */
const decimals: Readonly<Record<string, number>> = { a21005: 2, w01001: 2, w21003: 3, w21011: 3, w00000: 1 };
const hourMs = 3_600_000;
/** The old loggers, by the last digit of their number. */
const splitsAt = 420;

type Sum = { min: number; max: number; sum: number; count: number };
type Hour = { readonly startMs: number; readonly sums: Map<string, Sum> };

/** What each station logs: the value of the moment at every turn, and lowest, mean and highest of each hour behind it. */
export function hj212Speaker(password: string) {
  const hours = new Map<string, Hour>();

  const saying = (
    station: Station,
    command: string,
    of: { sentMs: number; dataAtMs: number; groups: string[] },
  ): Saying[] => {
    const { key: mn } = station;
    const qn = requestNumber(of.sentMs);
    const most = mn.endsWith('7EF0000') ? splitsAt : undefined;
    // Digits 9 and 10 of a device number name the kind of site.
    return packets({ st: mn.slice(8, 10), mn, password }, command, {
      qn,
      dataAtMs: of.dataAtMs,
      groups: of.groups,
      most,
    }).map((bytes, index) => ({ bytes, key: confirmKey(mn, qn, index + 1) }));
  };

  function closed(station: Station, { startMs, sums }: Hour, sentMs: number): Saying[] {
    const groups = summaryGroups(
      [...sums].map(([code, { min, max, sum, count }]) => ({
        code,
        min,
        max,
        avg: sum / count,
        decimals: decimals[code] ?? 1,
        mark: 'N',
      })),
    );
    return saying(station, commands.hour, { sentMs, dataAtMs: startMs + hourMs, groups });
  }

  return (station: Station, values: ReadonlyMap<string, number>, atMs: number): Saying[] => {
    const startMs = Math.floor(atMs / hourMs) * hourMs;
    const before = hours.get(station.key);
    const ended = before && before.startMs < startMs ? closed(station, before, atMs + 1) : [];
    const hour = before && before.startMs === startMs ? before : { startMs, sums: new Map<string, Sum>() };
    hours.set(station.key, hour);
    for (const [code, value] of values) {
      const sum = hour.sums.get(code);
      if (!sum) hour.sums.set(code, { min: value, max: value, sum: value, count: 1 });
      else {
        sum.min = Math.min(sum.min, value);
        sum.max = Math.max(sum.max, value);
        sum.sum += value;
        sum.count += 1;
      }
    }
    const samples = [...values].map(([code, value]) => ({
      code,
      value,
      decimals: decimals[code] ?? 1,
      mark: 'N' as const,
    }));
    return [
      ...saying(station, commands.realTime, { sentMs: atMs, dataAtMs: atMs, groups: realTimeGroups(samples) }),
      ...ended,
    ];
  };
}
