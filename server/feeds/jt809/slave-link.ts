import type { Reply } from '../contract.ts';
import type { LinkBack, LinkCause, LinkEvent, LinkPlan, LinkStep } from '../link-back.ts';
import { refuse } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import { upperFrame } from './answer.ts';
import type { Header } from './header.ts';
import type { Jt809Message } from './message.ts';
import type { Jt809Options } from './options.ts';
import { loginResult, type SessionState, session } from './session.ts';
import { slaveAddressFault } from './slave-address.ts';
import { owedOnSlaveLink, receivedCount } from './slave-messages.ts';

/** Times of the standard: kept every minute, given up after three without a word; a login is to be answered at once. */
export const slaveTimes = { keepMs: 60_000, silenceMs: 180_000, answerMs: 10_000, countMs: 10 * 60_000 };

export type SlaveLink = {
  /** Of the login: edition, centre and version of all that we send. */
  readonly header: Header;
  readonly verifyCode: Secret;
  readonly phase: 'idle' | 'signingOn' | 'up' | 'closing';
  readonly serial: number;
  readonly since: number;
  readonly heardAt: number;
  readonly keptAt: number;
  /** Positions that came over the main link and were not told of yet. */
  readonly count: { readonly total: number; readonly startAt: number; readonly endAt: number } | null;
  /** Ciphers and open alarms of what comes over this link. */
  readonly options: Jt809Options;
  readonly memory: SessionState;
};

type Step = LinkStep<Jt809Message>;
type Outcome = Partial<Omit<Step, 'state' | 'send'>> & { readonly send?: readonly Outgoing[] };
type Outgoing = readonly [messageId: number, body: Uint8Array];

const nothing = new Uint8Array(0);
const keyOf = ({ header }: Jt809Message): string => `centre ${header.centerId}`;
const reading = (options: Jt809Options) => session({ ...options, requireLogin: false }, false);

/** JT/T 809 §5.2: after the login on the main link the upper platform opens the slave link and shows the verify code that it gave. */
export const slaveLink: LinkBack<Jt809Message, Jt809Options> = {
  keyOf,
  plan,
  step: (state, event, now) => step(state as SlaveLink, event, now),
  notice: (to, cause, reply) => broken(to, cause, reply),
};

function plan(message: Jt809Message, options: Jt809Options, peer: string): LinkPlan | null {
  const { header, body, login } = message;
  const key = keyOf(message);
  if (header.messageId === 0x1003) return { kind: 'close', key };
  if (header.messageId !== 0x1001 || login?.result !== loginResult.done || !login.verifyCode) return null;
  const account = options.accounts.find(
    ({ centerId, userId }) => centerId === header.centerId && userId === body.userId,
  );
  if (!account?.slaveLink) return null;
  const [host, port] = [String(body.downLinkIp ?? ''), Number(body.downLinkPort)];
  const fault = slaveAddressFault(account.slaveLink, { host, port }, peer);
  if (fault !== null) return { kind: 'refuse', key, detail: fault };
  const state: SlaveLink = {
    header,
    verifyCode: login.verifyCode,
    phase: 'idle',
    serial: 0,
    since: 0,
    heardAt: 0,
    keptAt: 0,
    count: null,
    options,
    memory: reading(options).start,
  };
  return { kind: 'open', key, host, port, state };
}

/** 0x9007, over the main link: 0 the address does not answer, 1 the link broke. */
const broken = (to: Jt809Message, cause: LinkCause, reply: Reply): Uint8Array =>
  upperFrame(to.header, 0x9007, Uint8Array.of(cause === 'unreachable' ? 0 : 1), reply);

function step(link: SlaveLink, event: LinkEvent<Jt809Message>, now: number): Step {
  switch (event.kind) {
    case 'connected':
      return to({ ...link, phase: 'signingOn', since: now, heardAt: now, keptAt: now }, now, {
        send: [[0x9001, code(link)]],
      });
    case 'message':
      return heard(link, event.message, now);
    case 'first':
      return first(link, event.message, now);
    case 'tick':
      return tick(link, now);
    case 'closing': {
      const goodbye: Outgoing[] = event.because === 'stop' ? [[0x9008, Uint8Array.of(0)]] : [];
      if (link.phase !== 'up') return to({ ...link, phase: 'closing' }, now, { end: 'done' });
      return to({ ...link, phase: 'closing', since: now }, now, { send: [...goodbye, [0x9003, code(link)]] });
    }
  }
}

const code = ({ verifyCode }: SlaveLink): Uint8Array => Buffer.from(verifyCode.reveal(), 'hex');

function to(link: SlaveLink, now: number, { send = [], ...outcome }: Outcome = {}): Step {
  const frames = send.map(([messageId, body], at) =>
    upperFrame(link.header, messageId, body, { serial: link.serial + at, accepted: true, now }),
  );
  const state: SlaveLink = { ...link, serial: (link.serial + frames.length) >>> 0 };
  return { state, send: frames, message: null, refusal: null, end: null, ...outcome };
}

function heard(before: SlaveLink, sealed: Jt809Message, now: number): Step {
  const unauthorized = (detail: string) => to(before, now, { refusal: refuse('unauthorized', detail) });
  if (sealed.header.centerId !== before.header.centerId)
    return unauthorized(`centre ${sealed.header.centerId} on the slave link of centre ${before.header.centerId}`);
  const { state: memory, message, refusal } = reading(before.options).step(before.memory, sealed, now);
  const link: SlaveLink = { ...before, memory, heardAt: now };
  if (refusal || !message) return to(link, now, { refusal });
  switch (message.header.messageId) {
    case 0x9002:
      if (message.body.result === 0) return to({ ...link, phase: 'up' }, now, { message });
      // 1: a wrong code, which only the next login can mend. 2 and 3: busy, or something else.
      return to(link, now, { message, end: message.body.result === 1 ? 'done' : 'retry' });
    case 0x9004:
      return to(link, now, { message, end: link.phase === 'closing' ? 'done' : 'retry' });
    case 0x1008:
      return to(link, now, { message, end: 'done' });
    case 0x1001:
    case 0x1003:
      return unauthorized(`${message.messageId} does not belong on the slave link`);
    default:
      if (link.phase === 'up' || link.phase === 'closing') return to(link, now, { message });
      return unauthorized('the slave link is not signed on');
  }
}

/** What comes over the main link is counted, and answered where its answer belongs on the slave link. */
function first(link: SlaveLink, message: Jt809Message, now: number): Step {
  if (link.phase !== 'up') return to(link, now);
  const fresh = message.positions.length;
  const { total, startAt } = link.count ?? { total: 0, startAt: now };
  const count = fresh > 0 ? { total: total + fresh, startAt, endAt: now } : link.count;
  const owed = owedOnSlaveLink(message);
  return to({ ...link, count }, now, { send: owed ? [[owed.messageId, owed.body]] : [] });
}

function tick(link: SlaveLink, now: number): Step {
  const { answerMs, silenceMs, keepMs, countMs } = slaveTimes;
  if (link.phase === 'idle') return to(link, now);
  if (link.phase !== 'up') return to(link, now, { end: now - link.since >= answerMs ? ending(link) : null });
  if (now - link.heardAt >= silenceMs) return to(link, now, { end: 'retry' });
  const keep: Outgoing[] = now - link.keptAt >= keepMs ? [[0x9005, nothing]] : [];
  const told = link.count !== null && now - link.count.startAt >= countMs;
  const count: Outgoing[] = told && link.count ? [[0x9101, receivedCount(link.count)]] : [];
  const next = { ...link, keptAt: keep.length > 0 ? now : link.keptAt, count: told ? null : link.count };
  return to(next, now, { send: [...keep, ...count] });
}

const ending = ({ phase }: SlaveLink): 'retry' | 'done' => (phase === 'closing' ? 'done' : 'retry');
