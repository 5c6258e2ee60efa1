import type { EditedField } from './incident-decide.ts';
import type { Who } from './who.ts';

/** Who gave a field the value it holds, and when. */
export type LastEdit = { readonly by: Who; readonly at: number };

type Entry = { readonly kind: string; readonly content?: unknown };
type Content = Partial<Record<EditedField, unknown>> & {
  readonly by?: Who;
  readonly at?: number;
  readonly incident?: { readonly owner: Who | null; readonly openedAt: number };
};

/** Events besides an edit that may set the priority. */
const ranking = new Set(['incidentGraded', 'incidentAbsorbed', 'incidentSplitOff']);

function editIn({ kind, content }: Entry, field: EditedField): LastEdit | null {
  const { by, at, incident, ...said } = (content ?? {}) as Content;
  if (kind === 'incidentOpened' && incident?.owner) return { by: incident.owner, at: incident.openedAt };
  if (!by || at === undefined) return null;
  const touches =
    (kind === 'incidentEdited' && (said[field] ?? null) !== null) || (field === 'priority' && ranking.has(kind));
  return touches ? { by, at } : null;
}

/** From the incident's own entries, oldest first; null where none of them says so. */
export function lastEdit(entries: readonly Entry[], field: EditedField): LastEdit | null {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const found = editIn(entries[index]!, field);
    if (found) return found;
  }
  return null;
}
