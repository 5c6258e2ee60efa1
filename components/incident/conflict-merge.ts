import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentFacts } from '@/server/domain/incident-command.ts';
import { type EditedField, editedFields, sameFact } from '@/server/domain/incident-decide.ts';
import { isKnown } from '@/server/domain/place.ts';
import type { Priority } from '@/server/domain/scale.ts';

/** The fields that an editor sees and writes. */
export type Facts = Pick<Incident, Exclude<EditedField, 'priority'>> & {
  /** Null: as the kind proposes. */
  readonly priority: Priority | null;
};

/** `from`: what the fields held when the editor last looked at each; `draft`: what is in the form. */
export type Editing<D extends Facts = Facts> = { readonly from: Facts; readonly draft: D };

export const factsIn = (of: Incident): Facts => ({
  title: of.title,
  text: of.text,
  kind: of.kind,
  place: of.place,
  priority: of.priority,
});

/** Words with blanks around them are the same words. */
const tidy = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);
const same = (one: unknown, other: unknown): boolean => sameFact(tidy(one), tidy(other));

export const sameFacts = (one: Facts, other: Facts): boolean =>
  editedFields.every((field) => same(one[field], other[field]));

export const changedFields = ({ from, draft }: Editing): EditedField[] =>
  editedFields.filter((field) => !same(draft[field], from[field]));

/** Fields that both have changed, to different things: a person has to say which. */
export const conflictsWith = ({ from, draft }: Editing, theirs: Facts): EditedField[] =>
  editedFields.filter(
    (field) =>
      !same(draft[field], from[field]) && !same(theirs[field], from[field]) && !same(theirs[field], draft[field]),
  );

export type Followed<D extends Facts> = { readonly editing: Editing<D>; readonly fields: readonly EditedField[] };

/**
 * Takes over what others changed where the editor changed nothing, or the same; `fields` names what the form now shows
 * differently. Fields that both changed stay as they are until one is chosen.
 */
export function follow<D extends Facts>({ from, draft }: Editing<D>, theirs: Facts): Followed<D> {
  const open = new Set<EditedField>(conflictsWith({ from, draft }, theirs));
  const moved = editedFields.filter((field) => !open.has(field) && !same(theirs[field], from[field]));
  if (moved.length === 0) return { editing: { from, draft }, fields: [] };
  const taken = Object.fromEntries(moved.map((field) => [field, theirs[field]]));
  const shown = moved.filter((field) => !same(theirs[field], draft[field]));
  return { editing: { from: { ...from, ...taken }, draft: { ...draft, ...taken } }, fields: shown };
}

export const choices = ['mine', 'theirs', 'both'] as const;
export type Choice = (typeof choices)[number];
export const mayCombine = (field: EditedField): boolean => field === 'title' || field === 'text';

/** Both, theirs first, with a mark between them that names what follows. */
const combined = (
  field: EditedField,
  { theirs, mine, mark }: { theirs: string; mine: string; mark: string },
): string =>
  field === 'title' ? `${theirs} / ${mine}`.slice(0, 500) : `${theirs}\n— ${mark} —\n${mine}`.slice(0, 20_000);

export function resolve<D extends Facts>(
  { from, draft }: Editing<D>,
  theirs: Facts,
  { field, choice, mark }: { field: EditedField; choice: Choice; mark: string },
): Editing<D> {
  const seen = { ...from, [field]: theirs[field] };
  if (choice === 'mine') return { from: seen, draft };
  const value =
    choice === 'both' && mayCombine(field)
      ? combined(field, { theirs: String(theirs[field]), mine: String(draft[field]), mark })
      : theirs[field];
  return { from: seen, draft: { ...draft, [field]: value } };
}

/** Only what the editor changed. Words may be emptied; a kind and a place are only ever replaced. */
export function editOf({ from, draft }: Editing): { facts: IncidentFacts; base: IncidentFacts } {
  const changed = new Set<EditedField>(changedFields({ from, draft }));
  const facts: IncidentFacts = {
    title: changed.has('title') ? draft.title.trim() : null,
    text: changed.has('text') ? draft.text.trim() : null,
    kind: changed.has('kind') ? draft.kind : null,
    place: changed.has('place') && isKnown(draft.place) ? draft.place : null,
    priority: changed.has('priority') ? draft.priority : null,
  };
  return { facts, base: { ...from } };
}
