import type { Alarm, AlarmEvent, QuietReason } from './alarm.ts';
import { mayBeHidden, mostParts } from './alarm.ts';
import type { PartFact } from './alarm-evaluate.ts';
import { type Refused, refused } from './refusal.ts';
import type { Rule } from './rule.ts';
import type { Grade } from './scale.ts';
import type { Who } from './who.ts';

/** What the engine found, for the record. `id` is the alarm's: one rule about one subject. */
export type Raising = {
  readonly to: 'raise';
  readonly id: string;
  readonly rule: Rule;
  readonly subject: Alarm['subject'];
  readonly name: string;
  readonly lonLat: Alarm['lonLat'];
  readonly district: string | null;
  readonly department: string | null;
  readonly reality: Alarm['reality'];
  readonly at: number;
  readonly observedAt: number | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly limit: number | null;
  readonly parts: readonly PartFact[];
  readonly text: string;
  readonly callSign: string | null;
  /** Number of the call that it came as: its signal is the alarm's. */
  readonly call: string | null;
  readonly quiet: QuietReason | null;
};
export type AlarmChange =
  | Raising
  | { readonly to: 'join'; readonly id: string; readonly part: PartFact }
  | {
      readonly to: 'clear';
      readonly id: string;
      readonly at: number;
      readonly observedAt: number | null;
      readonly value: number | null;
      readonly cause: 'normal' | 'rule-off';
    }
  | { readonly to: 'chatter'; readonly id: string; readonly since: number | null };

const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const partOf = ({ key, text, at }: PartFact) => ({ key: clip(key, 256), text: clip(text, 500), at });

export function alarmOf(change: Raising, current: Alarm | null): Alarm {
  const { rule, parts } = change;
  const shelved =
    current?.shelved && current.shelved.until > change.at && rule.priority !== 'P1' ? current.shelved : null;
  return {
    id: change.id,
    rule: rule.id,
    title: rule.title,
    subject: change.subject,
    name: clip(change.name, 200),
    lonLat: change.lonLat,
    district: change.district,
    department: change.department,
    reality: change.reality,
    priority: rule.priority,
    raises: rule.raises,
    quiet: shelved && change.quiet === null ? 'shelved' : change.quiet,
    text: clip(change.text, 2_000),
    callSign: change.callSign,
    state: 'active',
    cycle: (current?.cycle ?? 0) + 1,
    value: change.value,
    unit: change.unit,
    limit: change.limit,
    observedAt: change.observedAt,
    raisedAt: change.at,
    clearedAt: null,
    acknowledged: null,
    shelved,
    chatteringSince: current?.chatteringSince ?? null,
    parts: parts.slice(0, mostParts).map(partOf),
    partCount: parts.length,
    signal: null,
  };
}

/**
 * A change that the record has already is none: after a fault the engine says again what it is not sure was heard.
 * `signal` of a raising is for the caller, who knows what became of the last one.
 */
export function decideAlarm(current: Alarm | null, change: AlarmChange): AlarmEvent[] {
  if (change.to === 'raise')
    return current?.state === 'active' ? [] : [{ kind: 'alarmRaised', content: { alarm: alarmOf(change, current) } }];
  if (!current) return [];
  if (change.to === 'chatter')
    return current.chatteringSince === change.since
      ? []
      : [{ kind: 'alarmChattering', content: { since: change.since } }];
  if (current.state !== 'active') return [];
  if (change.to === 'join')
    return current.parts.some((part) => part.key === change.part.key)
      ? []
      : [{ kind: 'alarmJoined', content: { part: partOf(change.part) } }];
  const { at, observedAt, value, cause } = change;
  return [{ kind: 'alarmCleared', content: { at, observedAt, value, cause } }];
}

type By = { readonly by: Who; readonly now: number };

export function acknowledgeAlarm(of: Alarm, { by, now }: By): AlarmEvent[] | Refused {
  if (of.acknowledged) return refused('wrong_state', 'acknowledged', { by: of.acknowledged.by });
  if (of.raises === 'status') return refused('wrong_state', 'status');
  return [{ kind: 'alarmAcknowledged', content: { by, at: now } }];
}

/** Longest shelf [prov]: one shift; who needs more looks again. */
export const longestShelfMs = 12 * 3_600_000;

export function shelveAlarm(
  of: Alarm,
  shelf: { readonly until: number; readonly reason: string; readonly grade: Grade | null },
  { by, now }: By,
): AlarmEvent[] | Refused {
  if (!mayBeHidden(of, shelf.grade)) return refused('wrong_state', shelf.grade ? `grade ${shelf.grade}` : of.priority);
  if (!shelf.reason.trim()) return refused('reason_missing');
  if (shelf.until <= now) return refused('date_in_past');
  if (shelf.until > now + longestShelfMs) return refused('bad_input', 'until');
  return [{ kind: 'alarmShelved', content: { until: shelf.until, reason: shelf.reason.trim(), by, at: now } }];
}

/** By a person, or by the clock at `dueAt`. A shelf that was changed meanwhile has a clock of its own. */
export function unshelveAlarm(
  of: Alarm,
  { by, now, dueAt }: { readonly by: Who | null; readonly now: number; readonly dueAt: number | null },
): AlarmEvent[] | Refused {
  if (!of.shelved || (dueAt !== null && of.shelved.until !== dueAt)) return refused('wrong_state', 'not shelved');
  return [{ kind: 'alarmUnshelved', content: { by, at: now, dueAt } }];
}
