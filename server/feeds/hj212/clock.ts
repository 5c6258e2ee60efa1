import type { QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { beijingMs, judgeClock } from '../source-clock.ts';
import { commands } from './commands.ts';
import type { Measure } from './measures.ts';
import type { Hj212Message } from './message.ts';
import type { Hj212Options } from './options.ts';

/** Data older than this against its own message was asked for, or kept back while the line was down. */
const promptMs = 10 * 60_000;
/** A time as sent may be any text; what tells values apart needs no more of it. */
const longestName = 64;

export type Clock = {
  /** The end of the interval. */
  readonly observedAt: number | null;
  readonly sourceAt: number | null;
  readonly intervalS: number | null;
  /** The time as it was sent, so that a value sent again has the same key whatever the options. */
  readonly name: string;
  readonly flags: readonly QualityFlag[];
};

/** The times of the values of one message; most share one. */
export function clockOf(message: Hj212Message, context: MapContext<Hj212Options>): (measure: Measure) => Clock {
  const { QN } = message.header;
  const sourceAt = QN === undefined ? null : beijingMs(QN);
  const interval = commands[message.command]?.interval ?? null;
  const intervalS = interval === 'minutes' ? context.options.minuteIntervalS : interval;
  /** RF=1: the sender says that it sends again what could not be sent in its time. */
  const sentAgain = message.header.RF === '1';
  const read = new Map<string, Clock>();

  return ({ dataTime, sampleTime }) => {
    /** An analyser that needs an hour for a sample reports the same sample many times. */
    const sampled = sampleTime !== null && beijingMs(sampleTime) !== null;
    const digits = sampled ? sampleTime : dataTime;
    const name = `${sampled ? 's' : 'd'}${digits ?? ''}`;
    const before = read.get(name);
    if (before) return before;
    const clock = digits === null ? timeless() : timed(digits, sampled);
    read.set(name, clock);
    return clock;
  };

  function timeless(): Clock {
    return { observedAt: null, sourceAt, intervalS, name: `QN${QN ?? ''}`.slice(0, longestName), flags: ['partial'] };
  }

  function timed(digits: string, sampled: boolean): Clock {
    const stated = judgeClock(beijingMs(digits), context.receivedAt);
    const shiftMs = !sampled && context.options.dataTime === 'start' ? (intervalS ?? 0) * 1_000 : 0;
    const observedAt = stated.at === null ? null : stated.at + shiftMs;
    const flags = [...stated.flags];
    const lateMs = promptMs + 2 * (intervalS ?? 0) * 1_000;
    const isLate = !sampled && observedAt !== null && sourceAt !== null && sourceAt - observedAt > lateMs;
    if (isLate || sentAgain) flags.push('backfill');
    return { observedAt, sourceAt, intervalS, name: digits.slice(0, longestName), flags };
  }
}
