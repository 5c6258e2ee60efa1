import { gradeFactsIn, withAnswers } from './grade-facts.ts';
import { type GradeSuggestion, suggestGrade } from './grade-rules.ts';
import { answersIn, type CardAnswers, readCard } from './protocol-card.ts';
import { cardFor } from './protocol-cards.ts';

/**
 * The grade that an incident's kind, story and answers suggest: what the form shows, what the panel shows, and what the store
 * names as the rule when a person confirms it. `answers`: those not yet written into the story.
 */
export function gradeFor(
  { kind, text }: { readonly kind: string | null; readonly text: string },
  answers: CardAnswers = {},
): GradeSuggestion | null {
  const card = cardFor(kind);
  const answered = card ? readCard(card, { ...answersIn(text, card), ...answers }).facts : {};
  return suggestGrade(kind, withAnswers(gradeFactsIn(text), answered));
}
