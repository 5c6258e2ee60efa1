import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Session, Step } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readBody } from './decode.ts';
import { terminalKey } from './header.ts';
import type { Jt808Message } from './message.ts';
import type { Jt808Options } from './options.ts';
import { incomplete, noParts, type Parts, reassemble } from './reassemble.ts';

export type SessionState = { readonly parts: Parts; readonly signedOn: ReadonlySet<string> };

/** A relay carries many terminals over one connection; past this many the oldest sign-on is forgotten. */
const mostTerminals = 4096;

/** A code that can be checked without storing it: the same for a terminal as long as the secret stands. */
export const authCodeOf = (terminal: string, secret: string): string =>
  createHmac('sha256', secret).update(terminalKey(terminal)).digest('hex').slice(0, 16);

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Messages that a terminal sends before it has signed on. */
const before = new Set([0x0001, 0x0002, 0x0003, 0x0004, 0x0100, 0x0102]);

/**
 * Register → authenticate → report (JT/T 808 §5). By default nobody is turned away, because relays and many terminals skip the first two
 * steps; each record then says whether its terminal had signed on. With `requireAuth` it must have, with the code we issued.
 */
export function session(options: Jt808Options, connected: boolean): Session<Jt808Message, SessionState> {
  const secret = options.authSecret ?? '';
  return {
    start: { parts: noParts, signedOn: new Set() },
    step: (state, message, now) => step(state, message, now),
    end: ({ parts }) => [...parts.values()].map(incomplete),
  };

  function step(state: SessionState, message: Jt808Message, now: number): Step<Jt808Message, SessionState> {
    if (!message.header.part) return signOn(state, message, []);
    const { state: parts, whole, refusal, expired } = reassemble(state.parts, message, now);
    const next = { ...state, parts };
    if (!whole) return { state: next, message: null, refusal, expired };
    const read = readBody(message.header, whole, message.flags);
    return isRefusal(read) ? { state: next, message: null, refusal: read, expired } : signOn(next, read, expired);
  }

  function signOn(
    state: SessionState,
    message: Jt808Message,
    expired: readonly Refusal[],
  ): Step<Jt808Message, SessionState> {
    if (!connected) return { state, message, refusal: null, expired };
    const { messageId, terminal } = message.header;
    const key = terminalKey(terminal);
    // Only who registers or signs on is told or asked for it: a keyed hash for every position would be felt.
    const authCode = messageId === 0x0100 || messageId === 0x0102 ? authCodeOf(terminal, secret) : '';
    const refused = (detail: string) => ({ state, message: null, refusal: refuse('unauthorized', detail), expired });
    if (messageId === 0x0102) {
      if (options.requireAuth && !sameText(String(message.body.authCode), authCode))
        return refused('the authentication code is not the one we issued');
      const signedOn = new Set(state.signedOn).add(key);
      if (signedOn.size > mostTerminals) signedOn.delete(signedOn.values().next().value as string);
      return {
        state: { ...state, signedOn },
        message: { ...message, signOn: { signedOn: true, authCode } },
        refusal: null,
        expired,
      };
    }
    const known = state.signedOn.has(key);
    if (options.requireAuth && !known && !before.has(messageId)) return refused('the terminal has not authenticated');
    return { state, message: { ...message, signOn: { signedOn: known, authCode } }, refusal: null, expired };
  }
}
