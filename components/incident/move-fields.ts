import type { closingCodes } from '@/server/domain/incident-command.ts';
import type { PersonMove } from './possible-moves.ts';

/** What a move asks for. A table, so that one dialog serves them all. */
export type MoveField = 'reason' | 'text' | 'optionalText' | 'code' | 'score' | 'lessons' | 'until' | 'to' | 'target';

export const moveFields: Partial<Record<PersonMove, readonly MoveField[]>> = {
  report: ['text'],
  confirm: ['optionalText'],
  sendBack: ['reason'],
  close: ['code', 'optionalText'],
  evaluate: ['score', 'lessons'],
  suspend: ['until', 'reason'],
  transfer: ['to', 'reason'],
  takeBack: ['reason'],
  merge: ['target'],
  split: ['reason'],
  reopen: ['reason'],
  void: ['reason'],
};

export type MoveDraft = {
  readonly reason: string;
  readonly text: string;
  readonly code: (typeof closingCodes)[number];
  readonly score: number;
  readonly lessons: string;
  /** Minutes from now. */
  readonly untilMinutes: number;
  readonly to: string;
  readonly target: string | null;
};

export const blankDraft: MoveDraft = {
  reason: '',
  text: '',
  code: 'resolved',
  score: 90,
  lessons: '',
  untilMinutes: 60,
  to: '',
  target: null,
};

/** Fields that still miss something; the server asks for the same. */
export function missingFields(move: PersonMove, draft: MoveDraft): MoveField[] {
  return (moveFields[move] ?? []).filter((field) => {
    switch (field) {
      case 'reason':
        return !draft.reason.trim();
      case 'text':
        return !draft.text.trim();
      case 'to':
        return !draft.to.trim();
      case 'target':
        return draft.target === null;
      case 'score':
        return !(draft.score >= 0 && draft.score <= 100);
      case 'until':
        return !(draft.untilMinutes > 0);
      default:
        return false;
    }
  });
}
