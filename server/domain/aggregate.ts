import type { z } from 'zod';
import { type Alarm, alarmEventKinds, applyAlarm } from './alarm.ts';
import { applyFeed, type Feed, feedEventKinds } from './feed.ts';
import type { Incident } from './incident.ts';
import { applyIncident, incidentEventKinds } from './incident-event.ts';
import { applyPlan, type Plan, planEventKinds } from './plan.ts';
import { applyDepartment, type Department, departmentEventKinds } from './presence.ts';
import { applyRule, type Rule, ruleEventKinds } from './rule.ts';
import { applySignal, type Signal, signalEventKinds } from './signal.ts';
import { applyStation, type Station, stationEventKinds } from './station.ts';
import { applyUnit, type Unit, unitEventKinds } from './unit.ts';
import { applyWarning, type Warning, warningEventKinds } from './warning.ts';

/** What the log holds: each kind's streams are `<kind>/<id>`, and each has one projection, made by `apply` alone. */
export type AggregateStates = {
  incident: Incident;
  signal: Signal;
  unit: Unit;
  department: Department;
  warning: Warning;
  feed: Feed;
  station: Station;
  rule: Rule;
  alarm: Alarm;
  plan: Plan;
};
export type AggregateKind = keyof AggregateStates;
export type AggregateState<K extends AggregateKind> = AggregateStates[K];

export type Aggregate<State = unknown> = {
  readonly events: Readonly<Record<string, z.ZodType>>;
  apply(current: State | null, event: { kind: string; content: unknown }): State;
};

/** The store checks `content` by `events` before it applies, so the narrow event types hold. */
const aggregate = <State, Event extends { kind: string; content: unknown }>(
  events: Readonly<Record<Event['kind'], z.ZodType>>,
  apply: (current: State | null, event: Event) => State,
): Aggregate<State> => ({ events, apply: (current, event) => apply(current, event as Event) });

export const aggregates: { readonly [K in AggregateKind]: Aggregate<AggregateStates[K]> } = {
  incident: aggregate(incidentEventKinds, applyIncident),
  signal: aggregate(signalEventKinds, applySignal),
  unit: aggregate(unitEventKinds, applyUnit),
  department: aggregate(departmentEventKinds, applyDepartment),
  warning: aggregate(warningEventKinds, applyWarning),
  feed: aggregate(feedEventKinds, applyFeed),
  station: aggregate(stationEventKinds, applyStation),
  rule: aggregate(ruleEventKinds, applyRule),
  alarm: aggregate(alarmEventKinds, applyAlarm),
  plan: aggregate(planEventKinds, applyPlan),
};

export const aggregateKinds = Object.keys(aggregates) as AggregateKind[];
