import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback } from '@/server/env.ts';
import { ownCertificate } from './certificate.ts';
import { createMetrics } from './metrics.ts';
import { checkPort, createWebServer, listen, type WebParts } from './web-server.ts';

const reasons: string[] = [];
const faults: string[] = [];
const health = () =>
  ({ ready: true, sealedUpTo: 7, unsealedMs: 0, connections: { total: 1, idle: 1, waiting: 0 } }) as never;
const parts: WebParts = {
  certificate: null,
  trustProxy: false,
  dev: false,
  loopbackOnly: true,
  metricsToken: 'a-token-of-some-length',
  api: (_request, response) => void response.end('api'),
  files: (_request, response) => void response.end('file'),
  pages: {
    async handle(req, response) {
      if (req.url === '/broken') throw new Error('a page broke');
      response.end('page');
    },
    upgrade: (_request, socket) => void socket.destroy(),
    close: async () => undefined,
  },
  tiles: {
    answer: (path) =>
      path === '/map/tiles/1/0/0.pbf'
        ? { status: 200, headers: { 'content-type': 'application/vnd.mapbox-vector-tile' }, body: Buffer.from('tile') }
        : null,
    close: () => undefined,
  },
  metrics: createMetrics({ store: { health }, gateway: () => null, feeds: () => [], liveUnits: () => 3 }),
  readiness: () => ({ ready: reasons.length === 0, reasons }),
  isLoopback,
  onFault: (error) => faults.push(String(error)),
};
const scratch = mkdtempSync(join(tmpdir(), 'one-network-web-'));
let server: Server;
let port = 0;

type Answer = { status: number; headers: Record<string, unknown>; body: string };
function ask(
  path: string,
  of: { method?: string; headers?: Record<string, string>; port?: number; tls?: boolean } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const make = of.tls ? tlsRequest : request;
    const options = {
      host: '127.0.0.1',
      port: of.port ?? port,
      path,
      method: of.method ?? 'GET',
      headers: of.headers ?? {},
      rejectUnauthorized: false,
    };
    const sent = make(options, (response) => {
      let body = '';
      response.on('data', (bytes) => {
        body += bytes;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

beforeAll(async () => {
  server = createWebServer(parts);
  port = await listen(server, '127.0.0.1', 0);
});
afterAll(() => {
  server.close();
  rmSync(scratch, { recursive: true, force: true });
});

describe('one port', () => {
  it('serves pages, the API and health, each with the headers', async () => {
    for (const [path, body] of [
      ['/', 'page'],
      ['/trpc/session.me', 'api'],
      ['/healthz', '{"status":"up"}'],
      ['/map/tiles/1/0/0.pbf', 'tile'],
      ['/files/i/f', 'file'],
      ['/map/nanjing/pack.json', 'page'],
    ] as const) {
      const answer = await ask(path);
      expect([path, answer.status, answer.body]).toEqual([path, 200, body]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
  });

  it('says why it is not ready', async () => {
    expect((await ask('/readyz')).status).toBe(200);
    reasons.push('database: gone');
    const answer = await ask('/readyz');
    reasons.length = 0;
    expect([answer.status, JSON.parse(answer.body)]).toEqual([503, { ready: false, reasons: ['database: gone'] }]);
  });

  it('answers to loopback names only on plain http', async () => {
    for (const host of ['localhost:1', '127.0.0.1', '[::1]:3000'])
      expect((await ask('/', { headers: { host } })).status).toBe(200);
    for (const host of ['evil.example', '10.0.0.1', 'localhost.evil.example'])
      expect((await ask('/', { headers: { host } })).status).toBe(421);
  });

  it('takes only the methods it has', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])
      expect((await ask('/', { method })).status).toBe(405);
    expect((await ask('/trpc/session.signIn', { method: 'POST' })).status).toBe(200);
    expect((await ask('/trpc/session.signIn', { method: 'DELETE' })).status).toBe(405);
    expect((await ask('/files/i/f', { method: 'POST' })).status).toBe(200);
    expect((await ask('/files/i/f', { method: 'PUT' })).status).toBe(405);
  });

  it('shows figures to this machine or with the token, behind a proxy with the token only', async () => {
    expect((await ask('/metrics')).body).toContain('one_network_sealed_position 7');
    const behind = createWebServer({ ...parts, trustProxy: true, loopbackOnly: false });
    const other = await listen(behind, '127.0.0.1', 0);
    expect((await ask('/metrics', { port: other })).status).toBe(403);
    expect((await ask('/metrics', { port: other, headers: { authorization: 'Bearer wrong' } })).status).toBe(403);
    expect(
      (await ask('/metrics', { port: other, headers: { authorization: 'Bearer a-token-of-some-length' } })).status,
    ).toBe(200);
    behind.close();
  });

  it('tells nothing of a fault', async () => {
    const answer = await ask('/broken');
    expect([answer.status, answer.body]).toEqual([500, 'an unexpected fault\n']);
    expect(faults).toEqual(['Error: a page broke']);
  });

  it('closes upgrades that nobody takes', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((done) =>
      socket
        .on('close', done)
        .on('error', () => undefined)
        .resume(),
    );
  });

  it('speaks TLS with its own certificate', async () => {
    const certificate = await ownCertificate(scratch, [], Date.now());
    const tls = createWebServer({ ...parts, certificate, loopbackOnly: false });
    const other = await listen(tls, '127.0.0.1', 0);
    const answer = await ask('/', { port: other, tls: true, headers: { host: 'city.example' } });
    expect([answer.status, answer.body]).toEqual([200, 'page']);
    tls.close();
  });
});

describe('a port that cannot be had', () => {
  it('is explained', async () => {
    await expect(checkPort('127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await expect(listen(createServer(), '192.0.2.1', 0)).rejects.toThrow('no address of this machine');
    await checkPort('127.0.0.1', 0);
  });
});
