import type { FeedRecord, Quality, QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { judgeClock } from '../source-clock.ts';
import { elementNamed, hourArrayNamed } from './elements.ts';
import type { ElementValue, Sl651Message } from './message.ts';
import type { Sl651Options } from './options.ts';
import { stationMs } from './station-time.ts';

/** A value this much older than its message was asked for, or kept back while the line was down. */
const promptMs = 10 * 60_000;
const testReport = '30';
const longestName = 64;
const longestRaw = 2_000;
/** The duration of a rainfall is no measurement of its own. */
const notMeasured = new Set(['DT']);

/** Elements of a station's report → reading records. What a centre sends becomes none. */
export function map(message: Sl651Message, context: MapContext<Sl651Options>): readonly FeedRecord[] {
  if (message.header.direction === 'down') return [];
  const clock = clockOf(message, context.receivedAt);
  const records: ReadingRecord[] = [];
  const keys = new Map<string, number>();
  for (const element of message.elements) {
    if (notMeasured.has(element.identifier)) continue;
    const read = reading(message, element, { context, clock: clock(element) });
    const before = keys.get(read.dedupeKey) ?? 0;
    keys.set(read.dedupeKey, before + 1);
    /** Gates of several groups in one report: the second is no correction of the first. */
    records.push(before === 0 ? read : { ...read, dedupeKey: `${read.dedupeKey}|${before + 1}` });
  }
  return records;
}

type Clock = {
  readonly observedAt: number | null;
  readonly sourceAt: number | null;
  /** Tells the values of one element apart. */
  readonly name: string;
  readonly flags: readonly QualityFlag[];
};
type Surroundings = { readonly context: MapContext; readonly clock: Clock };

function reading(message: Sl651Message, element: ElementValue, { context, clock }: Surroundings): ReadingRecord {
  const { receivedAt, crs } = context;
  const key = element.station ?? message.reportStation ?? message.header.station;
  const meaning = hourArrayNamed(element.identifier) ?? elementNamed(element.identifier);
  const statistic = meaning?.statistic ?? 'instant';
  const value = element.doubt === 'sentinel' ? null : element.value;
  const flags: QualityFlag[] = [...message.flags, ...clock.flags];
  if (element.doubt === 'sentinel') flags.push('sentinel_value');
  if (element.doubt === 'unreadable') flags.push('sensor_fault');
  if (message.functionCode === testReport) flags.push('test');
  const stepS = element.stepS ?? null;
  const intervalS = statistic === 'sum' ? (meaning?.intervalS ?? stepS) : null;
  return {
    kind: 'reading',
    subject: { scheme: 'sl651', key },
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: null,
    receivedAt,
    geometry: null,
    crsReceived: crs,
    geometrySource: 'none',
    quality: judge(element, flags),
    dedupeKey: `sl651:${key}|${element.identifier}|${statistic}|${clock.name}`,
    revision: 0,
    privacy: 'none',
    property: element.identifier,
    statistic,
    intervalS,
    value,
    unit: meaning?.unit ?? null,
    rawValue: element.value ?? element.raw.slice(0, longestRaw),
    rawUnit: meaning?.unit ?? null,
    limit: null,
  };
}

const harmless: ReadonlySet<QualityFlag> = new Set(['backfill', 'partial', 'length_bad']);

function judge({ value, doubt }: ElementValue, flags: readonly QualityFlag[]): Quality {
  const all = flags.length > 1 ? [...new Set(flags)] : [...flags];
  if (doubt === 'unreadable') return { state: 'bad', flags: all };
  if (value === null || doubt !== null) return { state: 'missing', flags: all };
  return { state: all.every((flag) => harmless.has(flag)) ? 'good' : 'suspect', flags: all };
}

/** The time of the observation; where a report has none, that of the message. Most elements of a message share one. */
function clockOf(message: Sl651Message, receivedAt: number | null): (element: ElementValue) => Clock {
  const sourceAt = message.sendTimeBcd === null ? null : stationMs(message.sendTimeBcd);
  let lastDigits: string | null = null;
  let lastStated: number | null = null;
  return ({ observeTimeBcd, offsetS = 0 }) => {
    const digits = observeTimeBcd ?? message.sendTimeBcd ?? '';
    if (digits !== lastDigits) {
      lastDigits = digits;
      lastStated = stationMs(digits);
    }
    const clock = judgeClock(lastStated === null ? null : lastStated + offsetS * 1_000, receivedAt);
    const late = clock.at !== null && sourceAt !== null && sourceAt - clock.at > promptMs;
    const flags = late ? [...clock.flags, 'backfill' as const] : clock.flags;
    /** A station whose clock was never set repeats its times: then the serial number tells its reports apart. */
    const name = clock.at === null ? `${digits}+${offsetS}#${message.serial ?? ''}` : String(clock.at / 1_000);
    return { observedAt: clock.at, sourceAt, name: name.slice(0, longestName), flags };
  };
}
