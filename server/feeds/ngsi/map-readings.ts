import type { QualityFlag, ReadingRecord, Scalar } from '@/server/wire/record.ts';
import { cut, isObject } from '../read-json-document.ts';
import { measuredIn, ucumOf } from '../units.ts';
import {
  correctionOf,
  envelopeOf,
  heldIn,
  type NgsiContext,
  numberIn,
  stampOf,
  stateOf,
  whenOf,
  whenSaid,
} from './envelope.ts';
import { type Measure, measures } from './measures.ts';
import type { NgsiEntity, NgsiValue } from './message.ts';

/** What harvesters write where a sensor said nothing. No property of these models comes near them. */
const sentinels = new Set([-999, -9999, -99_999, -99_999_999, 9_999_999]);
const none = /^(?:nan|null|none|n\/a|-|--)$/i;
const longestRaw = 200;

type Said = {
  readonly value: number | null;
  readonly unit: string | null;
  readonly rawUnit: string | null;
  readonly flags: readonly QualityFlag[];
  readonly missing: boolean;
};

const turned = (degrees: number) => (degrees < 0 && degrees >= -180 ? degrees + 360 : degrees);

function said({ value, unitCode }: NgsiValue, measure: Measure): Said | null {
  const { unit } = measure;
  const rawUnit = unitCode === null ? null : cut(unitCode, 512);
  const missing = (...flags: QualityFlag[]): Said => ({ value: null, unit, rawUnit, flags, missing: true });
  if (measure.truth && typeof value === 'boolean')
    return { value: value ? 1 : 0, unit, rawUnit, flags: [], missing: false };
  if (value === null || (typeof value === 'string' && none.test(value.trim()))) return missing();
  const number = numberIn(value);
  // A truth stands where a converter took 0 and 1 for one; words are another attribute's business.
  if (number === null) return typeof value === 'boolean' ? missing('partial') : null;
  if (sentinels.has(number)) return missing('sentinel_value');
  // Below one per cent no air is: who writes 0.54 and a unit of per cent means the model's share.
  const dry = measure.property === 'relativeHumidity' && number > 0 && number < 1 && ucumOf(unitCode ?? '') === '%';
  if (dry)
    return { value: Number((number * 100).toPrecision(12)), unit, rawUnit, flags: ['unit_assumed'], missing: false };
  if (measure.fraction && unitCode === null) {
    const share = number >= 0 && number <= 1;
    const flags: QualityFlag[] = share ? [] : number > 1 && number <= 100 ? ['unit_assumed'] : ['over_range'];
    return { value: Number((share ? number * 100 : number).toPrecision(12)), unit, rawUnit, flags, missing: false };
  }
  const ucum = unitCode === null ? null : ucumOf(unitCode);
  if (unitCode !== null && ucum === null)
    return { value: number, unit: null, rawUnit, flags: ['enum_unknown'], missing: false };
  const measured = measuredIn(number, ucum ?? measure.sent ?? unit ?? '1', unit);
  const flags: QualityFlag[] = unitCode === null && measure.open ? ['unit_assumed'] : [];
  const turns = measure.direction && measured.unit === 'deg';
  if (turns && (turned(measured.value) < 0 || turned(measured.value) > 360)) flags.push('over_range');
  return {
    value: turns ? turned(measured.value) : measured.value,
    unit: measured.unit,
    rawUnit,
    flags,
    missing: false,
  };
}

/** An entity of observations → a reading for each value that its model knows. */
export function mapReadings(entity: NgsiEntity, context: NgsiContext): ReadingRecord[] {
  const table = measures.get(entity.type);
  if (!table) return [];
  const whole = whenOf(entity, context);
  const { envelope, flags: place } = envelopeOf(entity, context);
  const limit = entity.type === 'FloodMonitoring' ? numberIn(heldIn(entity, 'alertLevel')) : null;
  const taken = new Set<string>();
  return Object.entries(entity.attributes).flatMap(([name, values]) => {
    const measure = Object.hasOwn(table, name) ? (table[name] as Measure) : null;
    if (!measure) return [];
    return values.flatMap(overTime).flatMap((value): ReadingRecord[] => {
      const found = said(value, measure);
      if (!found) return [];
      const when = value.observedAt === null ? whole : whenSaid(value.observedAt, context);
      const statistic = value.statistic ?? measure.statistic ?? (when.intervalS === null ? 'instant' : 'mean');
      const flags = new Set<QualityFlag>([...found.flags, ...when.flags, ...place]);
      const subject = envelope.subject.key;
      const source = value.datasetId === null ? '' : `#${cut(value.datasetId, 200)}`;
      const stamp = stampOf(when.at, context.receivedAt);
      const dedupeKey = ['ngsi', subject, measure.property + source, statistic, stamp].join('|');
      // Two names for one fact (PM25, pm25): the first says it.
      if (taken.has(dedupeKey)) return [];
      taken.add(dedupeKey);
      return [
        {
          kind: 'reading',
          ...envelope,
          observedAt: when.at,
          quality: { state: found.missing ? 'missing' : stateOf(flags), flags: [...flags] },
          dedupeKey,
          revision: correctionOf(when.at, envelope.sourceAt),
          property: measure.property,
          statistic,
          intervalS: when.intervalS,
          value: found.value,
          unit: found.unit,
          rawValue: rawOf(value.value),
          rawUnit: found.rawUnit,
          limit: measure.property === 'waterLevel' ? limit : null,
        },
      ];
    });
  });
}

const statistics = { instValue: 'instant', avgOverTime: 'mean', minOverTime: 'min', maxOverTime: 'max' } as const;
type Timed = NgsiValue & { readonly statistic?: ReadingRecord['statistic'] };

/** `{avgOverTime, minOverTime, maxOverTime, instValue}` are four values of one attribute. */
function overTime(held: NgsiValue): Timed[] {
  const { value: of } = held;
  if (!isObject(of) || !Object.keys(statistics).some((name) => Object.hasOwn(of, name))) return [held];
  return Object.entries(statistics).flatMap(([name, statistic]) => {
    const value = of[name];
    return value === undefined ? [] : [{ ...held, value, statistic }];
  });
}

const rawOf = (value: NgsiValue['value']): Scalar =>
  typeof value === 'string' ? cut(value, longestRaw) : typeof value === 'object' ? null : value;
