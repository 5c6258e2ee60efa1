import { type AlarmSample, type AlertSample, inUnit, type PositionSample } from './alarm-sample.ts';
import type { Condition, SimpleCondition } from './rule.ts';
import type { Measure, Station } from './station.ts';

/** What is remembered of one condition about one part of a subject. */
export type Atom = {
  readonly on: boolean;
  /** Of the newest sample that said something, by the source's clock. */
  readonly at: number;
  /** For an alert that is open: what it is called. */
  readonly reference: string | null;
  /** For dwelling: where it stopped, and when. */
  readonly anchor: { readonly lonLat: readonly [number, number]; readonly at: number } | null;
};
export const noAtom: Atom = { on: false, at: Number.NEGATIVE_INFINITY, reference: null, anchor: null };
/** From an alarm that stood when the server started. */
export const restoredAtom: Atom = { ...noAtom, on: true };

/** `value` and `limit` in the unit in which they were compared. */
export type Judged = {
  readonly atom: Atom;
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: string | null;
};

const named = (names: readonly string[], name: string): boolean =>
  names.some((one) => one.toLowerCase() === name.toLowerCase());
const schemeFits = (schemes: readonly string[], scheme: string): boolean =>
  schemes.length === 0 || schemes.includes(scheme);

/** Whether a condition has an opinion on such a sample at all. */
export function speaksOf(condition: SimpleCondition, sample: AlarmSample, station: Station | null): boolean {
  if (condition.of === 'flood' || condition.of !== sample.of) return false;
  switch (condition.of) {
    case 'reading': {
      if (sample.of !== 'reading' || !schemeFits(condition.schemes, sample.scheme)) return false;
      if (condition.properties.length > 0 && !named(condition.properties, sample.property)) return false;
      if (named(condition.except.properties, sample.property) || condition.except.schemes.includes(sample.scheme))
        return false;
      const { statistics } = condition;
      const counts =
        statistics.length > 0 ? statistics.includes(sample.statistic) : !/^(min|max)$/.test(sample.statistic);
      return counts && kindFits(condition.stationKinds, station);
    }
    case 'capacity':
      return (
        sample.of === 'capacity' &&
        schemeFits(condition.schemes, sample.scheme) &&
        (condition.resources.length === 0 || named(condition.resources, sample.property)) &&
        kindFits(condition.stationKinds, station)
      );
    case 'position':
      return schemeFits(condition.schemes, sample.scheme);
    case 'alert':
      return (
        sample.of === 'alert' && schemeFits(condition.schemes, sample.scheme) && eventFits(condition.events, sample)
      );
    case 'feed':
      return true;
  }
}

/** False: `judge` says nothing of it, whatever is remembered. Asked of every record before anything is looked up. */
export function maySay(condition: Condition, sample: AlarmSample, station: Station | null): boolean {
  const says = (one: SimpleCondition): boolean => {
    if (!speaksOf(one, sample, station)) return false;
    const needsLimit = one.of === 'reading' && typeof one.value === 'object' && 'limit' in one.value;
    return !(needsLimit && sample.of === 'reading' && sample.limit === null);
  };
  if ('all' in condition) return condition.all.some(says);
  return 'any' in condition ? condition.any.some(says) : says(condition);
}

const kindFits = (kinds: readonly string[], station: Station | null): boolean =>
  kinds.length === 0 || (station !== null && kinds.includes(station.kind));

/** The end of something may be called otherwise than its beginning (火灾报警, 火警解除): it is known by what it refers to. */
const eventFits = (events: readonly string[], sample: AlertSample): boolean =>
  sample.ends !== null || events.some((prefix) => sample.event.startsWith(prefix));

export const measureOf = (station: Station | null, property: string): Measure | null =>
  station?.measures.find((of) => of.property.toLowerCase() === property.toLowerCase()) ?? null;

type Limit = { readonly value: number; readonly strict: boolean; readonly unit: string | null };
type ValueCondition = Extract<SimpleCondition, { of: 'reading' | 'capacity' }>;

/** `null`: it is not known now; `gone`: nobody states one any more. */
function limitOf(
  condition: ValueCondition,
  sample: Extract<AlarmSample, { of: 'reading' | 'capacity' }>,
  station: Station | null,
): Limit | null | 'gone' {
  const { value } = condition;
  const own = condition.of === 'reading' ? condition.unit : null;
  if (typeof value === 'number') return { value, strict: false, unit: own };
  if ('limit' in value) {
    if (sample.of !== 'reading' || sample.limit === null) return null;
    return { value: sample.limit, strict: true, unit: sample.unit };
  }
  const measure = measureOf(station, sample.property);
  if ('threshold' in value) {
    const found = measure?.thresholds.find((of) => of.level === value.threshold && of.when === condition.when);
    return found ? { value: found.value, strict: false, unit: measure?.unit ?? null } : 'gone';
  }
  const maximum = (sample.of === 'capacity' ? sample.maximum : null) ?? measure?.maximum ?? null;
  return maximum === null
    ? null
    : { value: maximum * value.shareOfMaximum, strict: false, unit: measure?.unit ?? null };
}

/** Once reached it stays until the value has come back by the dead-band: a float that bobs on the line is one alarm. */
export function passes(
  value: number,
  limit: { readonly value: number; readonly strict: boolean },
  how: { readonly when: 'above' | 'below'; readonly deadBand: number; readonly was: boolean },
): boolean {
  const over = how.when === 'above' ? value - limit.value : limit.value - value;
  const grain = 1e-9 * Math.max(1, Math.abs(limit.value));
  const reached = limit.strict ? over > grain : over >= -grain;
  return reached || (how.was && how.deadBand > 0 && over > -how.deadBand + grain);
}

function judgeValue(condition: ValueCondition, sample: AlarmSample, station: Station | null, was: Atom): Judged | null {
  if (sample.of !== 'reading' && sample.of !== 'capacity') return null;
  const limit = limitOf(condition, sample, station);
  if (limit === null) return null;
  const nothing = { value: null, limit: null, unit: null };
  if (limit === 'gone') return was.on ? { atom: { ...was, on: false, at: sample.at }, ...nothing } : null;
  const rate = condition.of === 'reading' && condition.as === 'per-hour' && sample.of === 'reading';
  if (rate && (sample.statistic !== 'sum' || !sample.intervalS)) return null;
  const said = rate ? (sample.value * 3_600) / (sample.intervalS ?? 3_600) : sample.value;
  const unit = sample.of === 'reading' ? sample.unit : null;
  // A rate is told in the unit of its sum, so that `mm` stands for `mm/h` on both sides.
  const value = inUnit(said, unit, limit.unit);
  if (value === null) return null;
  const on = passes(value, limit, { when: condition.when, deadBand: condition.deadBand, was: was.on });
  const told = limit.unit ?? unit;
  return { atom: { ...was, on, at: sample.at }, value, limit: limit.value, unit: rate && told ? `${told}/h` : told };
}

type Point = readonly [number, number];

/** Even-odd rule over all rings, so that a hole is outside. */
export function inside([x, y]: Point, rings: readonly (readonly Point[])[]): boolean {
  let within = false;
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x1, y1] = ring[at] as Point;
      const [x2, y2] = ring[before] as Point;
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
    }
  return within;
}

/** Good enough below a few kilometres, which is all that dwelling is about. */
export function metresBetween([x1, y1]: Point, [x2, y2]: Point): number {
  const eastM = (x2 - x1) * 111_320 * Math.cos(((y1 + y2) / 2) * (Math.PI / 180));
  return Math.hypot(eastM, (y2 - y1) * 110_574);
}

function judgePosition(
  condition: Extract<SimpleCondition, { of: 'position' }>,
  sample: PositionSample,
  was: Atom,
): Atom | null {
  const next = (on: boolean, anchor: Atom['anchor'] = null): Atom => ({ ...was, on, at: sample.at, anchor });
  if (condition.event === 'sos') return next(sample.flags.has('alarm.emergency'));
  if (condition.event === 'flag') return next(condition.flags.some((flag) => sample.flags.has(flag)));
  // Nobody knows where it is: that says neither "in" nor "out".
  if (sample.lonLat === null) return null;
  const within = condition.area.length === 0 || inside(sample.lonLat, condition.area);
  if (condition.event === 'inside') return next(within);
  if (condition.event === 'outside') return next(!within);
  if (!within) return next(false);
  const { anchor } = was;
  const stayed = anchor !== null && metresBetween(anchor.lonLat, sample.lonLat) <= (condition.dwellM ?? 100);
  const from = stayed ? anchor : { lonLat: sample.lonLat, at: sample.at };
  return next(sample.at - from.at >= (condition.dwellS ?? 0) * 1_000, from);
}

function judgeAlert(sample: AlertSample, was: Atom): Atom | null {
  if (sample.ends === null) return { ...was, on: true, at: sample.at, reference: sample.reference };
  if (!was.on) return null;
  const meant = was.reference === null || sample.ends.length === 0 || sample.ends.includes(was.reference);
  return meant ? { ...was, on: false, at: sample.at, reference: null } : null;
}

/** What a sample makes of one condition; null: it says nothing about it. */
export function judge(
  condition: SimpleCondition,
  sample: AlarmSample,
  { station, was }: { readonly station: Station | null; readonly was: Atom },
): Judged | null {
  if (sample.at < was.at || !speaksOf(condition, sample, station)) return null;
  const bare = (atom: Atom | null): Judged | null => atom && { atom, value: null, limit: null, unit: null };
  switch (condition.of) {
    case 'reading':
    case 'capacity':
      return judgeValue(condition, sample, station, was);
    case 'position':
      return sample.of === 'position' ? bare(judgePosition(condition, sample, was)) : null;
    case 'alert':
      return sample.of === 'alert' ? bare(judgeAlert(sample, was)) : null;
    case 'feed':
      return sample.of === 'feed' ? bare({ ...was, on: condition.states.includes(sample.state), at: sample.at }) : null;
    case 'flood':
      return null;
  }
}
