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
/** The duration of a rainfall is no measurement of its own. */
const notMeasured = new Set(['DT']);

/** Elements of a station's report → reading records. What a centre sends becomes none. */
export function map(message: Sl651Message, context: MapContext<Sl651Options>): readonly FeedRecord[] {
  if (message.header.direction === 'down') return [];
  return message.elements
    .filter(({ identifier }) => !notMeasured.has(identifier))
    .map((element) => reading(message, element, context));
}

function reading(message: Sl651Message, element: ElementValue, { receivedAt, crs }: MapContext): ReadingRecord {
  const key = message.reportStation ?? message.header.station;
  const meaning = hourArrayNamed(element.identifier) ?? elementNamed(element.identifier);
  const statistic = meaning?.statistic ?? 'instant';
  const clock = readClocks(message, element, receivedAt);
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
    dedupeKey: [`sl651:${key}`, element.identifier, statistic, clock.name].join('|'),
    revision: 0,
    privacy: 'none',
    property: element.identifier,
    statistic,
    intervalS,
    value,
    unit: meaning?.unit ?? null,
    rawValue: element.value ?? element.raw,
    rawUnit: meaning?.unit ?? null,
    limit: null,
  };
}

const harmless: ReadonlySet<QualityFlag> = new Set(['backfill', 'partial']);

function judge({ value, doubt }: ElementValue, flags: readonly QualityFlag[]): Quality {
  const all = [...new Set(flags)];
  if (doubt === 'unreadable') return { state: 'bad', flags: all };
  if (value === null || doubt !== null) return { state: 'missing', flags: all };
  return { state: all.every((flag) => harmless.has(flag)) ? 'good' : 'suspect', flags: all };
}

/** The time of the observation; where a report has none, that of the message. */
function readClocks(message: Sl651Message, element: ElementValue, receivedAt: number | null) {
  const sourceAt = message.sendTimeBcd === null ? null : stationMs(message.sendTimeBcd);
  const digits = element.observeTimeBcd ?? message.sendTimeBcd ?? '';
  const stated = stationMs(digits);
  const offsetMs = (element.offsetS ?? 0) * 1_000;
  const clock = judgeClock(stated === null ? null : stated + offsetMs, receivedAt);
  const flags = [...clock.flags];
  if (clock.at !== null && sourceAt !== null && sourceAt - clock.at > promptMs) flags.push('backfill');
  /** A station whose clock was never set repeats its times: then the serial number tells its reports apart. */
  const name =
    clock.at === null ? `${digits}+${element.offsetS ?? 0}#${message.serial ?? ''}` : String(clock.at / 1_000);
  return { observedAt: clock.at, sourceAt, flags, name };
}
