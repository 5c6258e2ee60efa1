import type { BriefPart } from './assist-brief.ts';

/**
 * The helper (PRODUCT.md §2, Art. 15): it proposes, people decide. Nothing below names an action, a move or a command, and nothing here is
 * an actor: what comes of it is read by a person, or not at all.
 */
export type AssistSource = 'baseline' | 'model';

/** Why the deterministic baseline spoke where a model could have. */
export const assistFallbacks = ['off', 'resting', 'busy', 'slow', 'failed', 'wrong', 'superseded'] as const;
export type AssistFallback = (typeof assistFallbacks)[number];

/** Each part says who made it: a model may be right about the kind and wrong about the place. */
export type Sourced<T> = { readonly value: T; readonly source: AssistSource };

export type DuplicateHint = {
  readonly incident: string;
  readonly number: string | null;
  readonly title: string;
  readonly source: AssistSource;
  /** 0–1 by the rules of fusion; a model gives none of its own. */
  readonly score: number;
};

export type PlaceHint = {
  /** As it stands in what was told, word for word. */
  readonly text: string;
  /** What the place search knows of it; null where it knows nothing. */
  readonly found: { readonly name: string; readonly lonLat: readonly [number, number] | null } | null;
};

/** How the answer came about, for the person who reads it. */
export type AssistNote = {
  readonly source: AssistSource;
  /** Whose words; null where no model took part. */
  readonly model: string | null;
  readonly fallback: AssistFallback | null;
  /** Parts of a model's answer that were not true of the record, and were left out. */
  readonly dropped: number;
  readonly tookMs: number;
};

export type AssistProposal = {
  /** Codes of `incident-kind.ts`, best first, three at most; the rules' own stay behind a model's, so that none hides them. */
  readonly kinds: readonly Sourced<string>[];
  readonly place: Sourced<PlaceHint | null>;
  readonly summary: Sourced<string | null>;
  readonly duplicates: readonly DuplicateHint[];
  readonly note: AssistNote;
};

/** `cites` are numbers of lines of the incident's log, counted from 1. A sentence without one does not exist. */
export type BriefSentence = { readonly text: string; readonly cites: readonly number[] };

export type AssistBrief = {
  /** Position in the log of each line, so that a citation leads there: line n is at `lines[n - 1]`. */
  readonly lines: readonly number[];
  /** Facts of the log in the order of a brief; the screen has the words. */
  readonly parts: readonly BriefPart[];
  /** What a model wrote; null where the template speaks. */
  readonly sentences: readonly BriefSentence[] | null;
  readonly note: AssistNote;
};
