import { randomBytes } from 'node:crypto';
import type { Session, Step } from '../contract.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Catalogs, catalogEnd, noCatalogs, stepCatalog } from './catalog-parts.ts';
import { type Credentials, isRightAnswer, readCredentials } from './digest.ts';
import type { Gb28181Message, Sip, Standing } from './message.ts';
import { issuedAt, nonceFor } from './nonce.ts';
import type { Gb28181Options } from './options.ts';

type Member = {
  /** Epoch ms. */
  readonly until: number;
  /** The last answers that were right, so that none is taken twice. */
  readonly used: readonly Used[];
};
/** A nonce counts upwards (RFC 2617 §3.2.2). */
type Used = { readonly nonce: string; readonly issuedAt: number; readonly count: number; readonly request: string };
export type SessionState = {
  /** By device code, the earliest registered first. A platform below us carries many devices over one address. */
  readonly members: ReadonlyMap<string, Member>;
  readonly catalogs: Catalogs;
  readonly strangers: Strangers;
};
/** Who spoke without having registered and was reported. */
type Strangers = { readonly at: number; readonly told: readonly string[] };

/**
 * After a restart everybody behind one address is a stranger for a moment. All hear 403, which makes them register; one now and then is reported,
 * so that a crowd is neither kept byte by byte nor cut off before it can.
 */
const strangersEveryMs = 10_000;
const mostTold = 64;

const mostMembers = 4_096;
const mostUsed = 8;
const defaultExpiresS = 3_600;

type Stepped = Step<Gb28181Message, SessionState>;

/** REGISTER → challenge → REGISTER → messages (GB/T 28181 §9.1). Only the sender of a registration may speak until it expires. */
export function session(options: Gb28181Options, connected: boolean): Session<Gb28181Message, SessionState> {
  const realm = options.realm ?? options.serverId.slice(0, 10);
  const lifeMs = options.nonceS * 1_000;
  /** A challenge is for one peer: heard by another, its answer is worth nothing. */
  const peer = connected ? randomBytes(12).toString('hex') : '';
  const ownerOf = (deviceId: string) => `${peer}/${realm}/${deviceId}`;

  return {
    start: { members: new Map(), catalogs: noCatalogs, strangers: { at: Number.NEGATIVE_INFINITY, told: [] } },
    step: (state, message, now) => step(state, message, now),
    end: ({ catalogs }) => catalogEnd(catalogs),
  };

  function step(state: SessionState, message: Gb28181Message, now: number): Stepped {
    if (!connected) return take(state, message, now);
    const { sip } = message;
    if (!sip)
      return options.authenticate
        ? refused(state, 'a document alone says nothing of its sender')
        : take(state, message, now);
    if (sip.method === null || sip.method === 'ACK') return passed(state, message);
    if (sip.method === 'REGISTER') return register(state, message, sip, now);
    if (sip.method === 'OPTIONS') return passed(state, { ...message, standing: { kind: 'known', ask: [] } });
    if (!options.authenticate) return take(state, { ...message, standing: known(message) }, now);
    const sender = sip.from.user ?? '';
    const member = state.members.get(sender);
    if (!member || member.until < now) return strange(state, message, { sender, now });
    return take(state, { ...message, standing: known(message) }, now);
  }

  function register(state: SessionState, message: Gb28181Message, sip: Sip, now: number): Stepped {
    const deviceId = sip.to.user;
    if (!deviceId) return refused(state, 'a registration of nobody');
    if (!options.authenticate) return enter(state, message, { deviceId, now, used: null });
    const credentials = message.authorization ? readCredentials(message.authorization.reveal()) : null;
    if (!credentials) {
      if (!message.authorization) return challenge(state, message, { deviceId, stale: false, now });
      return refused(state, 'credentials that are no digest, or by an algorithm that is not read');
    }
    const password = Object.hasOwn(options.passwords, deviceId) ? options.passwords[deviceId] : options.password;
    if (password === undefined) return refused(state, `no password is set for ${deviceId}`);
    if (!options.algorithms.includes(credentials.algorithm))
      return refused(state, `this source may not answer with ${credentials.algorithm}`);
    const issued = credentials.realm === realm ? issuedAt(credentials.nonce, ownerOf(deviceId)) : null;
    const used = {
      nonce: credentials.nonce,
      issuedAt: issued ?? 0,
      count: countOf(credentials),
      request: requestOf(sip),
    };
    /** Whether the password is right must not be told by an old challenge. */
    if (issued === null || now - issued > lifeMs || isRepeated(state.members.get(deviceId)?.used ?? [], used))
      return challenge(state, message, { deviceId, stale: true, now });
    if (!isRightAnswer(credentials, 'REGISTER', password))
      return refused(state, `${deviceId} does not know its password`);
    return enter(state, message, { deviceId, now, used });
  }

  function strange(
    state: SessionState,
    message: Gb28181Message,
    { sender, now }: { sender: string; now: number },
  ): Stepped {
    const { at, told } = state.strangers;
    if (told.includes(sender) || now - at < strangersEveryMs)
      return passed(state, { ...message, standing: { kind: 'stranger' } });
    const strangers = { at: now, told: [...told, sender].slice(-mostTold) };
    return refused({ ...state, strangers }, `${sender || 'the sender'} has not registered`);
  }

  function challenge(
    state: SessionState,
    message: Gb28181Message,
    { deviceId, stale, now }: { deviceId: string; stale: boolean; now: number },
  ): Stepped {
    const nonce = nonceFor(ownerOf(deviceId), message.sip ? requestOf(message.sip) : '', now);
    const modern = Number.parseInt(message.sip?.edition ?? '', 10) >= 3;
    const offered = options.algorithms.filter((name) => modern || name === 'MD5');
    const algorithms = offered.length > 0 ? offered : options.algorithms;
    const standing: Standing = { kind: 'challenged', realm, nonce, stale, algorithms };
    return { ...passed(state, message), answering: { ...message, standing } };
  }

  type Entry = { readonly deviceId: string; readonly now: number; readonly used: Used | null };

  function enter(state: SessionState, message: Gb28181Message, { deviceId, now, used }: Entry): Stepped {
    const members = new Map(state.members);
    members.delete(deviceId);
    const expiresS = Math.min(message.sip?.expires ?? defaultExpiresS, options.maxExpiresS);
    const standing: Standing =
      expiresS === 0
        ? { kind: 'unregistered', deviceId }
        : { kind: 'registered', deviceId, expiresS, ask: isNew(state, deviceId, now) ? asked() : [] };
    /** Whoever leaves is remembered for as long as its last answer could be repeated. */
    members.set(deviceId, {
      until: expiresS === 0 ? Number.NEGATIVE_INFINITY : now + expiresS * 1_000,
      used: used ? remember(state.members.get(deviceId)?.used ?? [], used) : [],
    });
    if (members.size > mostMembers) members.delete(members.keys().next().value as string);
    const { at, told } = state.strangers;
    const strangers = { at, told: told.filter((one) => one !== deviceId) };
    return { ...passed({ ...state, members, strangers }, message), message: { ...message, standing } };
  }

  function asked() {
    const from = `${options.serverId}@${realm}`;
    return options.ask.flatMap((about) =>
      about === 'alarm-response' ? [] : [{ about, from, everyS: options.positionEveryS }],
    );
  }

  function known({ body }: Gb28181Message): Standing {
    const owed = body?.root === 'Notify' && body.command === 'Alarm' && options.ask.includes('alarm-response');
    const from = `${options.serverId}@${realm}`;
    return { kind: 'known', ask: owed ? [{ about: 'alarm-response', from, everyS: 0 }] : [] };
  }
}

const passed = (state: SessionState, message: Gb28181Message): Stepped => ({
  state,
  message: null,
  refusal: null,
  expired: [],
  answering: message,
});

const refused = (state: SessionState, detail: string): Stepped => ({
  state,
  message: null,
  refusal: refuse('unauthorized', detail),
  expired: [],
});

/** What may be mapped: how far its catalogue has come is said beside it. */
function take(state: SessionState, message: Gb28181Message, now: number): Stepped {
  const { catalogs, progress, expired } = stepCatalog(state.catalogs, message, now);
  const whole = progress ? { ...message, catalog: progress } : message;
  return { state: { ...state, catalogs }, message: whole, refusal: null, expired: expired as readonly Refusal[] };
}

const requestOf = ({ callId, sequence }: Sip): string => `${callId}/${sequence}`;

const isNew = ({ members }: SessionState, deviceId: string, now: number): boolean =>
  (members.get(deviceId)?.until ?? Number.NEGATIVE_INFINITY) < now;

const countOf = ({ qop, nc }: Credentials): number => (qop === null ? 0 : Number.parseInt(nc, 16));

const remember = (before: readonly Used[], used: Used): readonly Used[] =>
  [...before.filter(({ nonce }) => nonce !== used.nonce), used].slice(-mostUsed);

/**
 * The same request again is a datagram that was sent twice; another one with a count that is used up was overheard. What is older than all that
 * is remembered may have been used.
 */
function isRepeated(before: readonly Used[], { nonce, issuedAt: issued, count, request }: Used): boolean {
  const known = before.find((one) => one.nonce === nonce);
  if (known) return known.request !== request && count <= known.count;
  return before.length >= mostUsed && before.every((one) => one.issuedAt > issued);
}
