import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isRefusal } from '../refusal.ts';
import { acceptPush, type PushFeed } from './accept-push.ts';
import type { PushPrincipal } from './authenticate-token.ts';
import type { FeedPort, TransportState } from './port.ts';
import { notStored, type PushAnswer, problem, sendAnswer, tooMany } from './push-answer.ts';
import { memoryLedger, type PushLedger } from './push-ledger.ts';
import { bodyCoding, routeOf, tooLarge } from './push-routes.ts';
import { readBody } from './read-body.ts';
import { type BucketLimits, createTokenBuckets } from './token-buckets.ts';

export type HttpPushLimits = {
  readonly bodyBytes: number;
  readonly connections: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly checkTimeoutsEveryMs: number;
  /** Requests of one source at a time; they are judged one after the other, and each may hold `bodyBytes`. */
  readonly concurrent: number;
  readonly requests: BucketLimits;
  /** Wrong tokens from one address. */
  readonly failures: BucketLimits;
};

const defaultLimits: HttpPushLimits = {
  bodyBytes: 5 * 1024 * 1024,
  connections: 500,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkTimeoutsEveryMs: 2_000,
  concurrent: 16,
  requests: { perSecond: 50, burst: 200 },
  failures: { perSecond: 0.5, burst: 20 },
};

export type HttpPushOptions = {
  readonly host: string;
  readonly port: number;
  readonly feeds: readonly PushFeed[];
  authenticate(token: string): PushPrincipal | null | Promise<PushPrincipal | null>;
  readonly into: FeedPort;
  readonly now: () => number;
  /** The push profile as JSON Schema, for `GET /v1/schema`. */
  readonly schema: () => unknown;
  readonly ledger?: PushLedger;
  readonly limits?: Partial<HttpPushLimits>;
  readonly tls?: { readonly cert: string; readonly key: string };
};

export type HttpPush = { readonly host: string; readonly port: number; close(): Promise<void> };

/** HTTP listener for sources that push. What is not stored is not acknowledged; what is refused says why. */
export async function startHttpPush(options: HttpPushOptions): Promise<HttpPush> {
  const { into, now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const ledger = options.ledger ?? memoryLedger();
  const feeds = new Map(options.feeds.map((feed) => [feed.id, feed]));
  const requests = createTokenBuckets(limits.requests);
  const failures = createTokenBuckets(limits.failures);
  const lanes = new Map(
    options.feeds.map((feed) => [feed.id, { tail: Promise.resolve() as Promise<unknown>, busy: 0 }]),
  );

  async function signIn(request: IncomingMessage): Promise<PushFeed | PushAnswer> {
    const address = request.socket.remoteAddress ?? '';
    const blocked = failures.waitMs(address, now());
    if (blocked > 0) return tooMany(blocked);
    const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    const principal = token === undefined ? null : await options.authenticate(token);
    if (!principal) {
      failures.take(address, now());
      const detail = token ? 'this token is not known' : 'a bearer token is needed';
      return problem(401, 'unauthorized', detail, { 'www-authenticate': 'Bearer realm="one-network"' });
    }
    return feeds.get(principal.feedId) ?? problem(403, 'unauthorized', `${principal.feedId} is no source here`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<PushAnswer | null> {
    const route = routeOf(request);
    if (route === 'schema')
      return { status: 200, body: options.schema(), headers: { 'content-type': 'application/schema+json' } };
    if ('status' in route) return route;
    const feed = await signIn(request);
    if ('status' in feed) return feed;
    if (feed.protocol.id !== route.protocol) return problem(403, 'unauthorized', `${feed.id} does not speak here`);
    const wait = requests.take(feed.id, now());
    if (wait > 0) return tooMany(wait);
    const limit = Math.min(limits.bodyBytes, feed.protocol.maxFrameBytes);
    const coding = bodyCoding(request, route, limit);
    if (typeof coding !== 'string') return coding;
    const lane = lanes.get(feed.id);
    if (!lane || lane.busy >= limits.concurrent) return tooMany(1_000);
    lane.busy++;
    try {
      return await take(request, response, { feed, limit, gzip: coding === 'gzip', lane });
    } finally {
      lane.busy--;
    }
  }

  type Taking = { feed: PushFeed; limit: number; gzip: boolean; lane: { tail: Promise<unknown> } };

  async function take(request: IncomingMessage, response: ServerResponse, taking: Taking): Promise<PushAnswer | null> {
    const { feed, limit, gzip, lane } = taking;
    // Only now does a polite client send its body.
    if (/100-continue/i.test(request.headers.expect ?? '')) response.writeContinue();
    const origin = { receivedAt: now(), source: feed.id, connection: randomUUID() };
    const body = await readBody(request, { limit, gzip });
    into.received(feed.id, body.received, origin);
    if ('fault' in body) {
      await into.refused(feed.id, body.refusal, body.partial, origin);
      if (body.fault === 'torn') return null;
      return body.fault === 'too_large' ? tooLarge(limit) : problem(400, body.refusal.refused, body.refusal.detail);
    }
    // One after the other: two batches with the same keys must see each other.
    const result = lane.tail.then(() => acceptPush({ feed, bytes: body.bytes, origin, into, ledger }));
    lane.tail = result.catch(() => undefined);
    const outcome = await result;
    if (outcome === 'unstored') return notStored();
    if (isRefusal(outcome)) {
      const { refused, detail, offset } = outcome;
      return { status: refused === 'too_large' ? 413 : 400, body: { error: { code: refused, detail, offset } } };
    }
    const nothingTaken = outcome.received > 0 && outcome.accepted + outcome.duplicate === 0;
    return { status: nothingTaken ? 400 : 200, body: outcome };
  }

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response)
      // Whatever broke (the store, the quarantine), nothing was acknowledged.
      .catch(notStored)
      .then((reply) => (reply && !response.destroyed ? sendAnswer(request, response, reply) : response.destroy()));
  };

  const settings = { maxHeaderSize: 16_384, connectionsCheckingInterval: limits.checkTimeoutsEveryMs };
  const server = options.tls ? createTlsServer({ ...settings, ...options.tls }) : createServer(settings);
  server.on('request', handle);
  server.on('checkContinue', handle);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const line = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  server.maxConnections = limits.connections;
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;

  const tell = (state: TransportState, code: string, port: number) => {
    for (const feed of options.feeds)
      into.status(feed.id, { state, at: now(), code, facts: { host: options.host, port } });
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, () => resolve());
    });
  } catch (error) {
    const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    tell('down', inUse ? 'address_in_use' : 'cannot_listen', options.port);
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  server.on('error', () => tell('down', 'cannot_listen', port));
  tell('up', 'listening', port);

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        tell('stopped', 'closed', port);
        resolve();
      });
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2_000).unref();
    });
  return { host: options.host, port, close };
}
