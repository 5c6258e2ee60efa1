/** What a line can name. Records by id, values by their code. */
export const slots = [
  'incident',
  'onto',
  'signal',
  'unit',
  'department',
  'alarm',
  'plan',
  'task',
  'checkIn',
  'need',
  'kind',
  'unitKind',
  'grade',
  'level',
  'priority',
  'minutes',
  'score',
  'count',
  'closing',
  'page',
  'second',
] as const;
export type Slot = (typeof slots)[number];

/** One understood command: nothing in it is open any more. Values of a slot are sorted, so that order never matters. */
export type Meant = {
  readonly verb: string;
  readonly picks: Readonly<Partial<Record<Slot, readonly string[]>>>;
  readonly words: string;
  /** What the line did not say and the screen did: shown, never silent. */
  readonly implied: readonly Slot[];
};

export const pick = (of: Meant, slot: Slot): string | null => of.picks[slot]?.[0] ?? null;
export const picks = (of: Meant, slot: Slot): readonly string[] => of.picks[slot] ?? [];

/** Two commands that do the same have the same key. */
export const keyOf = (of: Meant): string =>
  JSON.stringify([of.verb, slots.map((slot) => of.picks[slot] ?? []), of.words]);
