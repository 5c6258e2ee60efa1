import type { Incident } from '@/server/domain/incident.ts';
import type { Actor } from '@/server/domain/role.ts';

export type Mention = {
  readonly incident: string;
  readonly title: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
};
/** Until when the notes of each incident were read. */
export type Seen = Readonly<Record<string, number>>;

export const namesActor = (actor: Pick<Actor, 'id' | 'roles' | 'department'>, mention: string): boolean =>
  mention === actor.id ||
  (actor.department !== null && mention === `department/${actor.department}`) ||
  actor.roles.some((role) => mention === `role/${role}`);

/** Notes of others that speak of this person and were not read, newest first. */
export function unreadMentions(
  incidents: Iterable<Pick<Incident, 'id' | 'title' | 'number' | 'notes'>>,
  actor: Pick<Actor, 'id' | 'roles' | 'department'>,
  seen: Seen,
): Mention[] {
  const found: Mention[] = [];
  for (const of of incidents)
    for (const note of of.notes) {
      if (note.at <= (seen[of.id] ?? 0) || note.by.id === actor.id) continue;
      if (!note.mentions.some((mention) => namesActor(actor, mention))) continue;
      found.push({
        incident: of.id,
        title: of.title || (of.number ?? ''),
        text: note.text,
        by: note.by.name,
        at: note.at,
      });
    }
  return found.sort((a, b) => b.at - a.at);
}

const most = 500;
/** The newest only: what was read long ago is no longer asked for. */
export const readUntil = (seen: Seen, incident: string, at: number): Seen =>
  at <= (seen[incident] ?? 0)
    ? seen
    : Object.fromEntries(
        Object.entries({ ...seen, [incident]: at })
          .sort(([, a], [, b]) => b - a)
          .slice(0, most),
      );
