import type { FeedRecord, Quality, QualityFlag, ReadingRecord, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { Refusal } from '../refusal.ts';
import { resolveMonth } from './clock.ts';
import type { Bound, Conditions, Metar, MetarDocument } from './message.ts';

const aheadMs = 5 * 60_000;
const longestRaw = 200;

/** What a report says of one property; a value of null was asked for and not measured. */
type Said = {
  readonly property: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly raw: Scalar;
  readonly rawUnit?: string | null;
  readonly statistic?: ReadingRecord['statistic'];
  readonly intervalS?: number;
  readonly bound?: Bound;
  /** A text has no value and is still good. */
  readonly text?: boolean;
};

/** Observations → a reading for each property they name. Forecasts are not readings: what they say is not so yet. */
export function map(document: MetarDocument, context: MapContext): readonly (FeedRecord | Refusal)[] {
  const observed = document.reports.flatMap((report) =>
    report.type === 'TAF' || report.nil ? [] : readingsOf(report, context),
  );
  return [...observed, ...document.unreadable];
}

function readingsOf(report: Metar, context: MapContext): ReadingRecord[] {
  if (report.issued === null) return [];
  const { day, hour, minute } = report.issued;
  const base = report.filedAt ?? context.receivedAt;
  const at = base === null ? null : resolveMonth(report.issued, base);
  const clock: QualityFlag[] = [];
  if (base !== null && at === null) clock.push('clock_invalid');
  if (at !== null && context.receivedAt !== null && at > context.receivedAt + aheadMs) clock.push('clock_ahead');
  const two = (value: number) => String(value).padStart(2, '0');
  const stamp = at === null ? `${two(day)}${two(hour)}${two(minute)}Z` : new Date(at).toISOString();
  return saidBy(report).map((said): ReadingRecord => {
    const statistic = said.statistic ?? 'instant';
    return {
      kind: 'reading',
      subject: { scheme: 'metar', key: report.station },
      observedAt: at,
      sourceAt: at,
      relayedAt: report.filedAt,
      receivedAt: context.receivedAt,
      geometry: null,
      crsReceived: context.crs,
      geometrySource: 'none',
      quality: judge(said, [...report.flags, ...clock]),
      dedupeKey: [`metar:${report.station}`, report.type, said.property, statistic, stamp].join('|'),
      revision: report.correction,
      privacy: 'none',
      property: said.property,
      statistic,
      intervalS: said.intervalS ?? null,
      value: said.value,
      unit: said.unit,
      rawValue: typeof said.raw === 'string' ? said.raw.slice(0, longestRaw) || null : said.raw,
      rawUnit: said.rawUnit ?? null,
      limit: null,
    };
  });
}

const harmless: ReadonlySet<QualityFlag> = new Set(['over_range', 'under_range', 'maintenance']);

/** "Ten kilometres or more" is a good reading with a limit to it. A unit that was assumed concerns the wind alone. */
function judge(said: Said, given: readonly QualityFlag[]): Quality {
  const flags = given.filter((flag) => flag !== 'unit_assumed' || said.property.startsWith('wind'));
  if (said.bound === 'more') flags.push('over_range');
  if (said.bound === 'less') flags.push('under_range');
  if (said.value === null && !said.text) return { state: 'missing', flags };
  return { state: flags.some((flag) => !harmless.has(flag)) ? 'suspect' : 'good', flags };
}

function saidBy(report: Metar): Said[] {
  const { conditions } = report;
  const said: Said[] = [
    ...windOf(conditions),
    ...visibilityOf(conditions),
    ...report.runwayRanges.map(
      ({ runway, metres, bound, raw }): Said => ({
        property: `runwayVisualRange.${runway}`,
        value: metres,
        unit: 'm',
        raw,
        bound,
      }),
    ),
    ...weatherOf(report),
    ...skyOf(conditions),
  ];
  if (report.temperatureRaw !== null) {
    const raw = report.temperatureRaw;
    said.push({ property: 'airTemperature', value: report.temperatureCel, unit: 'Cel', raw });
    said.push({ property: 'dewPoint', value: report.dewPointCel, unit: 'Cel', raw });
  }
  const [pressure] = report.pressures;
  if (pressure) {
    const rawUnit = pressure.raw.startsWith('A') ? "[in_i'Hg]" : 'hPa';
    said.push({ property: 'pressureQnh', value: pressure.hPa, unit: 'hPa', raw: pressure.raw, rawUnit });
  }
  if (report.rain) {
    const { raw, lastTenMinutesMm: value } = report.rain;
    said.push({ property: 'precipitation', value, unit: 'mm', raw, statistic: 'sum', intervalS: 600 });
  }
  if (report.sea) {
    const { raw, temperatureCel, waveM } = report.sea;
    said.push({ property: 'waterTemperature', value: temperatureCel, unit: 'Cel', raw });
    if (waveM !== null) said.push({ property: 'waveHeight', value: waveM, unit: 'm', raw });
  }
  return said;
}

const unitNames = { KT: '[kn_i]', MPS: 'm/s', KMH: 'km/h' } as const;

/** Variable and calm winds have no direction; that is said, with the words of the report. */
function windOf({ wind }: Conditions): Said[] {
  if (!wind) return [];
  const { raw, bound } = wind;
  const rawUnit = unitNames[wind.unit];
  const said: Said[] = [
    { property: 'windDirection', value: wind.directionDeg, unit: 'deg', raw, statistic: 'mean' },
    { property: 'windSpeed', value: wind.speedMps, unit: 'm/s', raw, rawUnit, statistic: 'mean', bound },
  ];
  if (wind.gustMps !== null)
    said.push({ property: 'windGust', value: wind.gustMps, unit: 'm/s', raw, rawUnit, statistic: 'max', bound });
  if (wind.fromDeg !== null) {
    said.push({ property: 'windDirectionFrom', value: wind.fromDeg, unit: 'deg', raw, statistic: 'min' });
    said.push({ property: 'windDirectionTo', value: wind.toDeg, unit: 'deg', raw, statistic: 'max' });
  }
  return said;
}

function visibilityOf({ cavok, visibility, visibilityTowards }: Conditions): Said[] {
  if (cavok && !visibility) return [{ property: 'visibility', value: 10_000, unit: 'm', raw: 'CAVOK', bound: 'more' }];
  const said: Said[] = [];
  if (visibility) {
    const { metres: value, bound, raw } = visibility;
    said.push({ property: 'visibility', value, unit: 'm', raw, rawUnit: raw.endsWith('SM') ? '[mi_us]' : 'm', bound });
  }
  const measured = visibilityTowards.filter((one) => one.metres !== null);
  const [worst] = [...measured].sort((one, other) => one.metres! - other.metres!);
  if (worst)
    said.push({ property: 'visibilityMinimum', value: worst.metres, unit: 'm', raw: worst.raw, statistic: 'min' });
  return said;
}

/** The words of the weather, and whether there is thunder: what somebody in a control room asks for first. */
function weatherOf({ conditions, auto }: Metar): Said[] {
  const now = conditions.weather.filter(({ recent }) => !recent);
  const raw = now.map((one) => one.raw).join(' ');
  if (conditions.weatherMissing || (auto && now.length === 0 && !conditions.cavok)) return [];
  const thunder = now.some(({ descriptors }) => descriptors.includes('TS'));
  const said: Said[] = [{ property: 'thunderstorm', value: thunder ? 1 : 0, unit: '1', raw }];
  if (raw !== '') said.push({ property: 'presentWeather', value: null, unit: null, raw, text: true });
  return said;
}

const covering = new Set(['BKN', 'OVC', 'VV']);

/** The lowest base of all, and the lowest that hides more than half of the sky (the ceiling). */
function skyOf({ clouds }: Conditions): Said[] {
  const bases = clouds.filter(({ amount, baseM }) => amount !== 'VV' && baseM !== null);
  const ceilings = clouds.filter(({ amount, baseM }) => covering.has(amount ?? '') && baseM !== null);
  const lowest = (list: typeof clouds) => [...list].sort((one, other) => one.baseM! - other.baseM!)[0];
  const said: Said[] = [];
  const [base, ceiling] = [lowest(bases), lowest(ceilings)];
  if (base) said.push({ property: 'cloudBase', value: base.baseM, unit: 'm', raw: base.raw });
  if (ceiling) said.push({ property: 'ceiling', value: ceiling.baseM, unit: 'm', raw: ceiling.raw });
  const vertical = clouds.find(({ amount }) => amount === 'VV');
  if (vertical) said.push({ property: 'verticalVisibility', value: vertical.baseM, unit: 'm', raw: vertical.raw });
  return said;
}
