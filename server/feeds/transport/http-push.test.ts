import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { cap } from '../cap/protocol.ts';
import { alertXml } from '../cap/testing/alerts.ts';
import { pushProfileSchema } from '../push/profile.ts';
import { push } from '../push/protocol.ts';
import { authenticateToken, hashToken } from './authenticate-token.ts';
import { type HttpPushSettings, openHttpPush } from './http-push.ts';
import { memoryPort } from './testing/memory-port.ts';

const holders = [
  { feedId: 'police-110', department: 'police', tokenHash: hashToken('police-token') },
  { feedId: 'water-level', department: 'water', tokenHash: hashToken('water-token') },
  { feedId: 'meteorology-cap', department: 'meteorology', tokenHash: hashToken('cap-token') },
  { feedId: 'gone', department: 'fire', tokenHash: hashToken('gone-token') },
];
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(settings: Partial<HttpPushSettings> = {}, memory = memoryPort()) {
  const listener = openHttpPush({
    listenPort: 0,
    port: memory.port,
    feeds: [
      { id: 'police-110', protocol: push, crs: 'wgs84' },
      { id: 'water-level', protocol: push, crs: 'wgs84', kinds: ['reading'] },
      { id: 'meteorology-cap', protocol: cap, crs: 'wgs84' },
    ],
    authenticate: (token) => authenticateToken(holders, token),
    schema: pushProfileSchema,
    ...settings,
  });
  closers.push(() => listener.close());
  expect(await listener.ready).toBe(true);
  const base = `http://127.0.0.1:${listener.address()?.port}`;
  const post = async (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, {
      method: 'POST',
      body: body as never,
      headers: { authorization: 'Bearer police-token', 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, body: (await response.json()) as never as Answer, headers: response.headers };
  };
  return { listener, base, post, memory, port: listener.address()?.port as number };
}

type Answer = {
  error?: { code: string; detail: string };
  accepted?: number;
  duplicate?: number;
  refused?: number;
  results?: Record<string, unknown>[];
};
const call = (number: string, more: object = {}) => ({
  kind: 'call',
  subject: { scheme: 'police-110', key: number },
  observedAt: '2025-07-01T08:00:00+08:00',
  number,
  ...more,
});
const batch = (...records: object[]) => JSON.stringify({ profile: 'one-network-push/1', records });

describe('a push', () => {
  it('is stored, then acknowledged, each record by itself', async () => {
    const { post, memory } = await start();
    const answer = await post('/v1/push', batch(call('1'), { kind: 'call' }, call('2')));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      received: 3,
      accepted: 2,
      refused: 1,
      results: [
        { index: 0, result: 'accepted', dedupeKey: 'police-110,call,1' },
        { index: 1, result: 'refused', reason: 'schema', path: '/subject' },
        { result: 'accepted' },
      ],
    });
    expect(memory.records().map((record) => record.kind)).toEqual(['call', 'call']);
    expect(memory.deliveries[0]?.delivery.refusals).toMatchObject([{ refused: 'schema' }]);
    expect(memory.records()[0]?.receivedAt).toBeTypeOf('number');
  });

  it('takes arrays, lines and gzip', async () => {
    const { post, memory } = await start();
    expect((await post('/v1/push', JSON.stringify([call('1')]))).body.accepted).toBe(1);
    expect(
      (
        await post('/v1/push', `${JSON.stringify(call('2'))}\n${JSON.stringify(call('3'))}\n`, {
          'content-type': 'application/x-ndjson; charset=utf-8',
        })
      ).body.accepted,
    ).toBe(2);
    expect((await post('/v1/push', gzipSync(batch(call('4'))), { 'content-encoding': 'gzip' })).body.accepted).toBe(1);
    expect(memory.records()).toHaveLength(4);
  });

  it('takes CAP from the source that speaks it', async () => {
    const { post, memory } = await start();
    const headers = { authorization: 'Bearer cap-token', 'content-type': 'application/cap+xml' };
    expect(await post('/v1/cap', alertXml(), headers)).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(await post('/v1/cap', alertXml({ status: '' }), headers)).toMatchObject({
      status: 400,
      body: { error: { code: 'schema' } },
    });
    expect(await post('/v1/cap', '<!DOCTYPE a><a/>', headers)).toMatchObject({
      status: 400,
      body: { error: { code: 'forbidden', offset: 0 } },
    });
    expect(memory.records()).toMatchObject([{ kind: 'alert' }]);
    expect(memory.refused.map(({ feedId, refusal }) => [feedId, refusal.refused])).toEqual([
      ['meteorology-cap', 'schema'],
      ['meteorology-cap', 'forbidden'],
    ]);
  });

  it('refuses kinds a source may not speak of', async () => {
    const { post } = await start();
    expect(await post('/v1/push', batch(call('1')), { authorization: 'Bearer water-token' })).toMatchObject({
      status: 400,
      body: { results: [{ reason: 'unsupported' }] },
    });
  });

  it('runs the department’s map', async () => {
    const { post, memory } = await start({
      feeds: [
        { id: 'police-110', protocol: push, crs: 'wgs84', map: (record) => ({ ...record, privacy: 'restricted' }) },
      ],
    });
    await post('/v1/push', batch(call('1')));
    expect(memory.records()[0]?.privacy).toBe('restricted');
  });
});

describe('repeats', () => {
  it('same content is a duplicate, other content a conflict, a higher revision a correction', async () => {
    const { post, memory } = await start();
    const send = async (more: object = {}) => (await post('/v1/push', batch(call('1', more)))).body.results?.[0];
    expect(await send({ revision: 1 })).toMatchObject({ result: 'accepted' });
    expect(await send({ revision: 1 })).toMatchObject({ result: 'duplicate' });
    expect(await send({ revision: 1, text: 'other' })).toMatchObject({ result: 'refused', reason: 'conflict' });
    expect(await send({ revision: 2, text: 'other' })).toMatchObject({ result: 'accepted' });
    expect(await send({ revision: 1, text: 'late' })).toMatchObject({ result: 'duplicate' });
    expect(memory.records()).toHaveLength(2);
  });

  it('two batches with the same keys at once: each record stored once', async () => {
    // A store that takes its time, or the requests would never overlap.
    const memory = memoryPort(async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      return true;
    });
    const { post } = await start({}, memory);
    const body = batch(...Array.from({ length: 50 }, (_, i) => call(String(i))));
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/v1/push', body)));
    expect(answers.map(({ body: { accepted = 0 } }) => accepted).sort((a, b) => b - a)).toEqual([
      50, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(memory.records()).toHaveLength(50);
  });

  it('within one batch too', async () => {
    const { post } = await start();
    expect((await post('/v1/push', batch(call('1'), call('1')))).body).toMatchObject({ accepted: 1, duplicate: 1 });
  });
});

describe('a store that fails', () => {
  it('acknowledges nothing, and takes the same batch later', async () => {
    let broken: 'no' | 'refuses' | 'throws' = 'refuses';
    const memory = memoryPort(async () => {
      if (broken === 'throws') throw new Error('store gone');
      return broken === 'no';
    });
    const { post } = await start({}, memory);
    const first = await post('/v1/push', batch(call('1')));
    expect(first).toMatchObject({ status: 503, body: { error: { code: 'not_stored' } } });
    expect(first.headers.get('retry-after')).toBe('5');
    broken = 'throws';
    expect((await post('/v1/push', batch(call('1')))).status).toBe(503);
    broken = 'no';
    expect((await post('/v1/push', batch(call('1')))).body).toMatchObject({ accepted: 1, duplicate: 0 });
  });

  it('a quarantine that fails is no acknowledgement either', async () => {
    const memory = memoryPort();
    memory.port.refused = async () => {
      throw new Error('store gone');
    };
    const { post } = await start({}, memory);
    expect((await post('/v1/push', '[oops')).status).toBe(503);
  });
});

describe('who may speak, and how', () => {
  it.each([
    ['no token', '/v1/push', { authorization: '' }, 401],
    ['a wrong token', '/v1/push', { authorization: 'Bearer police-tokem' }, 401],
    ['another scheme', '/v1/push', { authorization: 'Basic police-token' }, 401],
    ['a source without a feed here', '/v1/push', { authorization: 'Bearer gone-token' }, 403],
    ['a CAP source with JSON', '/v1/push', { authorization: 'Bearer cap-token' }, 403],
    ['a JSON source with CAP', '/v1/cap', { 'content-type': 'application/xml' }, 403],
    ['a form', '/v1/push', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['an unknown coding', '/v1/push', { 'content-encoding': 'br' }, 415],
    ['nowhere', '/v1/nowhere', {}, 404],
    ['a prototype path', '/__proto__', {}, 404],
  ])('%s', async (_, path, headers, status) => {
    const { post, memory } = await start();
    const answer = await post(path, batch(call('1')), headers as never);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.code).toBeTypeOf('string');
    if (status === 401) expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(memory.records()).toEqual([]);
  });

  it('GET is for the schema', async () => {
    const { base } = await start();
    const schema = await fetch(`${base}/v1/schema`);
    expect(schema.headers.get('content-type')).toBe('application/schema+json');
    expect(await schema.json()).toEqual(JSON.parse(JSON.stringify(pushProfileSchema())));
    expect((await fetch(`${base}/v1/push`)).status).toBe(405);
    expect((await fetch(`${base}/v1/schema`, { method: 'POST', body: '{}' })).status).toBe(405);
  });

  it('too many requests wait; too many wrong tokens are slowed down, and a known one beside them goes on', async () => {
    const now = () => 1_000;
    const { post } = await start({
      now,
      limits: { requests: { perSecond: 1, burst: 2 }, failures: { perSecond: 0.5, burst: 2 } },
    });
    const statuses = async (headers: Record<string, string>, count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) seen.push((await post('/v1/push', batch(call(String(i))), headers)).status);
      return seen;
    };
    expect(await statuses({}, 3)).toEqual([200, 200, 429]);
    const limited = await post('/v1/push', batch(call('9')));
    expect(limited.headers.get('retry-after')).toBe('1');
    expect(await statuses({ authorization: 'Bearer water-token' }, 1)).toEqual([400]);
    expect(await statuses({ authorization: 'Bearer guess' }, 3)).toEqual([401, 401, 429]);
    expect(await statuses({ authorization: 'Bearer water-token' }, 1)).toEqual([400]);
  });
});

it('a source that sends bytes without end is slowed down before they are read', async () => {
  const body = batch(call('1'));
  const { post } = await start({
    now: () => 1_000,
    limits: { volume: { perSecond: 1, burst: body.length * 2 } },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await post('/v1/push', body)).status);
  expect(statuses).toEqual([200, 200, 429]);
});

/** Writes raw bytes and gathers what comes back until the peer closes. */
function raw(port: number, work: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => work(socket));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}
const head = (more: string) =>
  `POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer police-token\r\nContent-Type: application/json\r\n${more}\r\n`;

describe('bodies that are too much, too little or a trap', () => {
  it('20 MB are refused: by their announced length, and by count when none is announced', async () => {
    const { post, base, memory } = await start();
    const big = Buffer.alloc(20 * 1024 * 1024, 0x20);
    expect(await post('/v1/push', big)).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
    const chunked = await new Promise<number>((resolve, reject) => {
      const sending = request(
        `${base}/v1/push`,
        { method: 'POST', headers: { authorization: 'Bearer police-token', 'content-type': 'application/json' } },
        (response) => resolve(response.statusCode ?? 0),
      );
      sending.on('error', reject);
      for (let at = 0; at < big.length; at += 1_048_576) sending.write(big.subarray(at, at + 1_048_576));
      sending.end();
    });
    expect(chunked).toBe(413);
    expect(memory.refused.map(({ refusal, bytes }) => [refusal.refused, bytes.length <= 65_536])).toEqual([
      ['too_large', true],
    ]);
    expect((await post('/v1/push', batch(call('1')))).status).toBe(200);
  });

  it('a polite client is told before it sends', async () => {
    const { port } = await start();
    const answer = await raw(port, (socket) => {
      socket.write(head('Content-Length: 20971520\r\nExpect: 100-continue\r\n'));
      socket.once('data', () => socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    const small = batch(call('1'));
    const continued = await raw(port, (socket) => {
      socket.write(head(`Content-Length: ${small.length}\r\nExpect: 100-continue\r\nConnection: close\r\n`));
      socket.once('data', () => socket.write(small));
    });
    expect(continued).toMatch(/^HTTP\/1.1 100 Continue[\s\S]*HTTP\/1.1 200/);
  });

  it('a gzip bomb is stopped in the middle', async () => {
    const { post } = await start();
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post('/v1/push', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('what is not gzip, or ends early, is said to be so', async () => {
    const { post, memory } = await start();
    const whole = gzipSync(batch(call('1')));
    for (const body of [Buffer.from('plain'), whole.subarray(0, whole.length - 12)])
      expect(await post('/v1/push', body, { 'content-encoding': 'gzip' })).toMatchObject({
        status: 400,
        body: { error: { code: 'encoding' } },
      });
    expect(memory.refused).toHaveLength(2);
  });

  it('a torn body is kept as evidence and acknowledged to nobody', async () => {
    const { port, memory, post } = await start();
    const answer = await raw(port, (socket) => {
      socket.write(`${head('Content-Length: 5000\r\n')}[{"kind":"call"`);
      setImmediate(() => socket.destroy());
    });
    expect(answer).toBe('');
    await memory.until(() => memory.refused.length > 0);
    expect(memory.refused[0]?.refusal.refused).toBe('truncated');
    expect(memory.records()).toEqual([]);
    expect((await post('/v1/push', batch(call('1')))).status).toBe(200);
  });

  it('headers and bodies that drip are cut off', async () => {
    const { port } = await start({
      limits: { headersTimeoutMs: 100, requestTimeoutMs: 200, checkTimeoutsEveryMs: 20 },
    });
    expect(await raw(port, (socket) => socket.write('POST /v1/push HTTP/1.1\r\nHost: x\r\nX-Drip: '))).toMatch(
      /^HTTP\/1.1 408/,
    );
    await raw(port, (socket) => socket.write(`${head('Content-Length: 100\r\n')}[`));
  });

  it('what is no HTTP gets an answer, not a crash', async () => {
    const { port, post } = await start();
    expect(await raw(port, (socket) => socket.write('\x16\x03\x01hello\r\n\r\n'))).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(port, (socket) => socket.write(`${head(`X: ${'y'.repeat(40_000)}\r\n`)}`))).toMatch(
      /^HTTP\/1.1 4/,
    );
    expect((await post('/v1/push', batch(call('1')))).status).toBe(200);
  });
});

describe('the listener', () => {
  it('tells each of its feeds where it stands', async () => {
    const { memory, listener, port } = await start();
    await listener.close();
    expect(
      memory.statuses
        .filter(({ feedId }) => feedId === 'water-level')
        .map(({ status: { state, code } }) => [state, code]),
    ).toEqual([
      ['starting', 'starting'],
      ['up', 'listening'],
      ['stopped', 'stopped'],
    ]);
    expect(memory.statuses.find(({ status }) => status.code === 'listening')?.status.facts).toEqual({
      host: '127.0.0.1',
      port,
    });
  });

  it('a taken port is a state, and it stands as soon as the port is free', async () => {
    const first = await start();
    const memory = memoryPort();
    const second = openHttpPush({
      listenPort: first.port,
      port: memory.port,
      feeds: [{ id: 'police-110', protocol: push, crs: 'wgs84' }],
      authenticate: () => null,
      schema: () => ({}),
      retryMs: { first: 5, longest: 20 },
    });
    closers.push(() => second.close());
    expect(await second.ready).toBe(false);
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'down', code: 'address_in_use' });
    await first.listener.close();
    await memory.until(() => memory.statuses.some(({ status }) => status.state === 'up'));
    expect(second.address()?.port).toBe(first.port);
  });
});
