import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { push } from '../push/protocol.ts';
import { createFeedStatus } from './feed-status.ts';
import { openHttpPush } from './http-push.ts';
import { createSourceBreaker } from './source-breaker.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('the breaker of a source', () => {
  it('opens after so many bad ones in a row, gives one try, and waits twice as long after a bad one', () => {
    const breaker = createSourceBreaker({ badInARow: 3, firstMs: 1_000, longestMs: 3_000 });
    expect([breaker.bad('a', 0), breaker.bad('a', 0)]).toEqual([null, null]);
    expect(breaker.bad('a', 0)).toEqual({ reason: 'bad_in_a_row', until: 1_000 });
    expect([breaker.waitMs('a', 400), breaker.waitMs('a', 1_000), breaker.waitMs('b', 0)]).toEqual([600, 0, 0]);
    expect(breaker.bad('a', 1_000)).toEqual({ reason: 'bad_in_a_row', until: 3_000 });
    expect(breaker.bad('a', 3_000)).toEqual({ reason: 'bad_in_a_row', until: 6_000 });
    breaker.good('a');
    expect([breaker.bad('a', 6_000), breaker.bad('a', 6_000)]).toEqual([null, null]);
    expect(breaker.bad('a', 6_000)).toEqual({ reason: 'bad_in_a_row', until: 7_000 });
  });

  it('a good one in between begins anew, until most are bad', () => {
    const breaker = createSourceBreaker();
    let opened = null;
    for (let round = 0; round < 100 && !opened; round++) {
      breaker.good('a');
      opened = breaker.bad('a', 0) ?? breaker.bad('a', 0);
    }
    expect(opened).toMatchObject({ reason: 'mostly_bad' });
  });
});

describe('what a feed says of its breakers', () => {
  it('the one that is open longest, until its time is over, whatever else is told', () => {
    let clock = 0;
    const memory = memoryPort();
    const status = createFeedStatus(memory.port, 'f', () => clock);
    const last = () => memory.statuses.at(-1)?.status;
    status.tell('up', 'listening', { port: 1 });
    status.opened('a', { reason: 'noise', until: 10_000 });
    status.opened('b', { reason: 'bad_in_a_row', until: 20_000 });
    expect(last()).toMatchObject({
      state: 'degraded',
      code: 'breaker_open',
      facts: { source: 'b', until: 20_000, sources: 2 },
    });
    status.notice('connection_cut', { source: 'c' });
    expect(last()?.code).toBe('breaker_open');
    status.closed('b');
    expect(last()).toMatchObject({ code: 'breaker_open', facts: { source: 'a' } });
    clock = 10_000;
    status.closed('nobody');
    status.tell('up', 'listening', { port: 1 });
    expect(last()).toMatchObject({ state: 'up', code: 'listening' });
    status.opened('a', { reason: 'noise', until: 30_000 });
    status.tell('down', 'address_in_use', { port: 1 });
    expect(last()?.code).toBe('address_in_use');
    status.tell('stopped', 'stopped');
  });
});

describe('a pushing source with an open breaker', () => {
  it('is told until when, is seen on the page, and its neighbour goes on', async () => {
    let clock = Date.parse('2026-07-01T00:00:00Z');
    const memory = memoryPort();
    const feeds = ['one', 'two'].map((id) => ({ id, protocol: push as Protocol, crs: 'wgs84' as const }));
    const listener = openHttpPush({
      listenPort: 0,
      port: memory.port,
      feeds,
      authenticate: (token) => ({ feedId: token, department: 'x' }),
      schema: () => ({}),
      now: () => clock,
      limits: { breaker: { badInARow: 3 } },
    });
    closers.push(() => listener.close());
    await listener.ready;
    const post = (token: string, body: string) =>
      fetch(`http://127.0.0.1:${listener.address()?.port}/v1/push`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      });
    const last = (feed: string) => memory.statuses.findLast(({ feedId }) => feedId === feed)?.status;
    for (let time = 0; time < 3; time++) expect((await post('one', '{')).status).toBe(400);
    const closed = await post('one', '[]');
    expect([closed.status, closed.headers.get('retry-after'), (await closed.json()).error.code]).toEqual([
      429,
      '30',
      'breaker_open',
    ]);
    expect(last('one')).toMatchObject({
      state: 'degraded',
      code: 'breaker_open',
      facts: { source: 'one', reason: 'bad_in_a_row', until: clock + 30_000 },
    });
    expect((await post('two', '[]')).status).toBe(200);
    expect(last('two')?.code).toBe('listening');
    clock += 30_000;
    expect((await post('one', '[]')).status).toBe(200);
    expect(last('one')).toMatchObject({ state: 'up', code: 'listening' });
  });
});
