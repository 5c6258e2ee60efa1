import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';

/**
 * What a protocol remembers from one poll of an address to the next (a snapshot that is older than the last, what is no longer in it). The
 * state moves on only when its document was stored: what the store did not take comes again, and must be told again.
 */
export function openPollSession(protocol: Protocol, options: unknown, now: () => number) {
  const session = protocol.session?.(options, true) ?? null;
  let state = session?.start;
  let next = state;
  return {
    decode(bytes: Uint8Array): unknown {
      const message = protocol.decode(bytes);
      if (!session || isRefusal(message)) return message;
      const step = session.step(state, message, now());
      next = step.state;
      return step.refusal ?? step.message ?? message;
    },
    keep: (): void => {
      state = next;
    },
  };
}
