import { z } from 'zod';
import { incidentId } from '@/server/domain/ids.ts';
import {
  voidIncident as annul,
  mergeIncidents as merge,
  splitIncident as split,
} from '@/server/domain/incident-merge.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { NewEvent } from '@/server/store/store.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

const reason = z.string().trim().max(2_000);
export const mergeIncidentsInput = z.object({ source: incidentId, target: incidentId });
export const splitIncidentInput = z.object({ source: incidentId, reason });
export const voidIncidentInput = z.object({ incident: incidentId, reason });
type Answer = { readonly incident: string };

const reattach = (
  signals: readonly string[],
  content: { incident: string; by: { id: string; name: string } },
): NewEvent[] => signals.flatMap((signal) => eventsFor('signal', signal, [{ kind: 'signalAttached', content }]));

export function mergeIncidents(
  { store }: OpDeps,
  command: Command<z.infer<typeof mergeIncidentsInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'merge-incidents', actor, input }, async (tx) => {
    const both = await tx.loadAll('incident', [input.source, input.target]);
    const source = both.get(input.source);
    const target = both.get(input.target);
    if (!source || !target) return refused('not_found');
    const decided = merge(source.state, target.state, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    const by = { id: actor.id, name: actor.name };
    await keepTimers(tx, source.state, decided.source);
    await tx.loadAll('signal', source.state.signals);
    return {
      events: [
        ...eventsFor('incident', input.source, decided.source),
        ...eventsFor('incident', input.target, decided.target),
        ...reattach(source.state.signals, { incident: input.target, by }),
      ],
      answer: { incident: input.target },
    };
  });
}

export function splitIncident(
  { store }: OpDeps,
  command: Command<z.infer<typeof splitIncidentInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'split-incident', actor, input }, async (tx) => {
    const seen = await tx.find('incident', input.source);
    const into = seen?.state.mergedInto;
    if (!seen || !into) return refused(seen ? 'wrong_state' : 'not_found');
    const both = await tx.loadAll('incident', [input.source, into]);
    const source = both.get(input.source);
    const target = both.get(into);
    if (!source || !target) return refused('not_found');
    const decided = split(source.state, target.state, { ...decisionOf(tx), reason: input.reason });
    if (wasRefused(decided)) return decided;
    const by = { id: actor.id, name: actor.name };
    const back = target.state.merged.find((one) => one.incident === input.source)?.signals ?? [];
    await tx.loadAll('signal', back);
    return {
      events: [
        ...eventsFor('incident', input.source, decided.source),
        ...eventsFor('incident', into, decided.target),
        ...reattach(back, { incident: input.source, by }),
      ],
      answer: { incident: input.source },
    };
  });
}

export function voidIncident(
  { store }: OpDeps,
  command: Command<z.infer<typeof voidIncidentInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'void-incident', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const decided = annul(loaded.state, input.reason, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await tx.cancelTimers(`incident/${input.incident}`);
    await tx.loadAll('signal', loaded.state.signals);
    const by = { id: actor.id, name: actor.name };
    const content = { incident: input.incident, by, reason: input.reason, keepsLead: true };
    const freed = loaded.state.signals.flatMap((signal) =>
      eventsFor('signal', signal, [{ kind: 'signalDetached', content }]),
    );
    return {
      events: [...eventsFor('incident', input.incident, decided), ...freed],
      answer: { incident: input.incident },
    };
  });
}
