import { z } from 'zod';
import { fused } from './fusion-event.ts';
import { incidentId, signalId } from './ids.ts';
import { place } from './place.ts';
import { priority } from './scale.ts';
import { who } from './who.ts';

/** 线索: something that may need a person. Never deleted: open, attached to an incident, or dismissed with a reason. */
export const signalKinds = ['call', 'case', 'alarm', 'warning', 'sos', 'report'] as const;
export const signalStates = ['open', 'attached', 'dismissed'] as const;

export const caller = z.object({
  at: z.number().int().nullable(),
  from: z.string().max(512).nullable(),
  text: z.string().max(20_000).nullable(),
});

export const signal = z.object({
  id: signalId,
  kind: z.enum(signalKinds),
  title: z.string().max(500),
  text: z.string().max(20_000),
  place,
  priority,
  /** Proposed incident kind; an operator's choice is never overwritten. */
  proposedKind: z.string().max(128).nullable(),
  /** CAP status and exercises are kept apart from what is actual. */
  reality: z.enum(['actual', 'exercise', 'test']),
  department: z.string().max(64).nullable(),
  source: z.object({
    feed: z.string().max(128),
    scheme: z.string().max(64),
    key: z.string().max(256),
    dedupeKey: z.string().max(1024),
  }),
  /** Lines of the callers: personal, masked where the policy says so. */
  callers: z.array(caller).max(200),
  unit: z.string().max(128).nullable(),
  colour: z.enum(['red', 'orange', 'yellow', 'blue']).nullable(),
  expiresAt: z.number().int().nullable(),
  observedAt: z.number().int().nullable(),
  receivedAt: z.number().int(),
  revision: z.number().int(),
  state: z.enum(signalStates),
  incident: incidentId.nullable(),
  dismissedReason: z.string().max(2_000).nullable(),
  /** The signal that speaks for it: several about one thing wait as one. */
  lead: signalId.nullable().default(null),
  /** Why it was joined by itself to what it belongs to now; null where a person did that. */
  fused: fused.nullable().default(null),
  /** What a person has said it is not about, as `incident/…` or `signal/…`: never joined or proposed again. */
  apart: z.array(z.string().max(160)).max(200).default([]),
});
export type Signal = z.infer<typeof signal>;

export const signalEventKinds = {
  signalReceived: z.object({ signal }),
  signalRevised: z.object({ signal }),
  signalAttached: z.object({ incident: incidentId, by: who, fused: fused.nullable().default(null) }),
  /** `keepsLead`: the incident went, not the signal; it waits again with those it waited with. */
  signalDetached: z.object({
    incident: incidentId,
    by: who,
    reason: z.string(),
    keepsLead: z.boolean().default(false),
  }),
  signalGrouped: z.object({ lead: signalId, by: who, fused: fused.nullable() }),
  signalUngrouped: z.object({ lead: signalId, by: who, reason: z.string().max(2_000) }),
  signalKeptApart: z.object({ from: z.string().max(160), by: who }),
  signalApartTakenBack: z.object({ from: z.string().max(160), by: who }),
  signalDismissed: z.object({ reason: z.string(), by: who }),
  signalRestored: z.object({ by: who }),
} as const;

type Content<K extends keyof typeof signalEventKinds> = z.infer<(typeof signalEventKinds)[K]>;
export type SignalEvent = {
  [K in keyof typeof signalEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof signalEventKinds];

/** A revision corrects what was said; it never changes what people decided about the signal. */
const revise = (current: Signal, next: Signal): Signal => ({
  ...next,
  id: current.id,
  state: current.state,
  incident: current.incident,
  dismissedReason: current.dismissedReason,
  receivedAt: current.receivedAt,
  lead: current.lead,
  fused: current.fused,
  apart: current.apart,
});

const without = (list: readonly string[], one: string) => list.filter((held) => held !== one);

export function applySignal(current: Signal | null, event: SignalEvent): Signal {
  if (event.kind === 'signalReceived') return event.content.signal;
  if (!current) throw new Error(`${event.kind} before signalReceived`);
  switch (event.kind) {
    case 'signalRevised':
      return revise(current, event.content.signal);
    case 'signalAttached':
      return {
        ...current,
        state: 'attached',
        incident: event.content.incident,
        dismissedReason: null,
        // Why it waited with others, or was joined, still holds when all of them are taken up or merged.
        fused: event.content.fused ?? (current.state === 'attached' || current.lead !== null ? current.fused : null),
      };
    case 'signalDetached': {
      const stays = event.content.keepsLead && current.lead !== null;
      return {
        ...current,
        state: 'open',
        incident: null,
        lead: stays ? current.lead : null,
        fused: stays ? current.fused : null,
      };
    }
    case 'signalGrouped':
      return { ...current, lead: event.content.lead, fused: event.content.fused };
    case 'signalUngrouped':
      return { ...current, lead: null, fused: null };
    case 'signalKeptApart':
      return { ...current, apart: [...without(current.apart, event.content.from), event.content.from].slice(-200) };
    case 'signalApartTakenBack':
      return { ...current, apart: without(current.apart, event.content.from) };
    case 'signalDismissed':
      return { ...current, state: 'dismissed', dismissedReason: event.content.reason };
    case 'signalRestored':
      return { ...current, state: 'open', dismissedReason: null };
  }
}
