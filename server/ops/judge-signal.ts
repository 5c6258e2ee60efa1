import { z } from 'zod';
import { incidentId, signalId } from '@/server/domain/ids.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { applyIncident } from '@/server/domain/incident-event.ts';
import { joinSignal, partSignal } from '@/server/domain/incident-open.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { comeBack } from '@/server/domain/transfer.ts';
import type { NewEvent } from '@/server/store/store.ts';
import { membersBehind } from './fuse-members.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

const reason = z.string().trim().max(2_000);
export const attachSignalInput = z.object({ signal: signalId, incident: incidentId });
export const detachSignalInput = z.object({ signal: signalId, incident: incidentId, reason });
export const dismissSignalInput = z.object({ signal: signalId, reason });
export const restoreSignalInput = z.object({ signal: signalId });
type Answer = { readonly signal: string };

export function attachSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof attachSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'attach-signal', actor, input }, async (tx) => {
    const incident = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(incident)) return incident;
    const signal = await loadOr(tx, 'signal', input.signal);
    if (wasRefused(signal)) return signal;
    const back = comeBack(incident.state, signal.state, decisionOf(tx));
    if (wasRefused(back)) return back;
    await keepTimers(tx, incident.state, back);
    const of = back.reduce<Incident | null>(applyIncident, incident.state) ?? incident.state;
    const joined: NewEvent[] = eventsFor('incident', input.incident, back);
    const by = { id: actor.id, name: actor.name };
    const attached = { kind: 'signalAttached', content: { incident: input.incident, by } };
    // What waits behind it is about the same thing.
    for (const one of [signal.state, ...(await membersBehind(tx, [input.signal]))]) {
      const decided = joinSignal(of, one, decisionOf(tx));
      if (wasRefused(decided)) return decided;
      joined.push(...eventsFor('incident', input.incident, decided), ...eventsFor('signal', one.id, [attached]));
    }
    return {
      events: joined,
      answer: { signal: input.signal },
    };
  });
}

export function detachSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof detachSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'detach-signal', actor, input }, async (tx) => {
    const incident = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(incident)) return incident;
    const signal = await loadOr(tx, 'signal', input.signal);
    if (wasRefused(signal)) return signal;
    const decided = partSignal(incident.state, input.signal, input.reason, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    const by = { id: actor.id, name: actor.name };
    const detached = { kind: 'signalDetached', content: { incident: input.incident, by, reason: input.reason } };
    return {
      events: [...eventsFor('incident', input.incident, decided), ...eventsFor('signal', input.signal, [detached])],
      answer: { signal: input.signal },
    };
  });
}

/** Dismissed with a reason, kept for ever, and restored by one step. */
export function dismissSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof dismissSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'dismiss-signal', actor, input }, async (tx) => {
    const signal = await loadOr(tx, 'signal', input.signal);
    if (wasRefused(signal)) return signal;
    if (signal.state.state === 'attached') return refused('already_attached', signal.state.incident ?? '');
    if (signal.state.state === 'dismissed') return refused('wrong_state', 'dismissed');
    if (!input.reason.trim()) return refused('reason_missing');
    const by = { id: actor.id, name: actor.name };
    const dismissed = { kind: 'signalDismissed', content: { reason: input.reason, by } };
    const behind = await membersBehind(tx, [input.signal]);
    return {
      events: [signal.state, ...behind].flatMap((one) => eventsFor('signal', one.id, [dismissed])),
      answer: { signal: input.signal },
    };
  });
}

export function restoreSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof restoreSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'restore-signal', actor, input }, async (tx) => {
    const signal = await loadOr(tx, 'signal', input.signal);
    if (wasRefused(signal)) return signal;
    if (signal.state.state !== 'dismissed') return refused('wrong_state', signal.state.state);
    const by = { id: actor.id, name: actor.name };
    // Those that were dismissed with it, not what was dismissed for a reason of its own.
    const behind = (await membersBehind(tx, [input.signal], 'dismissed')).filter(
      (one) => one.dismissedReason === signal.state.dismissedReason,
    );
    return {
      events: [signal.state, ...behind].flatMap((one) =>
        eventsFor('signal', one.id, [{ kind: 'signalRestored', content: { by } }]),
      ),
      answer: { signal: input.signal },
    };
  });
}
