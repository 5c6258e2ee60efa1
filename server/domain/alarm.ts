import { z } from 'zod';
import { signalId } from './ids.ts';
import { type Grade, priorities } from './scale.ts';
import { at, who } from './who.ts';

/**
 * One rule about one subject: raised and cleared again and again, each time a new cycle. Cleared does not mean seen: an alarm leaves
 * the list when it is over and somebody has acknowledged it (ISA-18.2 §5.4 states).
 */
export const alarmStates = ['active', 'cleared'] as const;

export const quietReasons = ['flood', 'shelved', 'chatter', 'status'] as const;
export type QuietReason = (typeof quietReasons)[number];

export const alarmPart = z.object({ key: z.string().max(256), text: z.string().max(500), at });
/** Enough to tell what is on fire; the rest is counted. */
export const mostParts = 50;

export const alarm = z.object({
  id: z.string().min(1).max(128),
  rule: z.string().max(64),
  title: z.object({ 'zh-CN': z.string().max(500), en: z.string().max(500) }),
  subject: z.object({
    scheme: z.string().max(64),
    key: z.string().max(256),
    property: z.string().max(128).nullable(),
    station: z.string().max(330).nullable(),
    feed: z.string().max(128).nullable(),
  }),
  name: z.string().max(200),
  lonLat: z.tuple([z.number(), z.number()]).nullable(),
  district: z.string().max(32).nullable(),
  department: z.string().max(64).nullable(),
  reality: z.enum(['actual', 'exercise', 'test']),
  priority: z.enum(priorities),
  /** As its rule says: for a person to judge, for a person to act on, or a line. */
  raises: z.enum(['signal', 'alarm', 'status']),
  /** Why it came without a sound: collected under a flood notice, shelved, going on and off, or no more than a line. Null: announced. */
  quiet: z.enum(quietReasons).nullable(),
  /** What the device itself said. */
  text: z.string().max(2_000),
  /** The unit whose terminal it is. */
  callSign: z.string().max(200).nullable(),
  state: z.enum(alarmStates),
  cycle: z.number().int().min(1),
  value: z.number().nullable(),
  unit: z.string().max(64).nullable(),
  limit: z.number().nullable(),
  /** Two clocks: when it was true at the source, when we raised it. */
  observedAt: at.nullable(),
  raisedAt: at,
  clearedAt: at.nullable(),
  acknowledged: z.object({ by: who, at }).nullable(),
  /** Out of the list until then; raising again does not ring. Never for grade I or II, nor P1. */
  shelved: z.object({ until: at, reason: z.string().max(2_000), by: who, at }).nullable(),
  /** Since when it has gone on and off more often than anybody can follow; null: calm. */
  chatteringSince: at.nullable(),
  parts: z.array(alarmPart).max(mostParts),
  partCount: z.number().int().min(0),
  signal: signalId.nullable(),
});
export type Alarm = z.infer<typeof alarm>;

export const alarmEventKinds = {
  /** A new cycle; the whole alarm as it begins. */
  alarmRaised: z.object({ alarm }),
  /** Another part of the same thing. */
  alarmJoined: z.object({ part: alarmPart }),
  alarmCleared: z.object({
    at,
    observedAt: at.nullable(),
    value: z.number().nullable(),
    /** `rule-off`: nobody looks for it any more, which is not the same as "it is over". */
    cause: z.enum(['normal', 'rule-off']),
  }),
  alarmAcknowledged: z.object({ by: who, at }),
  alarmShelved: z.object({ until: at, reason: z.string().max(2_000), by: who, at }),
  /** `by` null: its time had come, at `dueAt`; a server that was away then is late, and `at` says so. */
  alarmUnshelved: z.object({ by: who.nullable(), at, dueAt: at.nullable() }),
  /** The signal made for it after the raising: when it came out from under a shelf. */
  alarmSignalled: z.object({ signal: signalId }),
  alarmChattering: z.object({ since: at.nullable() }),
} as const;

type Content<K extends keyof typeof alarmEventKinds> = z.infer<(typeof alarmEventKinds)[K]>;
export type AlarmEvent = {
  [K in keyof typeof alarmEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof alarmEventKinds];

export function applyAlarm(current: Alarm | null, event: AlarmEvent): Alarm {
  if (event.kind === 'alarmRaised') return event.content.alarm;
  if (!current) throw new Error(`${event.kind} before alarmRaised`);
  switch (event.kind) {
    case 'alarmJoined': {
      const known = current.parts.some((part) => part.key === event.content.part.key);
      if (known) return current;
      const room = current.parts.length < mostParts;
      return {
        ...current,
        parts: room ? [...current.parts, event.content.part] : current.parts,
        partCount: current.partCount + 1,
      };
    }
    case 'alarmCleared':
      return { ...current, state: 'cleared', clearedAt: event.content.at };
    case 'alarmAcknowledged':
      return { ...current, acknowledged: event.content };
    case 'alarmShelved':
      return { ...current, shelved: event.content };
    case 'alarmUnshelved':
      return { ...current, shelved: null };
    case 'alarmSignalled':
      return { ...current, signal: event.content.signal, quiet: null };
    case 'alarmChattering':
      return { ...current, chatteringSince: event.content.since };
  }
}

/** It still asks for somebody's eyes: on, or over and not yet seen. A line in the list is there while it is true. */
export const isStanding = (of: Alarm): boolean =>
  of.state === 'active' || (of.raises !== 'status' && of.acknowledged === null);

/** Nothing hides P1, nor what belongs to an incident of grade I or II (PRODUCT.md §8). */
export const mayBeHidden = (of: Pick<Alarm, 'priority'>, grade: Grade | null): boolean =>
  of.priority !== 'P1' && grade !== 'I' && grade !== 'II';

export const isShelved = (of: Alarm, now: number, grade: Grade | null = null): boolean =>
  of.shelved !== null && of.shelved.until > now && mayBeHidden(of, grade);

/** ISA-18.2, EEMUA 191: on for longer than a day, it informs nobody any more. */
export const staleAfterMs = 24 * 3_600_000;
export const isStale = (of: Alarm, now: number): boolean => of.state === 'active' && now - of.raisedAt > staleAfterMs;
