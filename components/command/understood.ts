import type { Meant, Slot } from './meant.ts';
import type { Verb } from './verbs.ts';

/** A way to say it that means one thing; `line` is the whole line with that choice in it. */
export type Choice = { readonly slot: Slot; readonly id: string; readonly label: string; readonly line: string };

export type Trouble =
  | { readonly code: 'no-verb' | 'unknown' | 'not-taken' | 'too-many' | 'disagree'; readonly token: string }
  | { readonly code: 'missing'; readonly slots: readonly Slot[] }
  | { readonly code: 'words-missing' | 'words-unwanted' | 'too-long' };

/** Exactly one of four; only `command` can be carried out. */
export type Understood =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'trouble'; readonly verb: Verb | null; readonly trouble: Trouble }
  | { readonly kind: 'ask'; readonly verb: Verb; readonly about: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'command'; readonly verb: Verb; readonly meant: Meant };
