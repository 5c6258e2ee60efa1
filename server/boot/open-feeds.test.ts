import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { connect } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import { connectedDepartments } from '@/server/domain/department.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import { memoryPort } from '@/server/feeds/transport/testing/memory-port.ts';
import { openFeeds } from './open-feeds.ts';
import { settleFeeds } from './settle-feeds.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(file: Record<string, unknown> = {}) {
  const free = { host: '127.0.0.1', port: 0 };
  const settled = settleFeeds(departmentFeeds, {
    protocolById,
    file,
    listen: new Map([['*', free]]),
    jt808: free,
    push: free,
    capPollUrl: null,
  });
  expect(settled.faults).toEqual([]);
  const memory = memoryPort();
  const feeds = settled.feeds.filter(({ on }) => on);
  const open = openFeeds({
    feeds,
    intake: memory.port,
    authenticate: (token) =>
      departmentFeeds.some(({ feed }) => feed.id === token) ? { feedId: token, department: '' } : null,
    push: free,
    now: Date.now,
    mostConnections: 1_000,
  });
  closers.push(() => open.close());
  await open.ready;
  const last = (id: string) => memory.statuses.findLast(({ feedId }) => feedId === id)?.status;
  return { memory, open, feeds, last };
}

describe('the feeds of the eleven departments', () => {
  it('all stand, each at its own place', async () => {
    const { open, feeds, last } = await start();
    const asking = ['http-poll', 'tcp-client'];
    for (const { feed } of feeds.filter(({ feed: { transport } }) => !asking.includes(transport))) {
      expect(open.addressOf(feed.id)?.host, feed.id).toBe('127.0.0.1');
      expect(last(feed.id), feed.id).toMatchObject({ state: 'up', code: 'listening' });
    }
    const departments = new Set(feeds.map(({ department }) => department.id));
    expect(connectedDepartments.filter((id) => !departments.has(id))).toEqual([]);
  });

  it('start where a port is taken, which says so, and stands once it is free', async () => {
    const blocker = createServer();
    await new Promise<void>((done) => blocker.listen(0, '127.0.0.1', done));
    closers.push(() => new Promise<void>((done) => blocker.close(() => done())));
    const { port } = blocker.address() as { port: number };
    const datagrams = createSocket('udp4');
    await new Promise<void>((done) => datagrams.bind(0, '127.0.0.1', done));
    closers.push(() => new Promise<void>((done) => datagrams.close(done)));
    const udpPort = datagrams.address().port;
    const { open, last } = await start({
      'ecology-hj212': { listen: `127.0.0.1:${port}` },
      'emergency-sensors-mqtt': { listen: `127.0.0.1:${port}` },
      'transport-ais-udp': { listen: `127.0.0.1:${udpPort}` },
    });
    for (const [id, taken] of [
      ['ecology-hj212', port],
      ['emergency-sensors-mqtt', port],
      ['transport-ais-udp', udpPort],
    ] as const) {
      expect(last(id), id).toMatchObject({ state: 'down', code: 'address_in_use', facts: { port: taken } });
      expect(open.addressOf(id)).toBeNull();
    }
    expect(last('water-sl651')).toMatchObject({ state: 'up', code: 'listening' });
    expect(open.push()).not.toBeNull();
  });

  it('take MQTT in by the token of the source', async () => {
    const { open, memory } = await start();
    const client = connect(`mqtt://127.0.0.1:${open.addressOf('emergency-sensors-mqtt')?.port}`, {
      password: 'emergency-sensors-mqtt',
      username: 'gateway',
      reconnectPeriod: 0,
    });
    closers.push(() => client.endAsync(true));
    const reading = {
      kind: 'reading',
      subject: { scheme: 'risk', key: '1' },
      observedAt: new Date().toISOString(),
      property: 'tilt',
      value: 1,
      unit: 'deg',
    };
    await client.publishAsync('one-network/emergency-sensors-mqtt/1', JSON.stringify(reading), { qos: 1 });
    expect(memory.deliveries.map(({ feedId }) => feedId)).toEqual(['emergency-sensors-mqtt']);
  });

  it('are told what the installation says of a source', async () => {
    const { open, memory } = await start({ 'urban-cases-csv': { options: { zone: '+09:00', ignore: ['备注'] } } });
    const response = await fetch(`http://127.0.0.1:${open.push()?.port}/v1/csv`, {
      method: 'POST',
      headers: { authorization: 'Bearer urban-cases-csv', 'content-type': 'text/csv' },
      body: 'number,title,reportedAt,备注\n1,a,2026-07-01 08:00,x\n',
    });
    expect(response.status).toBe(200);
    expect(memory.records()).toMatchObject([
      { observedAt: Date.parse('2026-06-30T23:00:00Z'), subject: { scheme: 'urban-csv' } },
    ]);
  });
});
