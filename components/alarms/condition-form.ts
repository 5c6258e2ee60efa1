import type { FeedState } from '@/server/domain/feed.ts';
import type { SimpleCondition, statistics } from '@/server/domain/rule.ts';
import type { RuleFault } from '@/server/domain/rule-fault.ts';
import type { StationKind, ThresholdLevel } from '@/server/domain/station.ts';
import { namesIn, numberIn, ringsIn, textOfRings } from './read-cell.ts';

type Of<Kind extends SimpleCondition['of']> = Extract<SimpleCondition, { of: Kind }>;
export const againstWays = ['number', 'limit', 'threshold', 'share'] as const;
export type AgainstWay = (typeof againstWays)[number];

/** One condition as it is written: the fields of all kinds, of which a kind reads its own. */
export type ConditionForm = {
  readonly of: SimpleCondition['of'];
  /** What is measured, what there is of it, what a device says, or what is set in a position. */
  readonly names: string;
  readonly exceptNames: string;
  readonly schemes: string;
  readonly exceptSchemes: string;
  readonly stationKinds: readonly StationKind[];
  readonly statistics: readonly (typeof statistics)[number][];
  readonly as: Of<'reading'>['as'];
  readonly unit: string;
  readonly when: 'above' | 'below';
  readonly against: AgainstWay;
  readonly value: string;
  readonly level: ThresholdLevel;
  readonly share: string;
  readonly deadBand: string;
  readonly event: Of<'position'>['event'];
  readonly area: string;
  readonly dwellS: string;
  readonly dwellM: string;
  readonly states: readonly FeedState[];
  readonly alarms: string;
  readonly withinS: string;
  readonly endsBelow: string;
};
export type ConditionFaults = Readonly<Record<string, RuleFault | 'missing' | 'number'>>;

export const emptyCondition = (of: SimpleCondition['of']): ConditionForm => ({
  ...{ of, names: '', exceptNames: '', schemes: '', exceptSchemes: '', stationKinds: [], statistics: [] },
  ...{ as: 'value', unit: '', when: of === 'capacity' ? 'below' : 'above', against: 'number', value: '' },
  ...{
    level: 'alarm',
    share: '',
    deadBand: '0',
    event: 'inside',
    area: '',
    dwellS: '600',
    dwellM: '100',
    states: ['stale', 'down'],
  },
  ...{ alarms: '10', withinS: '600', endsBelow: '5' },
});

/** A share is written in percent, without the dust of the division. */
const percent = (share: number): string => String(Math.round(share * 1e8) / 1e6);
const list = (names: readonly string[]): string => names.join('、');

function againstForm(value: Of<'reading'>['value']): Partial<ConditionForm> {
  if (typeof value === 'number') return { against: 'number', value: String(value) };
  if ('limit' in value) return { against: 'limit' };
  if ('threshold' in value) return { against: 'threshold', level: value.threshold };
  return { against: 'share', share: percent(value.shareOfMaximum) };
}

export function formOfCondition(of: SimpleCondition): ConditionForm {
  const empty = emptyCondition(of.of);
  switch (of.of) {
    case 'reading':
    case 'capacity': {
      const { schemes, stationKinds, when, value, deadBand } = of;
      const common = { ...empty, schemes: list(schemes), stationKinds, when, deadBand: String(deadBand) };
      const against = againstForm(value);
      if (of.of === 'capacity') return { ...common, ...against, names: list(of.resources) };
      return {
        ...common,
        ...against,
        names: list(of.properties),
        exceptNames: list(of.except.properties),
        exceptSchemes: list(of.except.schemes),
        statistics: of.statistics,
        as: of.as,
        unit: of.unit ?? '',
      };
    }
    case 'position': {
      const { event, flags, area, dwellS, dwellM, schemes } = of;
      const dwell = { dwellS: dwellS === null ? '' : String(dwellS), dwellM: dwellM === null ? '' : String(dwellM) };
      return { ...empty, event, names: list(flags), area: textOfRings(area), ...dwell, schemes: list(schemes) };
    }
    case 'alert':
      return { ...empty, names: list(of.events), schemes: list(of.schemes) };
    case 'feed':
      return { ...empty, states: of.states };
    case 'flood':
      return {
        ...empty,
        alarms: String(of.alarms),
        withinS: String(of.withinS),
        endsBelow: String(of.endsBelow),
      };
  }
}

/** The condition that a form says; what is no number or missing is named by its field, and the condition is then not to be used. */
export function conditionOf(form: ConditionForm): {
  readonly condition: SimpleCondition;
  readonly faults: ConditionFaults;
} {
  const faults: Record<string, ConditionFaults[string]> = {};
  const number = (field: 'value' | 'share' | 'deadBand' | 'dwellS' | 'dwellM' | 'alarms' | 'withinS' | 'endsBelow') => {
    const value = numberIn(form[field]);
    if (value === null) faults[field] = 'number';
    return value ?? 0;
  };
  const optional = (field: 'dwellS' | 'dwellM') => (form[field].trim() === '' ? null : number(field));
  const against = (): Of<'reading'>['value'] => {
    switch (form.against) {
      case 'number':
        return number('value');
      case 'limit':
        return { limit: 'message' };
      case 'threshold':
        return { threshold: form.level };
      case 'share':
        return { shareOfMaximum: number('share') / 100 };
    }
  };
  const measured = () => ({
    schemes: namesIn(form.schemes),
    stationKinds: [...form.stationKinds],
    when: form.when,
    value: against(),
    deadBand: number('deadBand'),
  });
  const read = (): SimpleCondition => {
    switch (form.of) {
      case 'reading':
        return {
          of: 'reading',
          properties: namesIn(form.names),
          except: { properties: namesIn(form.exceptNames), schemes: namesIn(form.exceptSchemes) },
          statistics: [...form.statistics],
          as: form.as,
          unit: form.unit.trim() || null,
          ...measured(),
        };
      case 'capacity':
        if (form.against === 'limit') faults.against = 'condition';
        return { of: 'capacity', resources: namesIn(form.names), ...measured() };
      case 'position': {
        const { event } = form;
        const rings = event === 'sos' || event === 'flag' ? [] : ringsIn(form.area);
        if (rings === null) faults.area = 'area';
        const dwells = event === 'dwell';
        return {
          of: 'position',
          event,
          flags: event === 'flag' ? namesIn(form.names) : [],
          area: rings ?? [],
          dwellS: dwells ? optional('dwellS') : null,
          dwellM: dwells ? optional('dwellM') : null,
          schemes: namesIn(form.schemes),
        };
      }
      case 'alert': {
        const events = namesIn(form.names);
        if (events.length === 0) faults.names = 'missing';
        return { of: 'alert', events, schemes: namesIn(form.schemes) };
      }
      case 'feed':
        if (form.states.length === 0) faults.states = 'missing';
        return { of: 'feed', states: [...form.states] };
      case 'flood':
        return { of: 'flood', alarms: number('alarms'), withinS: number('withinS'), endsBelow: number('endsBelow') };
    }
  };
  const condition = read();
  return { condition, faults };
}
