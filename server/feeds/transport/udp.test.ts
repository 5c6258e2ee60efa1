import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Protocol, Session } from '../contract.ts';
import { refuse } from '../refusal.ts';
import type { Delivery } from './port.ts';
import { memoryPort } from './testing/memory-port.ts';
import { createTurns } from './turns.ts';
import { openUdpFeed, type UdpFeed, type UdpFeedSettings } from './udp.ts';

/** Lines: `!x` cannot be read (checksum), `#x` is noise, `.` ends a frame that needs no line feed, everything else is answered `ok x` or `no x`. */
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);
const lines: Protocol<string, { strict?: boolean }> = {
  id: 'lines',
  title: 'lines',
  standard: 'none',
  transports: ['udp'],
  options: z.object({ strict: z.boolean().optional() }).strict(),
  crs: 'wgs84',
  maxFrameBytes: 100,
  frame: (buffer) => {
    const frames: Uint8Array[] = [];
    let [start, noise] = [0, 0];
    for (let at = buffer.indexOf(10); at !== -1; at = buffer.indexOf(10, start)) {
      if (buffer[start] === 35) noise += at + 1 - start;
      else frames.push(buffer.subarray(start, at));
      start = at + 1;
    }
    const rest = buffer.subarray(start);
    return { frames, rest, noise, closed: rest.at(-1) === 46 };
  },
  decode: (frame) => (frame[0] === 33 ? refuse('checksum', 'wrong') : text(frame)),
  map: () => [],
  answer: (message, { accepted, serial, peer }) =>
    bytes(`${serial} ${accepted ? 'ok' : 'no'} ${message}${message === 'who' ? ` ${peer}` : ''}\n`),
  reject: (frame) => bytes(`bad ${text(frame)}\n`),
};
/** Counts what came from one peer, and tells at the end. */
const counting: Session<string, number> = {
  start: 0,
  step: (state, message) => ({ state: state + 1, message: `${message}/${state + 1}`, refusal: null, expired: [] }),
  end: (state) => [refuse('truncated', `after ${state}`)],
};

const open: { feeds: UdpFeed[]; sockets: Socket[] } = { feeds: [], sockets: [] };
afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.close();
  await Promise.all(open.feeds.splice(0).map((feed) => feed.close()));
});

async function listen(settings: Partial<UdpFeedSettings> & Pick<UdpFeedSettings, 'port'>): Promise<UdpFeed> {
  const feed = openUdpFeed({ feedId: 'f', protocol: lines as Protocol, listenPort: 0, ...settings });
  open.feeds.push(feed);
  await feed.ready;
  return feed;
}

async function dial(feed: UdpFeed) {
  const socket = createSocket('udp4');
  open.sockets.push(socket);
  socket.connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const heard: string[] = [];
  let wake = (): void => undefined;
  socket.on('message', (datagram) => {
    heard.push(text(datagram).trimEnd());
    wake();
  });
  socket.on('error', () => undefined);
  return {
    heard,
    address: `127.0.0.1:${socket.address().port}`,
    send: (value: string) => socket.send(value),
    reads: async (count: number) => {
      while (heard.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return heard;
    },
  };
}

const messages = (memory: ReturnType<typeof memoryPort>) => memory.deliveries.map(({ delivery }) => delivery.message);
const codes = (memory: ReturnType<typeof memoryPort>) => memory.statuses.map(({ status }) => status.code);

describe('openUdpFeed', () => {
  it('binds loopback, says so, and answers each message to whom it came from', async () => {
    const memory = memoryPort(async ({ message }) => message !== 'b');
    const feed = await listen({ port: memory.port });
    expect(feed.address()?.host).toBe('127.0.0.1');
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'up', code: 'listening', facts: feed.address()! });
    const [one, other] = [await dial(feed), await dial(feed)];
    one.send('a\nb\n!c\n#noise\nd\n');
    other.send('who\n');
    expect(await one.reads(4)).toEqual(['0 ok a', '1 no b', 'bad !c', '3 ok d']);
    expect(await other.reads(1)).toEqual([`0 ok who ${other.address}`]);
    expect(memory.refused.map(({ refusal, bytes: raw }) => [refusal.refused, text(raw)])).toEqual([['checksum', '!c']]);
    expect(feed.connections()).toBe(2);
  });

  it('takes a datagram as a whole: the end closes a frame, or tears it', async () => {
    const memory = memoryPort();
    const peer = await dial(await listen({ port: memory.port }));
    peer.send('half');
    peer.send('whole.');
    expect(await peer.reads(2)).toEqual(['bad half', '1 ok whole.']);
    expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual(['truncated']);
  });

  it('sends an answer of several frames as several datagrams', async () => {
    const twice: Protocol<string, { strict?: boolean }> = { ...lines, answer: (message) => bytes(`${message}\nask\n`) };
    const peer = await dial(await listen({ port: memoryPort().port, protocol: twice as Protocol }));
    peer.send('a\n');
    expect(await peer.reads(2)).toEqual(['a', 'ask']);
  });

  it('keeps the order of replies where the store answers out of order, and takes a rejected promise for a no', async () => {
    const gates = new Map<unknown, (stored: boolean | Error) => void>();
    const memory = memoryPort(
      ({ message }) =>
        new Promise((resolve, reject) =>
          gates.set(message, (stored) => (stored instanceof Error ? reject(stored) : resolve(stored))),
        ),
    );
    const peer = await dial(await listen({ port: memory.port }));
    peer.send('a\n');
    peer.send('b\n');
    await expect.poll(() => gates.size).toBe(2);
    gates.get('b')?.(true);
    gates.get('a')?.(new Error('gone'));
    expect(await peer.reads(2)).toEqual(['0 no a', '1 ok b']);
  });

  it('has one session for each peer, and ends it when the peer has been idle', async () => {
    let now = 0;
    const memory = memoryPort();
    const protocol = { ...lines, session: () => counting } as Protocol;
    const feed = await listen({ port: memory.port, protocol, now: () => now, limits: { idleMs: 100 } });
    const [one, other] = [await dial(feed), await dial(feed)];
    one.send('a\n');
    await one.reads(1);
    one.send('b\n');
    await one.reads(2);
    other.send('c\n');
    await other.reads(1);
    expect(messages(memory)).toEqual(['a/1', 'b/2', 'c/1']);
    now = 200;
    await memory.until(() => memory.refused.length === 2);
    expect(memory.refused.map(({ refusal }) => refusal.detail)).toEqual(['after 2', 'after 1']);
    expect(feed.connections()).toBe(0);
    one.send('d\n');
    await one.reads(3);
    expect(messages(memory).at(-1)).toBe('d/1');
  });

  it('does not listen to a peer for a while after many bad frames, and says so; others go on', async () => {
    let now = 0;
    const memory = memoryPort();
    const feed = await listen({ port: memory.port, now: () => now, limits: { muteMs: 1_000 } });
    const [bad, good] = [await dial(feed), await dial(feed)];
    for (let count = 0; count < 5; count++) bad.send('!x\n');
    await memory.until(() => codes(memory).includes('connection_cut'));
    expect(memory.statuses.at(-1)?.status).toMatchObject({
      state: 'up',
      facts: { source: bad.address, reason: 'bad_in_a_row' },
    });
    await bad.reads(5);
    bad.send('a\n');
    good.send('b\n');
    await good.reads(1);
    expect(messages(memory)).toEqual(['b']);
    now = 1_500;
    bad.send('c\n');
    await bad.reads(6);
    expect(messages(memory)).toEqual(['b', 'c']);
  });

  it('answers an address only so often that which was not stored; what was stored is always answered', async () => {
    const memory = memoryPort();
    const feed = await listen({ port: memory.port, limits: { curt: { perSecond: 0.001, burst: 3 } } });
    const [one, other] = [await dial(feed), await dial(feed)];
    one.send('!a\n!b\n!c\n!d\ne\n');
    expect(await one.reads(4)).toEqual(['bad !a', 'bad !b', 'bad !c', '3 ok e']);
    other.send('!y\nz\n');
    expect(await other.reads(1)).toEqual(['0 ok z']);
    expect(memory.refused).toHaveLength(5);
  });

  it('hands over no more than it may; what does not fit into the queue is lost and counted', async () => {
    const gates: (() => void)[] = [];
    const memory = memoryPort(() => new Promise((resolve) => gates.push(() => resolve(true))));
    let now = 0;
    const limits = { maxPending: 2, maxWaiting: 3 };
    const feed = await listen({ port: memory.port, limits, now: () => (now += 1_000) });
    const peer = await dial(feed);
    for (let count = 0; count < 9; count++) peer.send(`${count}\n`);
    await memory.until(() => memory.statuses.at(-1)?.status.facts.lost === 4);
    expect(gates.length).toBe(2);
    while (memory.deliveries.length < 5) {
      for (const gate of gates.splice(0)) gate();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await peer.reads(5)).toHaveLength(5);
    expect(messages(memory)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('holds a bounded number of bytes for all peers together', async () => {
    const memory = memoryPort(() => new Promise(() => undefined));
    const feed = await listen({ port: memory.port, limits: { maxPending: 1, maxWaitingBytes: 10, stopMs: 1 } });
    const [one, other] = [await dial(feed), await dial(feed)];
    for (let count = 0; count < 4; count++) one.send('1234\n');
    await memory.until(() => codes(memory).includes('datagrams_lost'));
    other.send('5678\n');
    one.send('9\n');
    await expect.poll(() => feed.connections()).toBe(2);
    expect(memory.received()).toBe(15);
  });

  it('lets one who floods wait, and serves another in between', async () => {
    const order: unknown[] = [];
    const memory = memoryPort(async ({ message }: Delivery) => order.push(message) > 0);
    const turns = createTurns({ perSecond: 1_000_000, burst: 1_000_000, share: 4 });
    const feed = await listen({ port: memory.port, turns });
    const [loud, quiet] = [await dial(feed), await dial(feed)];
    for (let count = 0; count < 40; count++) loud.send('x\n'.repeat(20));
    quiet.send('me\n');
    await quiet.reads(1);
    await loud.reads(1);
    expect(order).toContain('me');
  });

  it('gives the place of whoever never said anything to a newcomer; whoever spoke keeps it', async () => {
    const memory = memoryPort();
    const feed = await listen({ port: memory.port, limits: { maxConnections: 2 } });
    const [speaker, silent, late, last] = [await dial(feed), await dial(feed), await dial(feed), await dial(feed)];
    speaker.send('a\n');
    await speaker.reads(1);
    silent.send('!x\n');
    await silent.reads(1);
    late.send('b\n');
    await late.reads(1);
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'degraded', code: 'too_many_connections' });
    last.send('c\n');
    speaker.send('d\n');
    await speaker.reads(2);
    expect(messages(memory)).toEqual(['a', 'b', 'd']);
    expect(feed.connections()).toBe(2);
  });

  it('says that its address is in use, and stands as soon as it is free', async () => {
    const other = createSocket('udp4');
    other.bind(0, '127.0.0.1');
    await once(other, 'listening');
    const memory = memoryPort();
    const listenPort = other.address().port;
    const feed = openUdpFeed({
      feedId: 'f',
      protocol: lines as Protocol,
      port: memory.port,
      listenPort,
      retryMs: { first: 5, longest: 5 },
    });
    open.feeds.push(feed);
    expect(await feed.ready).toBe(false);
    expect(memory.statuses.map(({ status }) => [status.state, status.code])).toContainEqual(['down', 'address_in_use']);
    other.close();
    await memory.until(() => codes(memory).at(-1) === 'listening');
    expect(feed.address()?.port).toBe(listenPort);
  });

  it('stays down with options it does not know', async () => {
    const memory = memoryPort();
    const feed = await listen({ port: memory.port, options: { strickt: true } });
    expect(memory.statuses.map(({ status }) => [status.state, status.code])).toEqual([['down', 'bad_options']]);
    expect(feed.address()).toBeNull();
  });

  it('answers for what is in hand before it closes', async () => {
    const gates: (() => void)[] = [];
    const memory = memoryPort(() => new Promise((resolve) => gates.push(() => resolve(true))));
    const feed = await listen({ port: memory.port });
    const peer = await dial(feed);
    peer.send('a\n');
    await expect.poll(() => gates.length).toBe(1);
    const closing = feed.close();
    gates[0]?.();
    await closing;
    expect(await peer.reads(1)).toEqual(['0 ok a']);
    expect(memory.statuses.at(-1)?.status.state).toBe('stopped');
  });
});
