import type { Refused } from '@/server/domain/refusal.ts';

/**
 * The life of one command in the browser (DESIGN.md §8). Nothing is shown as done before the server has committed it;
 * without an answer after 3 s it is "not confirmed", and a retry carries the same id, so that it is applied once.
 */
export type CommandState<Answer> =
  | { readonly step: 'idle' }
  | { readonly step: 'sending'; readonly id: string; readonly attempt: number }
  | { readonly step: 'unconfirmed'; readonly id: string; readonly attempt: number }
  | { readonly step: 'saved'; readonly id: string; readonly answer: Answer }
  | { readonly step: 'refused'; readonly id: string; readonly refusal: Refused };

export type CommandSignal<Answer> =
  | { readonly kind: 'send'; readonly id: string }
  | { readonly kind: 'retry' }
  | { readonly kind: 'timeout'; readonly id: string }
  | { readonly kind: 'lost'; readonly id: string }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly id: string; readonly refusal: Refused }
  | { readonly kind: 'reset' };

export const confirmWithinMs = 3_000;
/** Waits before each automatic retry of the same id; the last one repeats. */
export const retryWaitsMs = [2_000, 4_000, 8_000, 15_000] as const;

const isOpen = <A>(state: CommandState<A>) => state.step === 'sending' || state.step === 'unconfirmed';
const concerns = <A>(state: CommandState<A>, id: string) => isOpen(state) && 'id' in state && state.id === id;

/** A late answer of an older command changes nothing; the first answer of the present one ends it. */
export function nextCommandState<A>(state: CommandState<A>, signal: CommandSignal<A>): CommandState<A> {
  switch (signal.kind) {
    case 'send':
      return isOpen(state) ? state : { step: 'sending', id: signal.id, attempt: 1 };
    case 'retry':
      return state.step === 'unconfirmed' ? { step: 'sending', id: state.id, attempt: state.attempt + 1 } : state;
    case 'timeout':
    case 'lost':
      return state.step === 'sending' && state.id === signal.id
        ? { step: 'unconfirmed', id: state.id, attempt: state.attempt }
        : state;
    case 'answer':
      return concerns(state, signal.id) ? { step: 'saved', id: signal.id, answer: signal.answer } : state;
    case 'refusal':
      return concerns(state, signal.id) ? { step: 'refused', id: signal.id, refusal: signal.refusal } : state;
    case 'reset':
      return isOpen(state) ? state : { step: 'idle' };
  }
}
