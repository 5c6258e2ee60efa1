import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Session, Step } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { alarmNumbers, alarmsOf, handledAlarm } from './alarms.ts';
import { cipher } from './cipher.ts';
import { readBody } from './decode.ts';
import type { Jt809Message } from './message.ts';
import type { Jt809Options } from './options.ts';

export type SessionState = {
  /** The centre that has signed on over this connection. */
  readonly centerId: number | null;
  /** Open alarms: what a later message calls them → the key of their alert. The oldest first. */
  readonly alarms: ReadonlyMap<string, string>;
};

/** Past this many the oldest is forgotten; its end is then told without naming its beginning. */
export const mostAlarms = 4096;

/** Results of the login answer (0x1002). */
export const loginResult = { done: 0, wrongCenter: 2, unknownUser: 3, wrongPassword: 4, busy: 5, other: 6 } as const;

/** Login → business (JT/T 809 §5.2). A connection carries one lower platform. `connected` is false when a file is read: nobody signs on. */
export function session(options: Jt809Options, connected: boolean): Session<Jt809Message, SessionState> {
  return {
    start: { centerId: null, alarms: new Map() },
    step: (state, sealed, now) => {
      const message = open(sealed);
      if (isRefusal(message)) return { state, message: null, refusal: message, expired: [] };
      if (!connected || !options.requireLogin) return take(state, connected ? welcome(message, now) : message);
      if (message.header.messageId === 0x1001) return login(state, message, now);
      const { centerId } = message.header;
      if (state.centerId === null) return refused(state, message, 'the platform has not logged in');
      if (state.centerId !== centerId)
        return refused(state, message, `centre ${centerId} on the connection of centre ${state.centerId}`);
      if (message.header.messageId !== 0x1003) return take(state, message);
      return { state: { ...state, centerId: null }, message, refusal: null, expired: [] };
    },
    end: () => [],
  };

  function open(message: Jt809Message): Jt809Message | Refusal {
    const { sealed, header, flags } = message;
    if (!sealed) return message;
    const keys = options.ciphers.find(({ centerId }) => centerId === header.centerId);
    if (!keys)
      return refuse('unsupported', `the body is enciphered, and there are no keys of centre ${header.centerId}`);
    const read = readBody(header, cipher(sealed, header.key, keys), flags);
    return isRefusal(read) ? { ...read, detail: `deciphered, ${read.detail}` } : read;
  }

  function login(state: SessionState, message: Jt809Message, now: number): Step<Jt809Message, SessionState> {
    const { centerId } = message.header;
    const { userId } = message.body;
    const account = options.accounts.find((one) => one.userId === userId && one.centerId === centerId);
    const deny = (result: number, detail: string) =>
      refused(state, { ...message, login: { result, verifyCode: null } }, detail);
    if (!account)
      return options.accounts.some((one) => one.userId === userId)
        ? deny(loginResult.wrongCenter, `user ${userId} does not belong to centre ${centerId}`)
        : deny(loginResult.unknownUser, `user ${userId} is not registered`);
    if (!samePassword(message.password?.reveal() ?? '', account.password))
      return deny(loginResult.wrongPassword, `wrong password of user ${userId}`);
    const whole = { ...message, login: { result: loginResult.done, verifyCode: verifyCode(account.password, now) } };
    return { state: { ...state, centerId }, message: { ...whole, password: null }, refusal: null, expired: [] };
  }
}

const welcome = (message: Jt809Message, now: number): Jt809Message =>
  message.header.messageId === 0x1001
    ? { ...message, login: { result: loginResult.done, verifyCode: verifyCode('', now) } }
    : message;

function refused(state: SessionState, message: Jt809Message, detail: string): Step<Jt809Message, SessionState> {
  const refusal = refuse('unauthorized', detail);
  return { state, message: null, refusal, expired: [], answering: { ...message, password: null } };
}

/** Remembers an alarm that a later message may end, and names the one that this message ends. */
function take(state: SessionState, message: Jt809Message): Step<Jt809Message, SessionState> {
  const handled = handledAlarm(message);
  if (handled !== null) {
    const ends = state.alarms.get(handled);
    if (ends === undefined) return { state, message, refusal: null, expired: [] };
    const alarms = new Map(state.alarms);
    alarms.delete(handled);
    return { state: { ...state, alarms }, message: { ...message, ends }, refusal: null, expired: [] };
  }
  const [alarm] = alarmsOf(message);
  if (!alarm) return { state, message, refusal: null, expired: [] };
  const alarms = new Map(state.alarms);
  for (const number of alarmNumbers(message)) {
    alarms.delete(number);
    alarms.set(number, alarm.key);
  }
  while (alarms.size > mostAlarms) alarms.delete(alarms.keys().next().value as string);
  return { state: { ...state, alarms }, message, refusal: null, expired: [] };
}

/** Eight bytes, filled up with zeros (or spaces). */
function samePassword(sent: string, wanted: string): boolean {
  const [left, right] = [sent, wanted].map((text) =>
    createHmac('sha256', 'jt809')
      .update(text.replace(/[\0 ]+$/, ''), 'latin1')
      .digest(),
  ) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}

/** What the lower platform is to be shown when the slave link is opened: fresh at every login, and of no use without it. */
const verifyCode = (password: string, now: number): Secret =>
  new Secret(createHmac('sha256', password).update(`verify ${now}`).digest('hex').slice(0, 8));
