import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../../contract.ts';
import { ngsi } from '../../ngsi/ngsi.ts';
import { keyValues } from '../../ngsi/testing/entities.ts';
import { push } from '../../push/protocol.ts';
import { sensorthings } from '../../sensorthings/sensorthings.ts';
import { expandedObservation } from '../../sensorthings/testing/answers.ts';
import type { Delivery } from '../port.ts';
import { memoryPort } from '../testing/memory-port.ts';
import { createTurns } from '../turns.ts';
import { type MqttBrokerSettings, openMqttBroker } from './broker.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const reading = (key: string, value = 1) =>
  JSON.stringify({
    kind: 'reading',
    subject: { scheme: 'probe', key },
    observedAt: '2026-07-01T08:00:00+08:00',
    property: 'waterLevel',
    value,
    unit: 'm',
  });

async function start(more: Partial<MqttBrokerSettings> & { store?: (delivery: Delivery) => Promise<boolean> } = {}) {
  const memory = memoryPort(more.store);
  const broker = openMqttBroker({
    feeds: [
      { id: 'sensors', protocol: push, crs: 'wgs84', kinds: ['reading'] },
      { id: 'others', protocol: push, crs: 'wgs84' },
    ],
    authenticate: (token) =>
      token === 'token-1' || token === 'token-2'
        ? { feedId: token === 'token-1' ? 'sensors' : 'others', department: 'emergency-management' }
        : null,
    port: memory.port,
    listenPort: 0,
    ...more,
  });
  closers.push(() => broker.close());
  await broker.ready;
  const join = (options: IClientOptions = {}): MqttClient => {
    const client = connect(`mqtt://127.0.0.1:${broker.address()?.port}`, {
      protocolVersion: 5,
      username: 'gateway',
      password: 'token-1',
      reconnectPeriod: 0,
      ...options,
    });
    client.on('error', () => undefined);
    closers.push(() => client.endAsync(true));
    return client;
  };
  return { memory, broker, join };
}

/** What the broker answered to CONNECT: its reason code. */
const refusal = (client: MqttClient) =>
  new Promise<number>((resolve) => client.on('packetreceive', (packet) => resolve(codeOf(packet))));
const codeOf = (packet: object): number =>
  Number(('reasonCode' in packet && packet.reasonCode) || ('returnCode' in packet && packet.returnCode) || 0);
const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()));
const topic = 'one-network/sensors/gauge-1';

const versions: [string, IClientOptions][] = [
  ['3.1', { protocolId: 'MQIsdp', protocolVersion: 3, clientId: 'old' }],
  ['3.1.1', { protocolVersion: 4 }],
  ['5', { protocolVersion: 5 }],
];

describe('a client of the embedded broker', () => {
  it.each(versions)('of MQTT %s is heard in every quality of service', async (_, options) => {
    const { memory, join } = await start();
    const client = join(options);
    for (const qos of [0, 1, 2] as const) await client.publishAsync(topic, reading(`q${qos}`), { qos });
    await memory.until(() => memory.records().length === 3);
    expect(memory.records().map(({ subject }) => subject.key)).toEqual(['q0', 'q1', 'q2']);
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'up', code: 'listening' });
  });

  it.each(versions)('of MQTT %s is acknowledged only when the record is stored', async (_, options) => {
    let release = (_stored: boolean): void => undefined;
    const gate = new Promise<boolean>((resolve) => {
      release = resolve;
    });
    const asked: string[] = [];
    const { join } = await start({
      store: () => {
        asked.push('store');
        client.sendPing();
        return gate;
      },
    });
    const client = join(options);
    const alive = new Promise<void>((resolve) =>
      client.on('packetreceive', (packet) => packet.cmd === 'pingresp' && resolve()),
    );
    const acknowledged = client.publishAsync(topic, reading('a'), { qos: 1 }).then(() => asked.push('acknowledged'));
    // The line is alive while the store thinks.
    await alive;
    expect(asked).toEqual(['store']);
    release(true);
    await acknowledged;
    expect(asked).toEqual(['store', 'acknowledged']);
  });

  it.each(versions)('of MQTT %s sends again what could not be stored', async (_, options) => {
    let tries = 0;
    const { memory, join } = await start({ store: async () => ++tries > 1 });
    await join({ ...options, reconnectPeriod: 20 }).publishAsync(topic, reading('a'), { qos: 1 });
    expect(tries).toBe(2);
    expect(memory.records()).toHaveLength(1);
  });

  it('repeats a message and is understood to have repeated it', async () => {
    const { memory, join } = await start();
    const client = join();
    for (let time = 0; time < 3; time++) await client.publishAsync(topic, reading('a'), { qos: 2 });
    expect(memory.records()).toHaveLength(1);
  });

  it('signs on by its token alone, as name or as password', async () => {
    const { memory, join } = await start();
    await join({ username: 'token-1', password: undefined }).publishAsync(topic, reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
  });

  it.each([
    ['3.1.1', { protocolVersion: 4 }, 4],
    ['5', { protocolVersion: 5 }, 0x86],
  ] as const)('with a wrong token is turned away by MQTT %s', async (_, options, code) => {
    const { join } = await start();
    expect(await refusal(join({ ...options, password: 'wrong' }))).toBe(code);
  });

  it('guessing tokens is slowed down, and a known one goes on', async () => {
    const { memory, join } = await start({ limits: { failures: { perSecond: 0.001, burst: 1 } } });
    expect(await refusal(join({ password: 'wrong' }))).toBe(0x86);
    expect(await refusal(join({ password: 'wrong' }))).toBe(0x89);
    await join().publishAsync(topic, reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
  });

  it('may publish on its own topics only', async () => {
    const { memory, join } = await start();
    const refused = await join()
      .publishAsync('one-network/others/x', reading('a'), { qos: 1 })
      .catch((error) => error);
    expect(refused).toMatchObject({ code: 0x87 });
    const old = join({ protocolVersion: 4 });
    const hungUp = closed(old);
    old.publish('one-network/sensors2/x', reading('a'), { qos: 1 });
    await hungUp;
    expect(memory.records()).toEqual([]);
    expect(memory.refused.map(({ feedId, refusal: { refused: reason } }) => [feedId, reason])).toEqual([
      ['sensors', 'unauthorized'],
      ['sensors', 'unauthorized'],
    ]);
  });

  it('may use the topics that the installation gives it', async () => {
    const feeds = [{ id: 'sensors', protocol: push, crs: 'wgs84' as const, topics: ['site/+/level'] }];
    const { memory, join } = await start({ feeds });
    await join().publishAsync('site/7/level', reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
  });

  it('sends what the protocol of its feed says', async () => {
    const feeds = [
      { id: 'sensors', protocol: ngsi as Protocol, crs: 'wgs84' as const },
      { id: 'others', protocol: sensorthings as Protocol, crs: 'wgs84' as const },
    ];
    const { memory, join } = await start({ feeds });
    await join().publishAsync(topic, JSON.stringify(keyValues), { qos: 1 });
    const other = join({ password: 'token-2' });
    await other.publishAsync('one-network/others/1', JSON.stringify(expandedObservation), { qos: 1 });
    expect(new Set(memory.records().map(({ subject }) => subject.scheme))).toEqual(new Set(['ngsi', 'sensorthings']));
  });

  it('that falls silent is let go after one and a half of its interval', async () => {
    const { memory, broker } = await start();
    const { createConnection } = await import('node:net');
    const socket = createConnection({ port: broker.address()?.port ?? 0, host: '127.0.0.1' });
    closers.push(() => socket.destroy());
    const token = Buffer.from('token-1');
    // Version 3.1.1, one second, and nothing after it.
    const body = Buffer.concat([
      Buffer.from('00044d51545404c200010001670001', 'hex'),
      Buffer.from('u'),
      Buffer.from([0, token.length]),
      token,
    ]);
    socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]));
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(broker.connections()).toBe(0);
    expect(memory.refused).toEqual([]);
  });

  it.each([
    ['with a word', true],
    ['without one', false],
  ])('that publishes and goes away at once, %s, is heard when its turn comes', async (_, polite) => {
    // Everybody else is busy: turns come late.
    const turns = { ...createTurns(), ask: (read: () => number) => void setTimeout(read, 20) };
    const { memory, broker } = await start({ turns });
    const { createConnection } = await import('node:net');
    const socket = createConnection({ port: broker.address()?.port ?? 0, host: '127.0.0.1' });
    closers.push(() => socket.destroy());
    const token = Buffer.from('token-1');
    const body = Buffer.concat([
      Buffer.from('00044d51545404c2003c0001670001', 'hex'),
      Buffer.from('u'),
      Buffer.from([0, token.length]),
      token,
    ]);
    socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]));
    await new Promise((resolve) => socket.once('data', resolve));
    const message = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic), Buffer.from(reading('a'))]);
    const length = [(message.length % 128) | 0x80, Math.floor(message.length / 128)];
    socket.end(Buffer.concat([Buffer.from([0x30, ...length]), message, Buffer.from(polite ? 'e000' : '', 'hex')]));
    await memory.until(() => memory.records().length === 1);
    await new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
    expect(broker.connections()).toBe(0);
  });

  it('that is too fast is slowed down by its own line, and loses nothing', async () => {
    const { memory, join } = await start({ limits: { messages: { perSecond: 500, burst: 2 } } });
    const client = join();
    await Promise.all(Array.from({ length: 20 }, (_, at) => client.publishAsync(topic, reading(`k${at}`), { qos: 1 })));
    expect(memory.records().map(({ subject }) => subject.key)).toEqual(Array.from({ length: 20 }, (_, at) => `k${at}`));
  });

  it('beyond the number that its source may have is told to come later', async () => {
    const { join } = await start({ limits: { perSource: 1 } });
    const first = join({ clientId: 'one' });
    await new Promise((resolve) => first.once('connect', resolve));
    expect(await refusal(join({ clientId: 'two' }))).toBe(0x89);
    expect(await refusal(join({ clientId: 'three', password: 'token-2' }))).toBe(0);
  });

  it('cannot subscribe', async () => {
    const { join } = await start();
    await expect(join().subscribeAsync('#')).rejects.toThrow();
    await expect(join({ protocolVersion: 4 }).subscribeAsync('#')).rejects.toThrow();
  });

  it('is told what could not be read, and goes on', async () => {
    const { memory, join } = await start();
    const client = join();
    expect(await client.publishAsync(topic, '{', { qos: 1 }).catch((error) => error)).toMatchObject({ code: 0x99 });
    await client.publishAsync(topic, reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
    expect(memory.refused).toHaveLength(1);
  });

  it('that sends too much at once is hung up on before it is read', async () => {
    const { memory, join } = await start({ limits: { packetBytes: 2_000 } });
    const client = join({ protocolVersion: 4 });
    const hungUp = closed(client);
    client.publish(topic, 'x'.repeat(3_000), { qos: 1 });
    await hungUp;
    expect(memory.refused[0]?.refusal.refused).toBe('too_large');
    expect(memory.refused[0]?.bytes.length).toBeLessThanOrEqual(1_024);
  });

  it('that comes a second time takes the place of the first', async () => {
    const { broker, join } = await start();
    const first = join({ clientId: 'one' });
    await new Promise((resolve) => first.once('connect', resolve));
    const gone = closed(first);
    const second = join({ clientId: 'one' });
    await new Promise((resolve) => second.once('connect', resolve));
    await gone;
    await second.publishAsync(topic, reading('a'), { qos: 1 });
    expect(broker.connections()).toBeLessThanOrEqual(2);
  });
});

describe('the breaker of the broker', () => {
  it('keeps out who says nothing readable, says so with the time, and lets in again', async () => {
    let clock = 1_000_000;
    const { memory, join } = await start({ now: () => clock });
    const poison = join({ clientId: 'poison' });
    const hungUp = closed(poison);
    for (let time = 0; time < 5; time++) poison.publish(topic, `{${time}`, { qos: 1 });
    await hungUp;
    const status = memory.statuses.findLast(({ feedId }) => feedId === 'sensors')?.status;
    expect(status).toMatchObject({
      state: 'degraded',
      code: 'breaker_open',
      facts: { source: 'poison', reason: 'bad_in_a_row', until: 1_030_000 },
    });
    expect(await refusal(join({ clientId: 'poison' }))).toBe(0x9f);

    // Its neighbour on the same feed, and another feed, go on.
    await join({ clientId: 'sound' }).publishAsync(topic, reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
    expect(memory.statuses.findLast(({ feedId }) => feedId === 'others')?.status.code).toBe('listening');

    clock = 1_030_000;
    await join({ clientId: 'poison' }).publishAsync(topic, reading('b'), { qos: 1 });
    expect(memory.statuses.findLast(({ feedId }) => feedId === 'sensors')?.status).toMatchObject({
      state: 'up',
      code: 'listening',
    });
  });
});

describe('the listener of the broker', () => {
  it('says under each of its feeds that its port is taken, and stands once it is free', async () => {
    const { broker } = await start();
    const at = broker.address()?.port ?? 0;
    const second = await start({ listenPort: at, retryMs: { first: 5, longest: 20 } });
    expect(second.broker.address()).toBeNull();
    for (const feed of ['sensors', 'others'])
      expect(second.memory.statuses.findLast(({ feedId }) => feedId === feed)?.status).toMatchObject({
        state: 'down',
        code: 'address_in_use',
      });
    await broker.close();
    await second.memory.until(() => second.memory.statuses.at(-1)?.status.code === 'listening');
    expect(second.broker.address()?.port).toBe(at);
  });

  it('makes room for whoever signs on when silent lines hold all places', async () => {
    const { memory, join } = await start({ limits: { connections: 2 } });
    const { createConnection } = await import('node:net');
    for (let time = 0; time < 2; time++) {
      const idle = createConnection({ port: Number(memory.statuses.at(-1)?.status.facts.port), host: '127.0.0.1' });
      idle.on('error', () => undefined);
      closers.push(() => idle.destroy());
      await new Promise((resolve) => idle.once('connect', resolve));
    }
    await join({ reconnectPeriod: 20 }).publishAsync(topic, reading('a'), { qos: 1 });
    expect(memory.records()).toHaveLength(1);
  });
});
