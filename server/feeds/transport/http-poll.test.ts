import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { capLinks } from '../cap/links.ts';
import type { CapDocument } from '../cap/message.ts';
import { cap } from '../cap/protocol.ts';
import { alertXml } from '../cap/testing/alerts.ts';
import { mayAsk } from './fetch-bounded.ts';
import { type HttpPollSettings, openHttpPoll } from './http-poll.ts';
import { nextPollMs } from './next-poll.ts';
import { memoryPort } from './testing/memory-port.ts';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function site(serve: Serve) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function poller(url: string, settings: Partial<HttpPollSettings> = {}, memory = memoryPort()) {
  const poll = openHttpPoll({
    feed: { id: 'emergency-cap-poll', protocol: cap, crs: 'wgs84' },
    port: memory.port,
    url,
    intervalMs: 60_000,
    linksOf: (message) => capLinks(message as CapDocument),
    random: () => 0.5,
    manual: true,
    ...settings,
  });
  closers.push(() => poll.close());
  return { poll, memory };
}

const atom = (...links: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>t</title><updated>u</updated>${links
    .map((href, i) => `<entry><id>${i}</id><title>t</title><updated>u</updated><link href="${href}"/></entry>`)
    .join('')}</feed>`;
const lastCode = (memory: ReturnType<typeof memoryPort>) => memory.statuses.at(-1)?.status.code;

describe('polling a document', () => {
  it('asks with what it was told, and takes "unchanged" for a sign of life', async () => {
    const seen: (string | undefined)[][] = [];
    const { url } = await site((request, response) => {
      seen.push([request.headers['if-none-match'], request.headers['if-modified-since']]);
      if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end();
      response
        .writeHead(200, {
          etag: '"1"',
          'last-modified': 'Tue, 01 Jul 2025 00:00:00 GMT',
          'content-type': 'application/cap+xml',
        })
        .end(alertXml());
    });
    const { poll, memory } = poller(url);
    expect(await poll.poll()).toMatchObject({ result: 'read', documents: 1, accepted: 1, nextInMs: 60_000 });
    expect(await poll.poll()).toMatchObject({ result: 'unchanged', accepted: 0 });
    expect(seen).toEqual([
      [undefined, undefined],
      ['"1"', 'Tue, 01 Jul 2025 00:00:00 GMT'],
    ]);
    expect(memory.records()).toHaveLength(1);
    expect(memory.deliveries).toHaveLength(2);
    expect(lastCode(memory)).toBe('unchanged');
  });

  it('sees by itself that nothing changed, and repeats no record when something did', async () => {
    let body = alertXml();
    const { url } = await site((_, response) => response.end(body));
    const { poll, memory } = poller(url);
    await poll.poll();
    expect((await poll.poll()).result).toBe('unchanged');
    body = `<!-- new -->${body}`;
    expect(await poll.poll()).toMatchObject({ result: 'read', accepted: 0 });
    expect(memory.records()).toHaveLength(1);
  });

  it('unpacks gzip', async () => {
    const { url } = await site((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(alertXml())),
    );
    expect(await poller(url).poll.poll()).toMatchObject({ accepted: 1 });
  });

  it('quarantines what cannot be read, once, and does not call it well afterwards', async () => {
    const { url } = await site((_, response) => response.end('<!DOCTYPE a><a/>'));
    const { poll, memory } = poller(url);
    expect((await poll.poll()).result).toBe('unreadable');
    expect((await poll.poll()).result).toBe('unchanged');
    expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual(['forbidden']);
    expect(lastCode(memory)).toBe('unreadable');
    expect(memory.deliveries).toEqual([]);
  });

  it('asks again for what could not be stored', async () => {
    let stored = false;
    const { url } = await site((request, response) =>
      request.headers['if-none-match']
        ? response.writeHead(304).end()
        : response.writeHead(200, { etag: '"1"' }).end(alertXml()),
    );
    const { poll, memory } = poller(
      url,
      {},
      memoryPort(async () => stored),
    );
    expect(await poll.poll()).toMatchObject({ result: 'not_stored', nextInMs: 120_000 });
    stored = true;
    expect(await poll.poll()).toMatchObject({ result: 'read', accepted: 1, nextInMs: 60_000 });
    expect(memory.records()).toHaveLength(1);
  });
});

describe('following an index', () => {
  it('fetches each version once, relative links too', async () => {
    let index = atom('/1.cap', 'two/2.cap');
    const { url, asked } = await site((request, response) =>
      response.end(
        request.url === '/feed' ? index : alertXml({ identifier: `id${request.url?.replaceAll('/', '-')}` }),
      ),
    );
    const { poll, memory } = poller(`${url}/feed`);
    expect(await poll.poll()).toMatchObject({ result: 'read', documents: 3, accepted: 2 });
    index = index
      .replace('<entry>', '<entry><!-- -->')
      .replace('<updated>u</updated><link href="two', '<updated>v</updated><link href="two');
    expect(await poll.poll()).toMatchObject({ documents: 2, accepted: 0 });
    expect(asked).toEqual(['/feed', '/1.cap', '/two/2.cap', '/feed', '/two/2.cap']);
    expect(memory.records()).toHaveLength(2);
  });

  it('goes nowhere else: other hosts, schemes and credentials are refused, listed hosts allowed', async () => {
    const other = await site((_, response) => response.end(alertXml({ identifier: 'other' })));
    const links = [
      'file:///etc/passwd',
      'http://169.254.169.254/latest/',
      'javascript:1',
      `${other.url}/a.cap`,
      'http://user:pw@127.0.0.1/x',
      '//evil.example/x',
    ];
    const { url } = await site((_, response) => response.end(atom(...links)));
    const refused = poller(`${url}/feed`);
    expect(await refused.poll.poll()).toMatchObject({ refusedLinks: links.length, accepted: 0 });
    expect(other.asked).toEqual([]);
    expect(lastCode(refused.memory)).toBe('links_refused');
    const allowed = poller(`${url}/feed`, { rules: { allowHosts: [new URL(other.url).host] } });
    expect(await allowed.poll.poll()).toMatchObject({ refusedLinks: links.length - 1, accepted: 1 });
  });

  it('fetches a bounded number a time, and the rest next time', async () => {
    const index = atom(...Array.from({ length: 5 }, (_, i) => `/${i}.cap`));
    const { url } = await site((request, response) => {
      if (request.url === '/feed')
        return request.headers['if-none-match']
          ? response.writeHead(304).end()
          : response.writeHead(200, { etag: '"1"' }).end(index);
      response.end(alertXml({ identifier: `id${request.url?.slice(1, 2)}` }));
    });
    const { poll } = poller(`${url}/feed`, { mostLinks: 2 });
    const outcomes = [await poll.poll(), await poll.poll(), await poll.poll(), await poll.poll()];
    expect(outcomes.map(({ result, accepted, openLinks }) => [result, accepted, openLinks])).toEqual([
      ['read', 2, 3],
      ['read', 2, 1],
      ['read', 1, 0],
      ['unchanged', 0, 0],
    ]);
  });

  it('a link that fails is tried again; one that is unreadable is quarantined once', async () => {
    let up = false;
    const { url } = await site((request, response) => {
      if (request.url === '/feed') return response.end(atom('/a.cap', '/b.cap'));
      if (request.url === '/a.cap') return up ? response.end(alertXml()) : response.writeHead(500).end();
      response.end('nonsense');
    });
    const { poll, memory } = poller(`${url}/feed`);
    expect(await poll.poll()).toMatchObject({ accepted: 0, openLinks: 1 });
    up = true;
    expect(await poll.poll()).toMatchObject({ accepted: 1, openLinks: 0 });
    expect(memory.refused).toHaveLength(1);
  });
});

describe('what a server may do wrong', () => {
  it.each<[string, Serve, string]>([
    ['an error', (_, response) => response.writeHead(502).end('x'), 'http_status'],
    [
      'a redirect to another host',
      (_, response) => response.writeHead(302, { location: 'http://evil.example/' }).end(),
      'redirect_refused',
    ],
    [
      'a redirect into the machine',
      (_, response) => response.writeHead(301, { location: 'http://localhost:1/' }).end(),
      'redirect_refused',
    ],
    [
      'a redirect to nowhere',
      (_, response) => response.writeHead(301, { location: 'http://' }).end(),
      'redirect_refused',
    ],
    [
      'redirects without end',
      (_, response) => response.writeHead(307, { location: '/again' }).end(),
      'redirect_refused',
    ],
    ['6 MB', (_, response) => response.end(Buffer.alloc(6 * 1024 * 1024, 32)), 'too_large'],
    [
      'a gzip bomb',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20 * 1024 * 1024))),
      'too_large',
    ],
    [
      'an unknown coding',
      (_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
      'content_encoding',
    ],
    [
      'a torn body',
      (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('<a', () => response.destroy()),
      'torn',
    ],
    ['a closed line', (request) => request.socket.destroy(), 'unreachable'],
  ])('%s', async (_, serve, code) => {
    const { url } = await site(serve);
    const { poll, memory } = poller(url);
    expect(await poll.poll()).toMatchObject({ result: 'failed', nextInMs: 120_000 });
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'down', code });
  });

  it('silence', async () => {
    const { url } = await site(() => undefined);
    const { poll, memory } = poller(url, { rules: { timeoutMs: 50 } });
    expect((await poll.poll()).result).toBe('failed');
    expect(lastCode(memory)).toBe('timeout');
  });

  it('a body that drips', async () => {
    const { url } = await site((_, response) => {
      response.write('<a>');
    });
    const { poll, memory } = poller(url, { rules: { timeoutMs: 50 } });
    await poll.poll();
    expect(lastCode(memory)).toBe('timeout');
  });

  it('follows a redirect on the same host', async () => {
    const { url } = await site((request, response) =>
      request.url === '/new' ? response.end(alertXml()) : response.writeHead(302, { location: '/new' }).end(),
    );
    expect(await poller(`${url}/old`).poll.poll()).toMatchObject({ accepted: 1 });
  });

  it('waits as long as it is told', async () => {
    const { url } = await site((_, response) => response.writeHead(503, { 'retry-after': '600' }).end());
    expect((await poller(url).poll.poll()).nextInMs).toBe(600_000);
  });

  it.each(['', 'not a url', 'ftp://x/y', 'file:///etc/passwd'])('%j is no address', async (url) => {
    const { poll, memory } = poller(url);
    expect((await poll.poll()).result).toBe('failed');
    expect(lastCode(memory)).toBe('bad_url');
  });
});

describe('rules', () => {
  it('which addresses may be asked', () => {
    const may = (to: string, from = 'http://cap.example/feed', hosts: string[] = []) =>
      mayAsk(new URL(to), new URL(from), hosts);
    expect(may('http://cap.example/1')).toBe(true);
    expect(may('https://cap.example/1')).toBe(true);
    expect(may('https://cap.example:8443/1')).toBe(false);
    expect(may('http://cap.example:81/1')).toBe(false);
    expect(may('http://cap.example/1', 'https://cap.example/feed')).toBe(false);
    expect(may('http://cap.example.evil/1')).toBe(false);
    expect(may('https://other.example/1', undefined, ['other.example'])).toBe(true);
    expect(may('https://other.example:99/1', undefined, ['other.example'])).toBe(false);
    expect(may('https://other.example:99/1', undefined, ['other.example:99'])).toBe(true);
  });

  it('when to ask next', () => {
    const next = (failures: number, random = 0.5, retryAfterMs: number | null = null, intervalMs = 60_000) =>
      nextPollMs({ intervalMs, failures, random, retryAfterMs });
    expect([next(0), next(1), next(2), next(10), next(1_000)]).toEqual([60_000, 120_000, 120_000, 120_000, 120_000]);
    expect([next(0, 0.5, null, 1_000), next(3, 0.5, null, 1_000)]).toEqual([1_000, 8_000]);
    expect([next(0, 0), next(0, 1)]).toEqual([54_000, 66_000]);
    expect(next(5, 0.5, null, 3_600_000)).toBe(3_600_000);
    expect(next(1, 0.5, 500_000)).toBe(500_000);
  });

  it('polls by itself until it is closed', async () => {
    const { url } = await site((_, response) => response.end(alertXml()));
    const { memory } = poller(url, { manual: false, intervalMs: 1 });
    await memory.until(() => memory.statuses.filter(({ status }) => status.state === 'up').length >= 3);
    expect(memory.records()).toHaveLength(1);
  });
});
