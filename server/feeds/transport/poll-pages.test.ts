import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { ngsi } from '../ngsi/ngsi.ts';
import { open311 } from '../open311/open311.ts';
import { Secret } from '../secret.ts';
import { sensorthings } from '../sensorthings/sensorthings.ts';
import { type HttpPollSettings, openHttpPoll } from './http-poll.ts';
import { fillUrl, linkedNext, nextPage } from './poll-pages.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Serve = (request: IncomingMessage, response: ServerResponse, base: string) => unknown;
async function site(serve: Serve) {
  const asked: string[] = [];
  let base = '';
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const body = serve(request, response, base);
    if (body !== undefined) response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, asked };
}

function poller(url: string, protocol: unknown, more: Partial<HttpPollSettings> = {}) {
  const memory = memoryPort();
  const poll = openHttpPoll({
    feed: { id: 'polled', protocol: protocol as Protocol, crs: 'wgs84' },
    port: memory.port,
    url,
    intervalMs: 60_000,
    nextLinkOf: (message) => (message as { nextLink?: string | null }).nextLink ?? null,
    random: () => 0.5,
    manual: true,
    ...more,
  });
  closers.push(() => poll.close());
  return { poll, memory, last: () => memory.statuses.at(-1)?.status };
}

const observation = (id: number) => ({
  '@iot.id': id,
  phenomenonTime: '2026-07-01T00:00:00Z',
  result: id,
  Datastream: { '@iot.id': id, name: 'level', unitOfMeasurement: { symbol: 'm' } },
});
const things = (ids: number[], next?: string) => ({
  value: ids.map(observation),
  ...(next ? { '@iot.nextLink': next } : {}),
});
const request = (id: string) => ({
  service_request_id: id,
  status: 'open',
  service_code: '0103',
  description: 'd',
  requested_datetime: '2026-07-01T08:00:00+08:00',
});
const entity = (id: number) => ({
  id: `urn:ngsi-ld:WaterObserved:${id}`,
  type: 'WaterObserved',
  dateObserved: '2026-07-01T00:00:00Z',
  waterLevel: { type: 'Property', value: id, unitCode: 'MTR' },
});

describe('pages of a polled answer', () => {
  it('SensorThings: as each page says', async () => {
    const { base, asked } = await site(({ url }, _, at) =>
      url === '/o' ? things([1, 2], `${at}/o?$skip=2`) : things([3]),
    );
    const { poll, memory, last } = poller(`${base}/o`, sensorthings);
    expect(await poll.poll()).toMatchObject({ result: 'read', documents: 2, accepted: 3 });
    expect(asked).toEqual(['/o', '/o?$skip=2']);
    expect(last()).toMatchObject({ state: 'up', code: 'polled', facts: { pages: 2 } });
    // The first page has not changed; what follows it may have.
    expect(await poll.poll()).toMatchObject({ result: 'read', accepted: 0 });
    expect(asked).toHaveLength(4);
    expect(memory.records()).toHaveLength(3);
  });

  it('NGSI: by limit and offset until nothing comes', async () => {
    const { base, asked } = await site(({ url }) => {
      const offset = Number(new URL(url ?? '', 'http://a').searchParams.get('offset') ?? 0);
      return [1, 2, 3].slice(offset, offset + 2).map(entity);
    });
    const { poll, memory } = poller(`${base}/e?limit=2`, ngsi);
    expect(await poll.poll()).toMatchObject({ result: 'read' });
    expect(asked).toEqual(['/e?limit=2', '/e?limit=2&offset=2', '/e?limit=2&offset=4']);
    expect(new Set(memory.records().map(({ subject }) => subject.key)).size).toBe(3);
  });

  it('Open311: page by page; a server that knows none repeats itself and is asked no further', async () => {
    const counting = await site(({ url }) =>
      url?.endsWith('page=1') ? [request('a')] : url?.endsWith('page=2') ? [request('b')] : [],
    );
    const first = poller(`${counting.base}/requests.json?page=1`, open311);
    expect(await first.poll.poll()).toMatchObject({ accepted: 2 });
    expect(counting.asked).toHaveLength(3);
    const deaf = await site(() => [request('a')]);
    const second = poller(`${deaf.base}/requests.json?page=1`, open311);
    expect(await second.poll.poll()).toMatchObject({ accepted: 1 });
    expect(deaf.asked).toHaveLength(2);
  });

  it('by a Link header, whatever the protocol', async () => {
    const { base } = await site(({ url }, response) => {
      if (url === '/a') response.setHeader('link', '<http://x.example/p>; rel="prev", </b>; rel="next"');
      return [request(url ?? '')];
    });
    const { poll, memory } = poller(`${base}/a`, open311);
    await poll.poll();
    expect(memory.records().map(({ subject }) => subject.key)).toEqual(['/a', '/b']);
  });

  it('that go in a circle, never end, or lead elsewhere come to an end', async () => {
    const circle = await site(({ url }, _, at) => things([url === '/a' ? 1 : 2], url === '/a' ? `${at}/b` : `${at}/a`));
    const turning = poller(`${circle.base}/a`, sensorthings);
    await turning.poll.poll();
    expect(circle.asked).toEqual(['/a', '/b']);
    expect(turning.last()).toMatchObject({ state: 'degraded', code: 'pages_repeat' });

    let id = 0;
    const endless = await site((_, __, at) => things([++id], `${at}/${id}`));
    const going = poller(`${endless.base}/start`, sensorthings, { mostPages: 5 });
    await going.poll.poll();
    expect(endless.asked).toHaveLength(5);
    expect(going.last()).toMatchObject({ state: 'degraded', code: 'pages_open' });

    const inner = await site(() => things([9]));
    const leading = await site(() => things([1], `${inner.base}/secret`));
    await poller(`${leading.base}/a`, sensorthings, { rules: { allowHosts: [new URL(inner.base).host] } }).poll.poll();
    expect(inner.asked).toEqual([]);
  });

  it('what the store did not take of a later page is asked for again', async () => {
    let stored = 0;
    const memory = memoryPort(async () => ++stored !== 2);
    const { base } = await site(({ url }, _, at) => (url === '/o' ? things([1], `${at}/p`) : things([2])));
    const { poll } = poller(`${base}/o`, sensorthings, { port: memory.port });
    expect(await poll.poll()).toMatchObject({ result: 'not_stored' });
    expect(await poll.poll()).toMatchObject({ result: 'read' });
    expect(memory.records()).toHaveLength(2);
  });
});

describe('keys and times of a poll', () => {
  it('keys go with every page of their origin, not with a redirect away, and are never shown', async () => {
    const got: (string | undefined)[] = [];
    const other = await site(({ headers }) => {
      got.push(headers['x-api-key'] as string | undefined);
      return [request('b')];
    });
    const { base } = await site(({ headers, url }, response) => {
      got.push(headers['x-api-key'] as string | undefined);
      if (!url?.startsWith('/away')) return [request('a')];
      response.writeHead(302, { location: `${other.base}/` }).end();
      return undefined;
    });
    const headers = new Map([['x-api-key', new Secret('k123')]]);
    const near = poller(`${base}/a?key=k456`, open311, { headers });
    await near.poll.poll();
    const away = poller(`${base}/away`, open311, { headers, rules: { allowHosts: [new URL(other.base).host] } });
    await away.poll.poll();
    expect(got).toEqual(['k123', 'k123', undefined]);
    expect(JSON.stringify([near.memory.statuses, near.memory.deliveries, near.last()])).not.toMatch(/k123|k456/);
  });

  it('{since} begins a day back and moves on only when all was stored', async () => {
    let clock = Date.UTC(2026, 6, 1, 12);
    let status = 200;
    const { base, asked } = await site((_, response) => {
      response.statusCode = status;
      return things([1]);
    });
    const { poll } = poller(`${base}/o?from={since}&to={now}`, sensorthings, { now: () => clock });
    await poll.poll();
    clock += 3_600_000;
    status = 500;
    await poll.poll();
    status = 200;
    await poll.poll();
    const since = asked.map((url) => new URL(url, base).searchParams.get('from'));
    expect(since).toEqual(['2026-06-30T12:00:00.000Z', '2026-07-01T11:59:00.000Z', '2026-07-01T11:59:00.000Z']);
  });

  it('are filled in where they stand', () => {
    expect(fillUrl('http://a/?x={now}&y=%7Bsince%7D&z={other}', { now: 0, since: 1_000 })).toBe(
      'http://a/?x=1970-01-01T00%3A00%3A00.000Z&y=1970-01-01T00%3A00%3A01.000Z&z={other}',
    );
  });
});

describe('the next page', () => {
  it.each([
    ['</b>; rel=next', '/b'],
    ['<a>; rel="prev"; title="x", <b?c>; title="d"; rel="last next"', 'b?c'],
    ['<a>; rel="nextday"', null],
    ['nonsense', null],
    [null, null],
  ])('in the header %s is %s', (header, next) => {
    expect(linkedNext(header)).toBe(next);
  });

  it('is none where an address does not count and nobody names one', () => {
    const page = { nextLink: null, linkHeader: null, count: 5 };
    expect(nextPage({ ...page, url: new URL('http://a/b') })).toBeNull();
    expect(nextPage({ ...page, url: new URL('http://a/b?limit=x') })).toBeNull();
    expect(nextPage({ ...page, url: new URL('http://a/b?page=3'), count: 0 })).toBeNull();
  });
});
