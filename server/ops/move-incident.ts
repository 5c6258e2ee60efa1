import { z } from 'zod';
import { incidentId } from '@/server/domain/ids.ts';
import { incidentCommand } from '@/server/domain/incident-command.ts';
import { decideIncident, type EditedField } from '@/server/domain/incident-decide.ts';
import { lastEdit } from '@/server/domain/last-edit.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Tx } from '@/server/store/store.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const moveIncidentInput = z.object({ incident: incidentId, command: incidentCommand });
export type MoveIncidentInput = z.infer<typeof moveIncidentInput>;

/** An editor who came second is told by whom: the last one to write any of the fields in question. */
async function withRival(tx: Tx, incident: string, refusal: Refused): Promise<Refused> {
  const entries = await tx.query<{ kind: string; content: unknown }>(
    `select kind, content from event
      where stream = $1 and kind in ('incidentOpened', 'incidentEdited', 'incidentGraded', 'incidentAbsorbed', 'incidentSplitOff')
      order by version`,
    [`incident/${incident}`],
  );
  const edits = refusal.detail.split(' ').flatMap((field) => lastEdit(entries, field as EditedField) ?? []);
  const latest = edits.reduce<(typeof edits)[number] | null>((a, b) => (a && a.at >= b.at ? a : b), null);
  return { ...refusal, by: latest?.by ?? null };
}

export function moveIncident(
  { store }: OpDeps,
  command: Command<MoveIncidentInput>,
): Promise<{ incident: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'move-incident', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const decided = decideIncident(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(decided))
      return decided.refused === 'edit_conflict' ? withRival(tx, input.incident, decided) : decided;
    await keepTimers(tx, loaded.state, decided);
    return { events: eventsFor('incident', input.incident, decided), answer: { incident: input.incident } };
  });
}
