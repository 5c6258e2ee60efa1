import type { GradeSuggestion } from '@/server/domain/grade-rules.ts';
import { gradeFor } from '@/server/domain/grade-suggestion.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import {
  answersIn,
  type CardLocale,
  type ProtocolCard,
  readCard,
  writeAnswers,
} from '@/server/domain/protocol-card.ts';
import { cardFor } from '@/server/domain/protocol-cards.ts';
import { higherPriority, type Priority } from '@/server/domain/scale.ts';
import type { Facts } from './conflict-merge.ts';
import type { FilingDraft } from './filing-form.tsx';
import { proposeKinds } from './propose-kinds.ts';

export type FilingProposals = {
  readonly card: ProtocolCard | null;
  readonly kinds: readonly string[];
  readonly priority: Priority | null;
  readonly grade: GradeSuggestion | null;
};

const toldKinds = ({ title, text }: Facts) => proposeKinds(`${title} ${text}`);
const cardOf = (facts: Facts): ProtocolCard | null => cardFor(facts.kind ?? toldKinds(facts)[0] ?? null);

/** The draft with its answers in the story's own words, as it is saved. */
export function answered(draft: FilingDraft, locale: CardLocale): FilingDraft {
  const card = cardOf(draft);
  return card ? { ...draft, text: writeAnswers(draft.text, { card, answers: draft.answers, locale }) } : draft;
}

/** The answers that somebody wrote into the story before are there to go on with. */
export function begunWith(facts: Facts): FilingDraft {
  const card = cardOf(facts);
  return { ...facts, answers: card ? answersIn(facts.text, card) : {} };
}

/**
 * What story and answers propose. `kindChosen`: the operator has named a kind; the story then proposes none, only an answer
 * that contradicts it does. A priority is proposed only upwards.
 */
export function proposalsFor(draft: FilingDraft, kindChosen: boolean): FilingProposals {
  const told = toldKinds(draft);
  const kind = draft.kind ?? told[0] ?? null;
  const card = cardFor(kind);
  const read = card ? readCard(card, draft.answers) : null;
  const kinds = [...(read?.kind ? [read.kind] : []), ...(kindChosen && draft.kind ? [] : told)];
  const standing = draft.priority ?? (draft.kind ? (incidentKind(draft.kind)?.priority ?? null) : null);
  const raised = read?.priority && (!standing || higherPriority(read.priority, standing) !== standing);
  return {
    card,
    kinds: [...new Set(kinds)].filter((code) => code !== draft.kind).slice(0, 3),
    priority: raised ? (read?.priority ?? null) : null,
    grade: gradeFor({ kind, text: draft.text }, draft.answers),
  };
}
