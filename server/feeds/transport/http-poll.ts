import { createHash, randomUUID } from 'node:crypto';
import type { Secret } from '../secret.ts';
import { acceptPush, type PushFeed } from './accept-push.ts';
import { type Fetched, type FetchRules, fetchBounded, mayAsk, type Validators } from './fetch-bounded.ts';
import { nextPollMs } from './next-poll.ts';
import { createLinkBook, linkKey, type PollLink } from './poll-links.ts';
import { fillUrl, nextPage } from './poll-pages.ts';
import { openPollSession } from './poll-session.ts';
import type { FeedPort, TransportState } from './port.ts';
import { memoryLedger, type PushLedger } from './push-ledger.ts';
import { shownUrl } from './shown-url.ts';
import { createTurns, type Turns } from './turns.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export type HttpPollSettings = {
  readonly feed: PushFeed;
  readonly port: FeedPort;
  /** `{now}` and `{since}` stand for times (poll-pages.ts). */
  readonly url: string;
  /** Sent to the origin of `url` only. */
  readonly headers?: ReadonlyMap<string, Secret>;
  readonly intervalMs: number;
  /** Where the documents are when what is polled is only their index. */
  readonly linksOf?: (message: unknown) => readonly PollLink[];
  /** What a document calls its next page. */
  readonly nextLinkOf?: (message: unknown) => string | null;
  /** Pages read per poll; the rest follows with the next. */
  readonly mostPages?: number;
  readonly rules?: Partial<Omit<FetchRules, 'headers'>>;
  /** Documents fetched per poll; the rest follows with the next. */
  readonly mostLinks?: number;
  readonly ledger?: PushLedger;
  /** Shared by all that read in one process; its own where left out. */
  readonly turns?: Turns;
  readonly now?: () => number;
  /** 0 ≤ random() < 1: spreads polls, so that many servers do not ask at the same moment. */
  readonly random?: () => number;
  /** When first to ask, where what is asked is itself only starting; at once where left out. */
  readonly firstAfterMs?: number;
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

const usualLimitBytes = 5 * 1024 * 1024;
/** What a source may have said in the first poll's past. */
const firstSinceMs = 24 * 3_600_000;
const noValidators: Validators = { etag: null, lastModified: null };

const isGone = (fetched: Fetched): boolean =>
  fetched.kind === 'failed' && (fetched.facts.status === 404 || fetched.facts.status === 410);

/** Asks one address again and again. What could not be stored is asked for again, so nothing is lost by a store that was down. */
export function openHttpPoll(settings: HttpPollSettings): HttpPoll {
  const { feed, port, now = Date.now, random = Math.random, mostLinks = 50, mostPages = 50 } = settings;
  const session = openPollSession(feed.protocol, feed.options ?? {}, now);
  const ledger = settings.ledger ?? memoryLedger();
  const turns = settings.turns ?? createTurns();
  const configured = URL.canParse(settings.url) ? new URL(settings.url) : null;
  const shown = shownUrl(settings.url);
  const rules: FetchRules = {
    timeoutMs: 15_000,
    limitBytes: Math.max(usualLimitBytes, feed.protocol.maxFrameBytes),
    allowHosts: [],
    ...settings.rules,
    ...(configured && settings.headers ? { headers: { origin: configured.origin, values: settings.headers } } : {}),
  };
  const book = createLinkBook();
  let validators = noValidators;
  let validatedUrl = '';
  let lastHash = '';
  let since = now() - firstSinceMs;
  let readable = true;
  let failures = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const tell = (state: TransportState, code: string, facts: Record<string, string | number> = {}) =>
    port.status(feed.id, { state, at: now(), code, facts: { url: shown, ...facts } });
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
    const outcome = await acceptPush({ feed: watched, bytes, origin, into: port, ledger, turns }).catch(
      () => 'unstored' as const,
    );
    const none = { accepted: 0, count: 0, message: null };
    if (outcome === 'unstored') return { state: 'not_stored' as const, ...none };
    session.keep();
    if (!('results' in outcome)) return { state: 'unreadable' as const, ...none };
    return { state: 'read' as const, accepted: outcome.accepted, count: outcome.received, message };
  }

  /** Follows what the index points at: only allowed hosts, each version once, at most `mostLinks` a time. */
  async function follow(base: URL, links: readonly PollLink[]) {
    const tally = { documents: 0, accepted: 0, refusedLinks: 0, openLinks: 0 };
    const named = links.map(({ href, version }) => {
      const url = URL.canParse(href, base) ? new URL(href, base) : null;
      return { url, key: linkKey({ href: url?.href ?? href, version }) };
    });
    let asked = 0;
    for (const { url, key } of book.open(named)) {
      if (!configured || !url || !mayAsk(url, configured, rules.allowHosts)) {
        tally.refusedLinks++;
        continue;
      }
      if (stopped || asked >= mostLinks) {
        tally.openLinks++;
        continue;
      }
      asked++;
      const fetched = await fetchBounded(url, noValidators, rules);
      const read =
        fetched.kind === 'document' ? await accept(fetched.bytes, fetched.received, shownUrl(url.href)) : null;
      if (!read || read.state === 'not_stored') {
        if (!book.failed(key, isGone(fetched))) tally.openLinks++;
        continue;
      }
      book.read(key);
      tally.documents++;
      tally.accepted += read.accepted;
    }
    return tally;
  }

  /** The pages after the first one, on its own origin only, none twice, at most so many a time. */
  async function turnPages(first: { url: URL; next: URL | null; hash: string }) {
    const tally = { pages: 0, accepted: 0, trouble: null as 'pages_open' | 'pages_repeat' | 'not_stored' | null };
    const visited = new Set([first.url.href]);
    let { next, hash } = first;
    while (next) {
      if (stopped || tally.pages + 1 >= mostPages) return { ...tally, trouble: 'pages_open' as const };
      if (visited.has(next.href)) return { ...tally, trouble: 'pages_repeat' as const };
      if (!configured || !mayAsk(next, configured, [])) return { ...tally, trouble: 'pages_open' as const };
      visited.add(next.href);
      const fetched = await fetchBounded(next, noValidators, rules);
      if (fetched.kind !== 'document') return { ...tally, trouble: 'pages_open' as const };
      const pageHash = hashOf(fetched.bytes);
      // A server that does not know how to turn pages answers with the same one for ever.
      if (pageHash === hash) return { ...tally, trouble: null };
      const read = await accept(fetched.bytes, fetched.received, shownUrl(fetched.url));
      if (read.state === 'not_stored') return { ...tally, trouble: 'not_stored' as const };
      tally.pages++;
      tally.accepted += read.accepted;
      hash = pageHash;
      next = nextOf(fetched, read);
    }
    return tally;
  }

  const nextOf = (fetched: Extract<Fetched, { kind: 'document' }>, read: { message: unknown; count: number }) =>
    nextPage({
      url: new URL(fetched.url),
      nextLink: read.message === null ? null : (settings.nextLinkOf?.(read.message) ?? null),
      linkHeader: fetched.linkHeader,
      count: read.count,
    });

  type Result = Omit<PollOutcome, 'nextInMs'> & { retryAfterMs?: number | null };
  const nothing = { documents: 0, accepted: 0, refusedLinks: 0, openLinks: 0 };

  async function once(): Promise<Result> {
    const startedAt = now();
    const filled = fillUrl(settings.url, { now: startedAt, since });
    if (!configured || !URL.canParse(filled) || !/^https?:$/.test(configured.protocol)) {
      tell('down', 'bad_url');
      return { result: 'failed', ...nothing };
    }
    const address = new URL(filled);
    const fetched = await fetchBounded(address, validatedUrl === filled ? validators : noValidators, rules);
    if (fetched.kind === 'failed') {
      tell('down', fetched.code, fetched.facts);
      return { result: 'failed', ...nothing, retryAfterMs: fetched.retryAfterMs };
    }
    const hash = fetched.kind === 'document' ? hashOf(fetched.bytes) : lastHash;
    if (fetched.kind === 'unchanged' || (hash === lastHash && filled === validatedUrl)) return unchanged();
    const read = await accept(fetched.bytes, fetched.received, shownUrl(fetched.url));
    if (read.state === 'not_stored') {
      tell('degraded', 'not_stored');
      return { result: 'not_stored', ...nothing };
    }
    validatedUrl = filled;
    if (read.state === 'unreadable') {
      // The same bytes would be as unreadable next time: once in the quarantine is enough.
      lastHash = hash;
      validators = fetched.validators;
      readable = false;
      tell('degraded', 'unreadable');
      return { result: 'unreadable', ...nothing, documents: 1 };
    }
    readable = true;
    const next = nextOf(fetched, read);
    const pages = await turnPages({ url: new URL(fetched.url), next, hash });
    const followed = await follow(new URL(fetched.url), settings.linksOf?.(read.message) ?? []);
    // With links or pages still open the first one must come whole again, or they would never be asked for; and a first
    // page that stays the same says nothing about the ones behind it.
    const whole = followed.openLinks === 0 && next === null;
    validators = whole ? fetched.validators : noValidators;
    lastHash = whole ? hash : '';
    const tally = {
      ...followed,
      documents: followed.documents + 1 + pages.pages,
      accepted: followed.accepted + read.accepted + pages.accepted,
    };
    const links = followed.refusedLinks > 0 ? 'links_refused' : followed.openLinks > 0 ? 'links_open' : null;
    const trouble = pages.trouble ?? links;
    tell(trouble ? 'degraded' : 'up', trouble ?? 'polled', { ...tally, pages: pages.pages + 1 });
    if (pages.trouble === 'not_stored') return { result: 'not_stored', ...tally };
    // A little is asked for twice: the source's clock is not ours, and repeats are known.
    if (!pages.trouble) since = Math.max(since, startedAt - Math.max(60_000, settings.intervalMs));
    return { result: 'read', ...tally };
  }

  /** Nothing new is a sign of life: delivered like a heartbeat, so that a quiet feed is not called stale. */
  async function unchanged(): Promise<Result> {
    if (!readable) {
      tell('degraded', 'unreadable');
      return { result: 'unchanged', ...nothing };
    }
    const origin = originOf(shown);
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
    running = turn.catch(() => undefined); // said to whoever asked for the turn
    return turn;
  };

  const plan = (delayMs: number) => {
    if (!stopped)
      timer = setTimeout(async () => {
        const outcome = await inTurn().catch((fault: Error) => {
          tell('down', 'fault', { detail: fault.message });
          return null;
        });
        plan(outcome?.nextInMs ?? settings.intervalMs);
      }, delayMs).unref();
  };
  if (!settings.manual) plan(settings.firstAfterMs ?? Math.round(random() * Math.min(1_000, settings.intervalMs)));

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
