import { timingSafeEqual } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createNet, type Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TileService } from '@/server/places/tiles/serve-tiles.ts';
import { socketPath } from '@/server/wire/realtime.ts';
import type { Certificate } from './certificate.ts';
import type { Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { socketShares } from './open-files.ts';
import type { Pages } from './pages.ts';
import { commonHeaders } from './security-headers.ts';
import { StartRefused } from './start-refused.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export type WebParts = {
  readonly certificate: Certificate | null;
  readonly trustProxy: boolean;
  readonly dev: boolean;
  /** On plain http only names of loopback are answered: a strange name that leads here is a page that plays with names. */
  readonly loopbackOnly: boolean;
  readonly metricsToken: string | null;
  readonly api: Listener;
  /** Files of incidents' rooms. */
  readonly files?: Listener;
  readonly pages: Pages;
  /** The imported base map. */
  readonly tiles?: TileService;
  readonly metrics: Metrics;
  readonly readiness: () => Readiness;
  readonly isLoopback: (address: string) => boolean;
  readonly onFault: (error: unknown, path: string) => void;
};

const text = (response: ServerResponse, status: number, body: string): void => {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${body}\n`);
};
const json = (response: ServerResponse, status: number, body: unknown): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
};

const hostName = (header: string | undefined): string =>
  (header ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();

/** Pages, API, health and figures behind one port; the socket hangs itself on the server that comes back. */
export function createWebServer(parts: WebParts): Server {
  const { pages, api, metrics, certificate } = parts;
  const headers = Object.entries(
    commonHeaders({
      tls: certificate !== null || parts.trustProxy,
      generatedCertificate: certificate?.generated ?? false,
    }),
  );

  function mayReadMetrics(request: IncomingMessage): boolean {
    const given = /^Bearer (\S{1,512})$/.exec(request.headers.authorization ?? '')?.[1];
    if (given && parts.metricsToken) {
      const [a, b] = [Buffer.from(given), Buffer.from(parts.metricsToken)];
      return a.length === b.length && timingSafeEqual(a, b);
    }
    return !parts.trustProxy && parts.isLoopback(request.socket.remoteAddress ?? '');
  }

  const own: Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>> = {
    '/healthz': (_request, response) => json(response, 200, { status: 'up' }),
    '/readyz': (_request, response) => {
      const state = parts.readiness();
      json(response, state.ready ? 200 : 503, state);
    },
    '/metrics': async (request, response) => {
      if (!mayReadMetrics(request)) return text(response, 403, 'from this machine, or with the token');
      const { type, body } = await metrics.page();
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    },
  };

  function kindOf(path: string): 'api' | 'files' | 'own' | 'static' | 'page' {
    if (path === '/trpc' || path.startsWith('/trpc/')) return 'api';
    if (parts.files && path.startsWith('/files/')) return 'files';
    if (Object.hasOwn(own, path)) return 'own';
    return /^\/(_next|map|icons|sounds)\//.test(path) ? 'static' : 'page';
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const kind = kindOf(path);
    response.once('close', () => metrics.served(kind, response.statusCode, (performance.now() - started) / 1000));
    for (const [name, value] of headers) response.setHeader(name, value);
    const { method = '' } = request;
    if (parts.loopbackOnly && !parts.isLoopback(hostName(request.headers.host)))
      return text(
        response,
        421,
        'This server answers to localhost. To reach it by another name, serve it over TLS (HOST, TLS_CERT, TLS_KEY).',
      );
    const takes = kind === 'api' || kind === 'files';
    if (!['GET', 'HEAD', ...(takes || parts.dev ? ['POST'] : [])].includes(method)) {
      response.setHeader('allow', takes ? 'GET, POST' : 'GET, HEAD');
      return text(response, 405, 'this method is not for this address');
    }
    if (kind === 'own') return own[path]?.(request, response);
    const tile = kind === 'static' ? parts.tiles?.answer(path) : null;
    if (tile) return void response.writeHead(tile.status, tile.headers).end(method === 'HEAD' ? undefined : tile.body);
    if (kind === 'api') return api(request, response);
    if (kind === 'files') return parts.files?.(request, response);
    return pages.handle(request, response);
  }

  const listener: Listener = (request, response) => {
    answer(request, response).catch((error: unknown) => {
      parts.onFault(error, request.url ?? '');
      if (response.headersSent) response.destroy();
      else text(response, 500, 'an unexpected fault');
    });
  };
  const limits = {
    maxHeaderSize: 32 * 1024,
    headersTimeout: 15_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
  };
  const server: Server = certificate
    ? createHttps({ ...limits, cert: certificate.cert, key: certificate.key, minVersion: 'TLSv1.2' }, listener)
    : createHttp(limits, listener);
  server.maxRequestsPerSocket = 0;
  server.maxConnections = socketShares().web;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === socketPath || path === `${socketPath}/`) {
      if (parts.loopbackOnly && !parts.isLoopback(hostName(request.headers.host))) socket.destroy();
      return; // the gateway's own listener answers
    }
    if (parts.dev && path.startsWith('/_next/')) pages.upgrade(request, socket, head);
    else socket.destroy();
  });
  return server;
}

function inWords(error: unknown, host: string, port: number): StartRefused {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new StartRefused(
      `Port ${port} on ${host} is taken by another program.`,
      `End that program, or start with another port: PORT=${port + 1} npm start`,
    );
  if (code === 'EACCES')
    return new StartRefused(
      `Port ${port} is not for this account.`,
      'Ports below 1024 need special rights; take another one (PORT).',
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartRefused(`${host} is no address of this machine.`, 'Mend HOST.');
  return new StartRefused(`Nothing can listen on ${host}:${port}: ${message}`);
}

/** Listens, or says in words why not. */
export async function listen(server: NetServer, host: string, port: number): Promise<number> {
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen(port, host, () => {
        server.off('error', fail);
        done();
      });
    });
  } catch (error) {
    throw inWords(error, host, port);
  }
  return (server.address() as AddressInfo).port;
}

/** Whether the port is free, asked before anything slow is started. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const probe = createNet();
  await listen(probe, host, port);
  await new Promise((done) => probe.close(done));
}
