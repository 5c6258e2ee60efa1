import { createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../contract.ts';
import { push } from '../../push/protocol.ts';
import type { Delivery } from '../port.ts';
import { memoryPort } from '../testing/memory-port.ts';
import { type MqttSubscriberSettings, openMqttSubscriber } from './subscriber.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Somebody else's broker, of MQTT 3.1.1, which stands while its sockets come and go. */
async function outside() {
  const broker = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  closers.push(async () => {
    await new Promise<void>((done) => broker.close(done));
    cut();
    await new Promise<void>((done) => server.close(() => done()));
  });
  const say = (topic: string, payload: string) =>
    new Promise<void>((done) =>
      broker.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => done()),
    );
  return { broker, cut, say, host: `127.0.0.1:${(server.address() as { port: number }).port}` };
}

function listen(
  host: string,
  more: Partial<MqttSubscriberSettings> & { store?: (delivery: Delivery) => Promise<boolean> } = {},
) {
  const memory = memoryPort(more.store);
  const subscriber = openMqttSubscriber({
    feed: { id: 'sensors', protocol: push as Protocol, crs: 'wgs84', kinds: ['reading'] },
    url: `mqtt://us:geheim@${host}`,
    topics: ['site/+/level'],
    clientId: 'one-network-test',
    port: memory.port,
    random: () => 0.5,
    retryMs: { first: 10, connectTimeout: 2_000 },
    ...more,
  });
  closers.push(() => subscriber.close());
  const last = () => memory.statuses.at(-1)?.status;
  return { memory, subscriber, last };
}

const reading = (key: string) =>
  JSON.stringify({
    kind: 'reading',
    subject: { scheme: 'probe', key },
    observedAt: '2026-07-01T08:00:00+08:00',
    property: 'waterLevel',
    value: 1,
    unit: 'm',
  });

describe('a feed of an outside broker', () => {
  it('falls back to 3.1.1 where the broker knows no 5, subscribes and reads', async () => {
    const { host, say } = await outside();
    const { memory, last } = listen(host);
    await memory.until(() => last()?.code === 'subscribed');
    expect(last()).toMatchObject({ state: 'up', facts: { host, version: '3.1.1' } });
    await say('site/7/level', reading('a'));
    await say('site/7/other', reading('b'));
    await say('site/8/level', reading('c'));
    await memory.until(() => memory.records().length === 2);
    expect(memory.records().map(({ subject }) => subject.key)).toEqual(['a', 'c']);
    expect(JSON.stringify([memory.statuses, memory.deliveries])).not.toContain('geheim');
  });

  it('speaks 5 where the broker does', async () => {
    const heard: string[] = [];
    let told = (): void => undefined;
    const acknowledged = new Promise<void>((done) => {
      told = done;
    });
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        heard.push(bytes.toString('hex'));
        const type = (bytes[0] ?? 0) >> 4;
        if (type === 1) socket.write(Buffer.from('2003000000', 'hex'));
        if (type === 8) {
          socket.write(Buffer.concat([Buffer.from('9004', 'hex'), bytes.subarray(2, 4), Buffer.from('0001', 'hex')]));
          const topic = Buffer.from('site/7/level');
          const payload = Buffer.from(reading('five'));
          const body = Buffer.concat([Buffer.from([0, topic.length]), topic, Buffer.from('000700', 'hex'), payload]);
          const length = [(body.length % 128) | 0x80, Math.floor(body.length / 128)];
          socket.write(Buffer.concat([Buffer.from([0x32, ...length]), body]));
        }
        if (type === 4) told();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closers.push(() => server.close());
    const { memory, last } = listen(`127.0.0.1:${(server.address() as { port: number }).port}`);
    await acknowledged;
    expect(memory.records()).toMatchObject([{ subject: { key: 'five' } }]);
    expect(heard[0]).toContain('00044d51545405');
    expect(heard.at(-1)).toMatch(/^40020007|^400[34]0007/);
    expect(last()?.facts.version).toBe('5');
  });

  it('subscribes again after the line broke, and gets what came meanwhile', async () => {
    const { host, say, cut, broker } = await outside();
    const { memory, last } = listen(host);
    await memory.until(() => last()?.code === 'subscribed');
    const gone = new Promise((resolve) => broker.once('clientDisconnect', resolve));
    cut();
    await gone;
    await say('site/7/level', reading('meanwhile'));
    await memory.until(() => memory.records().length === 1);
    expect(memory.statuses.map(({ status }) => status.code)).toContain('cannot_connect');
    await say('site/7/level', reading('after'));
    await memory.until(() => memory.records().length === 2);
  });

  it('acknowledges only what is stored, and waits with it', async () => {
    let tries = 0;
    const { host, say, broker } = await outside();
    const acknowledged: string[] = [];
    broker.on('ack', () => acknowledged.push(`after ${tries}`));
    const { memory, last } = listen(host, { store: async () => ++tries > 2 });
    await memory.until(() => last()?.code === 'subscribed');
    await say('site/7/level', reading('a'));
    await memory.until(() => memory.records().length === 1);
    expect(tries).toBe(3);
    expect(memory.statuses.map(({ status }) => status.code)).toContain('not_stored');
    await new Promise((resolve) => setImmediate(resolve));
    expect(acknowledged.filter((when) => when !== 'after 3')).toEqual([]);
  });

  it('that is not there is down, and its password shown nowhere', async () => {
    const { memory, last } = listen('127.0.0.1:1');
    await memory.until(() => last()?.code === 'cannot_connect');
    expect(last()).toMatchObject({ state: 'down', facts: { host: '127.0.0.1:1' } });
    expect(JSON.stringify(memory.statuses)).not.toContain('geheim');
  });

  it('says which topic is not listened to for a while', async () => {
    const { host, say } = await outside();
    const { memory, last } = listen(host, { now: () => 1_000_000 });
    await memory.until(() => last()?.code === 'subscribed');
    for (let time = 0; time < 5; time++) await say('site/7/level', `{${time}`);
    await memory.until(() => last()?.code === 'breaker_open');
    expect(last()?.facts).toMatchObject({ source: 'site/7/level', until: 1_030_000 });
    await say('site/8/level', reading('a'));
    await memory.until(() => memory.records().length === 1);
  });
});
