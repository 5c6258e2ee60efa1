import type { Refusal } from '../refusal.ts';
import { isRefusal } from '../refusal.ts';
import type { PushOutcome } from './accept-push.ts';

/** Whether a message speaks against its sender: none of it could be read. A repeat or a clash does not. */
export function isUseless(outcome: PushOutcome | Refusal): boolean {
  if (isRefusal(outcome)) return true;
  if (outcome.received === 0 || outcome.accepted + outcome.duplicate > 0) return false;
  return outcome.results.some((one) => one.result === 'refused' && one.reason !== 'conflict');
}

/** In a few words, for the sender. */
export function faultOf(outcome: PushOutcome | Refusal): string {
  if (isRefusal(outcome)) return `${outcome.refused}: ${outcome.detail}`;
  const first = outcome.results.find((one) => one.result === 'refused');
  return first?.result === 'refused' ? `${first.reason}: ${first.detail}` : '';
}
