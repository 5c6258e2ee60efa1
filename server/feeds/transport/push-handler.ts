import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptPush, type PushFeed } from './accept-push.ts';
import type { PushPrincipal } from './authenticate-token.ts';
import type { FeedStatus } from './feed-status.ts';
import { createGeoReportDesk } from './georeport-desk.ts';
import { isUseless } from './judge-outcome.ts';
import type { FeedPort, Origin } from './port.ts';
import { brokenOff, notStored, type PushAnswer, problem, sendAnswer, tooMany } from './push-answer.ts';
import type { PushLedger } from './push-ledger.ts';
import { announced, bodyCoding, routeOf, tooLarge } from './push-routes.ts';
import { readBody } from './read-body.ts';
import { createSourceBreaker, type SourceBreakerLimits } from './source-breaker.ts';
import { type BucketLimits, createTokenBuckets } from './token-buckets.ts';
import type { Turns } from './turns.ts';

export type PushHandlerLimits = {
  readonly bodyBytes: number;
  /** Requests of one source at a time; they are judged one after the other, and each may hold `bodyBytes`. */
  readonly concurrent: number;
  /** Bytes of one source that may wait behind what it has in hand; a larger body is taken where nothing else is. */
  readonly heldBytes: number;
  readonly requests: BucketLimits;
  /** Bytes of one source, unpacked: reading them is work that everybody waits for. */
  readonly volume: BucketLimits;
  /** Wrong tokens from one address. */
  readonly failures: BucketLimits;
  /** When a source that sends nothing readable is not listened to for a while. */
  readonly breaker: Partial<SourceBreakerLimits>;
};

export type PushHandlerSettings = {
  readonly feeds: readonly PushFeed[];
  /** Who a bearer token speaks for. */
  authenticate(token: string): PushPrincipal | null | Promise<PushPrincipal | null>;
  readonly port: FeedPort;
  readonly now: () => number;
  /** The push profile as JSON Schema, for `GET /v1/schema`. */
  readonly schema: () => unknown;
  readonly ledger: PushLedger;
  /** With whatever else this process reads. */
  readonly turns: Turns;
  /** What each feed's transport says about itself. */
  readonly statuses: ReadonlyMap<string, FeedStatus>;
  readonly limits: PushHandlerLimits;
};

type Lane = { tail: Promise<unknown>; busy: number; heldBytes: number };
const newLane = (): Lane => ({ tail: Promise.resolve(), busy: 0, heldBytes: 0 });
/** When a source that sends faster than its turns come should try again. */
const busyMs = 1_000;

/** What becomes of one request, from its headers to its answer; it never throws and never leaves a request unanswered. */
export function createPushHandler({
  feeds: sources,
  authenticate,
  port,
  now,
  schema,
  ledger,
  turns,
  statuses,
  limits,
}: PushHandlerSettings) {
  const feeds = new Map(sources.map((feed) => [feed.id, feed]));
  const requests = createTokenBuckets(limits.requests);
  const volume = createTokenBuckets(limits.volume);
  const failures = createTokenBuckets(limits.failures);
  const breaker = createSourceBreaker(limits.breaker);
  const lanes = new Map(sources.map((feed) => [feed.id, newLane()]));

  /** Made once, when first asked for: it is the same for ever and open to everybody. */
  let published: unknown;

  async function signIn(request: IncomingMessage): Promise<PushFeed | PushAnswer> {
    const address = request.socket.remoteAddress ?? '';
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = token === undefined ? null : await authenticate(token);
    if (!principal) {
      // Whoever guesses is slowed down; a source that shares the address (a proxy's) goes on.
      const wait = failures.take(address, now());
      if (wait > 0) return tooMany(wait);
      const detail = token ? 'this token is not known' : 'a bearer token is needed';
      return problem(401, 'unauthorized', detail, { 'www-authenticate': 'Bearer realm="one-network"' });
    }
    return feeds.get(principal.feedId) ?? problem(403, 'unauthorized', `${principal.feedId} is no source here`);
  }

  const desk = createGeoReportDesk({
    feeds: sources,
    now,
    async signIn(request, key) {
      const principal = key === '' || key.length > 512 ? null : await authenticate(key);
      if (!principal) return failures.take(request.socket.remoteAddress ?? '', now()) || null;
      const feed = feeds.get(principal.feedId) ?? null;
      return (feed && requests.take(feed.id, now())) || feed;
    },
    received: (feed, byteCount) => port.received(feed.id, byteCount, originOf(feed)),
    async accept(feed, bytes) {
      const lane = lanes.get(feed.id);
      if (!lane || lane.busy >= limits.concurrent) return 'busy';
      lane.busy++;
      return inLane(feed, bytes, originOf(feed)).finally(() => lane.busy--);
    },
  });
  const isFull = (lane: Lane, byteCount: number): boolean =>
    lane.heldBytes > 0 && lane.heldBytes + byteCount > limits.heldBytes;
  const originOf = (feed: PushFeed): Origin => ({ receivedAt: now(), source: feed.id, connection: randomUUID() });

  /** One after the other: two batches with the same keys must see each other. Each source has one turn at a time, however much waits. */
  function inLane(feed: PushFeed, bytes: Uint8Array, origin: Origin) {
    const lane = lanes.get(feed.id) ?? newLane();
    lane.heldBytes += bytes.length;
    const result = lane.tail
      .then(() => acceptPush({ feed, bytes, origin, into: port, ledger, turns }))
      .finally(() => {
        lane.heldBytes -= bytes.length;
      });
    lane.tail = result.catch(() => undefined);
    return result;
  }

  function judge({ id }: PushFeed, good: boolean): void {
    if (good) {
      breaker.good(id);
      statuses.get(id)?.closed(id);
      return;
    }
    const opening = breaker.bad(id, now());
    if (opening) statuses.get(id)?.opened(id, opening);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<PushAnswer | null> {
    const filed = await desk(request);
    if (filed !== 'not_here') return filed;
    const route = routeOf(request);
    if (route === 'schema') {
      published ??= schema();
      return { status: 200, body: published, headers: { 'content-type': 'application/schema+json' } };
    }
    if ('status' in route) return route;
    const feed = await signIn(request);
    if ('status' in feed) return feed;
    if (feed.protocol.id !== route.protocol) return problem(403, 'unauthorized', `${feed.id} does not speak here`);
    const closedFor = breaker.waitMs(feed.id, now());
    if (closedFor > 0) return brokenOff(closedFor);
    const wait = requests.take(feed.id, now());
    if (wait > 0) return tooMany(wait);
    const limit = Math.min(limits.bodyBytes, feed.protocol.maxFrameBytes);
    const coding = bodyCoding(request, route, limit);
    if (typeof coding !== 'string') return coding;
    const lane = lanes.get(feed.id);
    if (!lane || lane.busy >= limits.concurrent || isFull(lane, announced(request))) return tooMany(busyMs);
    lane.busy++;
    try {
      return await take(request, response, { feed, limit, gzip: coding === 'gzip' });
    } finally {
      lane.busy--;
    }
  }

  type Taking = { feed: PushFeed; limit: number; gzip: boolean };

  async function take(request: IncomingMessage, response: ServerResponse, taking: Taking): Promise<PushAnswer | null> {
    const { feed, limit, gzip } = taking;
    // Only now does a polite client send its body.
    if (/100-continue/i.test(request.headers.expect ?? '')) response.writeContinue();
    const origin = originOf(feed);
    const body = await readBody(request, { limit, gzip });
    port.received(feed.id, body.received, origin);
    if ('fault' in body) {
      await port.refused(feed.id, body.refusal, body.partial, origin);
      if (body.fault === 'torn') return null;
      return body.fault === 'too_large' ? tooLarge(limit) : problem(400, body.refusal.refused, body.refusal.detail);
    }
    const lane = lanes.get(feed.id);
    if (lane && isFull(lane, body.bytes.length)) return tooMany(busyMs);
    const wait = volume.take(feed.id, now(), body.bytes.length);
    if (wait > 0) return tooMany(wait);
    const outcome = await inLane(feed, body.bytes, origin);
    if (outcome === 'unstored') return notStored();
    judge(feed, !isUseless(outcome));
    if (!('results' in outcome)) {
      const { refused, detail, offset } = outcome;
      return { status: refused === 'too_large' ? 413 : 400, body: { error: { code: refused, detail, offset } } };
    }
    const nothingTaken = outcome.received > 0 && outcome.accepted + outcome.duplicate === 0;
    return { status: nothingTaken ? 400 : 200, body: outcome };
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response)
      // Whatever broke (the store, the quarantine), nothing was acknowledged.
      .catch(notStored)
      .then((reply) => (reply && !response.destroyed ? sendAnswer(request, response, reply) : response.destroy()));
  };
}
