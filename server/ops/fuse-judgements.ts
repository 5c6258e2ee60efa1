import { z } from 'zod';
import { signalId } from '@/server/domain/ids.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { membersBehind } from './fuse-members.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

export const groupSignalInput = z.object({ signal: signalId, lead: signalId });
export const ungroupSignalInput = z.object({ signal: signalId, reason: z.string().trim().max(2_000) });
export const keepApartInput = z.object({
  signal: signalId,
  from: z.string().regex(/^(incident|signal)\/.{1,128}$/),
});
type Answer = { readonly signal: string };

const byOf = (actor: { readonly id: string; readonly name: string }) => ({ id: actor.id, name: actor.name });

/** Two that wait are about one thing: the one, and what waits behind it, waits behind the other. */
export function groupSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof groupSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'group-signal', actor, input }, async (tx) => {
    if (input.signal === input.lead) return refused('same_incident', input.lead);
    const both = await tx.loadAll('signal', [input.signal, input.lead]);
    const signal = both.get(input.signal)?.state;
    const lead = both.get(input.lead)?.state;
    if (!signal || !lead) return refused('not_found', signal ? input.lead : input.signal);
    if (signal.state !== 'open') return refused('wrong_state', signal.state);
    if (lead.state !== 'open' || lead.lead !== null) return refused('wrong_state', lead.lead ?? lead.state);
    const members = await membersBehind(tx, [input.signal]);
    const grouped = { kind: 'signalGrouped', content: { lead: input.lead, by: byOf(actor), fused: null } };
    return {
      events: [signal, ...members].flatMap((one) => eventsFor('signal', one.id, [grouped])),
      answer: { signal: input.signal },
    };
  });
}

/** Not about the same thing: it waits by itself again, and is not taken for it a second time. */
export function ungroupSignal(
  { store }: OpDeps,
  command: Command<z.infer<typeof ungroupSignalInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'ungroup-signal', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'signal', input.signal);
    if (wasRefused(loaded)) return loaded;
    const { lead, state } = loaded.state;
    if (lead === null || state !== 'open') return refused('wrong_state', state);
    if (!input.reason) return refused('reason_missing');
    const by = byOf(actor);
    return {
      events: eventsFor('signal', input.signal, [
        { kind: 'signalUngrouped', content: { lead, by, reason: input.reason } },
        { kind: 'signalKeptApart', content: { from: `signal/${lead}`, by } },
      ]),
      answer: { signal: input.signal },
    };
  });
}

const apart =
  (kind: 'signalKeptApart' | 'signalApartTakenBack') =>
  ({ store }: OpDeps, command: Command<z.infer<typeof keepApartInput>>): Promise<Answer | Refused> => {
    const { input, id, actor } = command;
    return store.command({ id, name: kind, actor, input }, async (tx) => {
      const loaded = await loadOr(tx, 'signal', input.signal);
      if (wasRefused(loaded)) return loaded;
      const held = loaded.state.apart.includes(input.from);
      const events =
        held === (kind === 'signalKeptApart')
          ? []
          : eventsFor('signal', input.signal, [{ kind, content: { from: input.from, by: byOf(actor) } }]);
      return { events, answer: { signal: input.signal } };
    });
  };

/** Remembered: neither joined by itself nor proposed again, until somebody takes it back. */
export const keepApart = apart('signalKeptApart');
export const takeApartBack = apart('signalApartTakenBack');
