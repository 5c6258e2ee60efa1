import { createHash, randomUUID } from 'node:crypto';
import { acceptPush, type PushFeed } from './accept-push.ts';
import { type FetchRules, fetchBounded, mayAsk, type Validators } from './fetch-bounded.ts';
import { nextPollMs } from './next-poll.ts';
import { openPollSession } from './poll-session.ts';
import type { FeedPort, TransportState } from './port.ts';
import { memoryLedger, type PushLedger } from './push-ledger.ts';

/** A document an index points at; `version` changes when it does. */
export type PollLink = { readonly href: string; readonly version: string | null };

export type HttpPollSettings = {
  readonly feed: PushFeed;
  readonly port: FeedPort;
  readonly url: string;
  readonly intervalMs: number;
  /** Where the documents are when what is polled is only their index. */
  readonly linksOf?: (message: unknown) => readonly PollLink[];
  readonly rules?: Partial<FetchRules>;
  /** Documents fetched per poll; the rest follows with the next. */
  readonly mostLinks?: number;
  readonly ledger?: PushLedger;
  readonly now?: () => number;
  /** 0 ≤ random() < 1: spreads polls, so that many servers do not ask at the same moment. */
  readonly random?: () => number;
  /** Nothing is asked before `poll` is called. */
  readonly manual?: boolean;
};

export type PollOutcome = {
  readonly result: 'read' | 'unchanged' | 'failed' | 'unreadable' | 'not_stored';
  readonly documents: number;
  readonly accepted: number;
  /** Links not followed: outside what may be asked. */
  readonly refusedLinks: number;
  /** Links that failed or did not fit into this poll. */
  readonly openLinks: number;
  readonly nextInMs: number;
};

export type HttpPoll = { poll(): Promise<PollOutcome>; close(): Promise<void> };

const defaultRules: FetchRules = { timeoutMs: 15_000, limitBytes: 5 * 1024 * 1024, allowHosts: [] };
const mostSeen = 5_000;
const noValidators: Validators = { etag: null, lastModified: null };

/** Asks one address again and again. What could not be stored is asked for again, so nothing is lost by a store that was down. */
export function openHttpPoll(settings: HttpPollSettings): HttpPoll {
  const { feed, port, now = Date.now, random = Math.random, mostLinks = 50 } = settings;
  const limitBytes = Math.max(defaultRules.limitBytes, feed.protocol.maxFrameBytes);
  const rules = { ...defaultRules, limitBytes, ...settings.rules };
  const session = openPollSession(feed.protocol, feed.options ?? {}, now);
  const ledger = settings.ledger ?? memoryLedger();
  const address = URL.canParse(settings.url) ? new URL(settings.url) : null;
  const seen = new Set<string>();
  let validators = noValidators;
  let lastHash = '';
  let readable = true;
  let failures = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const tell = (state: TransportState, code: string, facts: Record<string, string | number> = {}) =>
    port.status(feed.id, { state, at: now(), code, facts: { url: settings.url, ...facts } });
  const originOf = (source: string) => ({ receivedAt: now(), source, connection: randomUUID() });

  /** `accepted` counts what was new; null: the store did not take it. */
  async function accept(bytes: Uint8Array, received: number, source: string) {
    const origin = originOf(source);
    port.received(feed.id, received, origin);
    let message: unknown = null;
    const watched = {
      ...feed,
      protocol: { ...feed.protocol, decode: (raw: Uint8Array) => (message = session.decode(raw)) },
    };
    const outcome = await acceptPush({ feed: watched, bytes, origin, into: port, ledger }).catch(
      () => 'unstored' as const,
    );
    if (outcome === 'unstored') return { state: 'not_stored' as const, accepted: 0, message: null };
    session.keep();
    if (!('results' in outcome)) return { state: 'unreadable' as const, accepted: 0, message: null };
    return { state: 'read' as const, accepted: outcome.accepted, message };
  }

  function remember(key: string): void {
    seen.add(key);
    if (seen.size > mostSeen) seen.delete(seen.values().next().value as string);
  }

  /** Follows what the index points at, oldest worry first: only allowed hosts, each version once, at most `mostLinks` a time. */
  async function follow(base: URL, links: readonly PollLink[]) {
    const tally = { documents: 0, accepted: 0, refusedLinks: 0, openLinks: 0 };
    for (const link of links) {
      const url = URL.canParse(link.href, base) ? new URL(link.href, base) : null;
      const key = `${url?.href ?? link.href} ${link.version ?? ''}`;
      if (seen.has(key)) continue;
      if (!address || !url || !mayAsk(url, address, rules.allowHosts)) {
        tally.refusedLinks++;
        continue;
      }
      if (stopped || tally.documents + tally.openLinks >= mostLinks) {
        tally.openLinks++;
        continue;
      }
      const fetched = await fetchBounded(url, noValidators, rules);
      const read = fetched.kind === 'document' ? await accept(fetched.bytes, fetched.received, url.href) : null;
      if (!read || read.state === 'not_stored') {
        tally.openLinks++;
        continue;
      }
      remember(key);
      tally.documents++;
      tally.accepted += read.accepted;
    }
    return tally;
  }

  type Result = Omit<PollOutcome, 'nextInMs'> & { retryAfterMs?: number | null };
  const nothing = { documents: 0, accepted: 0, refusedLinks: 0, openLinks: 0 };

  async function once(): Promise<Result> {
    if (!address || (address.protocol !== 'http:' && address.protocol !== 'https:')) {
      tell('down', 'bad_url');
      return { result: 'failed', ...nothing };
    }
    const fetched = await fetchBounded(address, validators, rules);
    if (fetched.kind === 'failed') {
      tell('down', fetched.code, fetched.facts);
      return { result: 'failed', ...nothing, retryAfterMs: fetched.retryAfterMs };
    }
    const hash = fetched.kind === 'document' ? createHash('sha256').update(fetched.bytes).digest('hex') : lastHash;
    if (fetched.kind === 'unchanged' || hash === lastHash) return unchanged();
    const read = await accept(fetched.bytes, fetched.received, fetched.url);
    if (read.state === 'not_stored') {
      tell('degraded', 'not_stored');
      return { result: 'not_stored', ...nothing };
    }
    if (read.state === 'unreadable') {
      // The same bytes would be as unreadable next time: once in the quarantine is enough.
      lastHash = hash;
      validators = fetched.validators;
      readable = false;
      tell('degraded', 'unreadable');
      return { result: 'unreadable', ...nothing, documents: 1 };
    }
    readable = true;
    const followed = await follow(new URL(fetched.url), settings.linksOf?.(read.message) ?? []);
    // With links still open the index must come whole again, or they would never be asked for.
    const open = followed.openLinks > 0;
    validators = open ? noValidators : fetched.validators;
    lastHash = open ? '' : hash;
    const tally = { ...followed, documents: followed.documents + 1, accepted: followed.accepted + read.accepted };
    const trouble = followed.refusedLinks > 0 ? 'links_refused' : 'links_open';
    tell(
      open || followed.refusedLinks > 0 ? 'degraded' : 'up',
      open || followed.refusedLinks > 0 ? trouble : 'polled',
      tally,
    );
    return { result: 'read', ...tally };
  }

  /** Nothing new is a sign of life: delivered like a heartbeat, so that a quiet feed is not called stale. */
  async function unchanged(): Promise<Result> {
    if (!readable) {
      tell('degraded', 'unreadable');
      return { result: 'unchanged', ...nothing };
    }
    const origin = originOf(settings.url);
    port.received(feed.id, 0, origin);
    const delivery = { raw: new Uint8Array(0), message: null, records: [], refusals: [] };
    await port.records(feed.id, delivery, origin).catch(() => false);
    tell('up', 'unchanged');
    return { result: 'unchanged', ...nothing };
  }

  async function poll(): Promise<PollOutcome> {
    const { retryAfterMs = null, ...result } = await once();
    failures = result.result === 'failed' || result.result === 'not_stored' ? failures + 1 : 0;
    const nextInMs = nextPollMs({ intervalMs: settings.intervalMs, failures, retryAfterMs, random: random() });
    return { ...result, nextInMs };
  }

  const inTurn = () => {
    const turn = running.then(poll);
    running = turn.catch(() => undefined);
    return turn;
  };

  const plan = (delayMs: number) => {
    if (!stopped)
      timer = setTimeout(
        async () => plan((await inTurn().catch(() => null))?.nextInMs ?? settings.intervalMs),
        delayMs,
      ).unref();
  };
  if (!settings.manual) plan(Math.round(random() * Math.min(1_000, settings.intervalMs)));

  return {
    poll: inTurn,
    close: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running;
      tell('stopped', 'stopped');
    },
  };
}
