import type { Alarm, QuietReason } from '@/server/domain/alarm.ts';
import type { Raising } from '@/server/domain/alarm-decide.ts';
import type { Told, Transition } from '@/server/domain/alarm-evaluate.ts';
import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import type { Rule } from '@/server/domain/rule.ts';
import type { Station } from '@/server/domain/station.ts';

/** Where records come from, as far as an alarm says so. */
export type AlarmSource = {
  readonly feed: string;
  readonly department: string | null;
  readonly reality: Alarm['reality'];
};

/** What a subject last said while it was on, and who it is. */
export type About = {
  readonly source: AlarmSource;
  readonly sample: AlarmSample;
  /** What the rule is about: the subject, or the site it is a part of. */
  readonly key: string;
  readonly property: string | null;
  readonly name: string | null;
  /** What it was held against: time alone raises an alarm after its delay. */
  readonly told: Told | null;
};

export type Knows = {
  readonly station: Station | null;
  readonly callSign: string | null;
  readonly quiet: QuietReason | null;
  readonly districtOf: (lonLat: readonly [number, number]) => string | null;
};

const textOf = (sample: AlarmSample): string =>
  sample.of === 'alert' ? sample.text : sample.of === 'feed' ? sample.state : '';

/** The alarm as it begins: what the rule says, what the subject said, and what the register knows of it. */
export function raisingOf(
  of: {
    readonly id: string;
    readonly rule: Rule;
    readonly about: About;
    readonly fact: Extract<Transition, { to: 'raise' }>;
  },
  { station, callSign, quiet, districtOf }: Knows,
): Raising {
  const { rule, about, fact } = of;
  const { sample, source } = about;
  const point = sample.lonLat ?? station?.lonLat ?? null;
  const lonLat: Alarm['lonLat'] = point && [point[0], point[1]];
  const own = sample.of === 'reading' || sample.of === 'capacity' ? sample.value : null;
  const told = fact.value === null ? about.told : fact;
  const unit = told?.unit ?? (sample.of === 'reading' ? sample.unit : null);
  return {
    to: 'raise',
    id: of.id,
    rule,
    subject: {
      scheme: sample.scheme,
      key: about.key,
      property: about.property,
      station: station?.id ?? null,
      feed: source.feed,
    },
    name: callSign ?? about.name ?? about.key,
    lonLat,
    district: station?.district ?? (lonLat ? districtOf(lonLat) : null),
    department: rule.owner ?? station?.department ?? source.department,
    reality: source.reality,
    at: fact.at,
    observedAt: fact.observedAt ?? sample.observedAt,
    value: told?.value ?? own,
    unit: unit?.slice(0, 64) ?? null,
    limit: told?.limit ?? null,
    parts: fact.parts,
    text: textOf(sample),
    callSign,
    call: sample.of === 'alert' ? sample.call : null,
    quiet,
  };
}

/** The one notice that the room gets instead of many alarms. */
export const floodRaising = (id: string, rule: Rule, at: number, collected: number): Raising => ({
  to: 'raise',
  id,
  rule,
  subject: { scheme: 'room', key: 'alarms', property: null, station: null, feed: null },
  name: rule.title['zh-CN'],
  lonLat: null,
  district: null,
  department: rule.owner,
  reality: 'actual',
  at,
  observedAt: null,
  value: collected,
  unit: null,
  limit: null,
  parts: [],
  text: '',
  callSign: null,
  call: null,
  quiet: null,
});
