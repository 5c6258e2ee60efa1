import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Protocol } from '../contract.ts';
import { refuse } from '../refusal.ts';
import type { Delivery, FeedPort, TransportStatus } from './port.ts';
import { openTcpFeed, type TcpFeed, type TcpFeedSettings } from './tcp.ts';

/** Lines: `!x` cannot be read (checksum), `#x` is noise, everything else is a message that is answered `ok x` or `no x`. */
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);
const lines: Protocol<string, { strict?: boolean }> = {
  id: 'lines',
  title: 'lines',
  standard: 'none',
  transports: ['tcp'],
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
    return { frames, rest: buffer.subarray(start), noise };
  },
  decode: (frame) => (frame[0] === 33 ? refuse('checksum', 'wrong') : text(frame)),
  map: () => [],
  answer: (message, { accepted, serial }) => bytes(`${serial} ${accepted ? 'ok' : 'no'} ${message}\n`),
  reject: (frame) => bytes(`bad ${text(frame)}\n`),
};

function recorder(records: (delivery: Delivery) => Promise<boolean> = async () => true) {
  const seen = {
    messages: [] as string[],
    refused: [] as string[],
    noise: 0,
    bytes: 0,
    status: [] as TransportStatus[],
  };
  let changed = (): void => undefined;
  const port: FeedPort = {
    received: (_, count) => {
      seen.bytes += count;
    },
    records: (_, delivery) => {
      seen.messages.push(String(delivery.message));
      changed();
      return records(delivery);
    },
    refused: async (_, refusal, raw) => {
      seen.refused.push(`${refusal.refused} ${text(raw)}`);
      changed();
    },
    noise: (_, count) => {
      seen.noise += count;
    },
    status: (_, status) => {
      seen.status.push(status);
      changed();
    },
  };
  const until = async (condition: () => boolean) => {
    while (!condition())
      await new Promise<void>((resolve) => {
        changed = resolve;
      });
  };
  return { seen, port, until };
}

const open: { feeds: TcpFeed[]; sockets: Socket[] } = { feeds: [], sockets: [] };
afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  await Promise.all(open.feeds.splice(0).map((feed) => feed.close()));
});

async function listen(port: FeedPort, settings: Partial<TcpFeedSettings> = {}): Promise<TcpFeed> {
  const feed = openTcpFeed({ feedId: 'f', protocol: lines as Protocol, port, listenPort: 0, ...settings });
  open.feeds.push(feed);
  await feed.ready;
  return feed;
}

async function dial(feed: TcpFeed) {
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  open.sockets.push(socket);
  await once(socket, 'connect');
  let received = '';
  let wake = (): void => undefined;
  socket.on('data', (chunk) => {
    received += chunk;
    wake();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  const reads = async (count: number) => {
    while (received.split('\n').length <= count)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return received.trim().split('\n');
  };
  return { socket, reads, closed, text: () => received };
}

describe('openTcpFeed', () => {
  it('binds loopback, says so, and answers each message after it was accepted', async () => {
    const { seen, port } = recorder(async ({ message }) => message !== 'b');
    const feed = await listen(port);
    expect(feed.address()?.host).toBe('127.0.0.1');
    expect(seen.status.at(-1)).toMatchObject({ state: 'up', code: 'listening', facts: { port: feed.address()?.port } });
    const peer = await dial(feed);
    peer.socket.write('a\nb\n!c\n#noise\nd\n');
    expect(await peer.reads(4)).toEqual(['0 ok a', '1 no b', 'bad !c', '3 ok d']);
    expect(seen).toMatchObject({ messages: ['a', 'b', 'd'], refused: ['checksum !c'], noise: 7, bytes: 16 });
  });

  it('keeps the order of replies where the store answers out of order, and takes a rejected promise for a no', async () => {
    const gates = new Map<string, (accepted: boolean) => void>();
    const { port, until } = recorder(
      ({ message }) =>
        new Promise((resolve, reject) =>
          gates.set(String(message), (accepted) => (accepted ? resolve(true) : reject(new Error('gone')))),
        ),
    );
    const peer = await dial(await listen(port));
    peer.socket.write('a\nb\n');
    await until(() => gates.size === 2);
    gates.get('b')?.(true);
    gates.get('a')?.(false);
    expect(await peer.reads(2)).toEqual(['0 no a', '1 ok b']);
  });

  it('reads the same from a stream torn into single bytes', async () => {
    const { seen, port } = recorder();
    const peer = await dial(await listen(port));
    for (const byte of 'one\ntwo\n') {
      peer.socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await peer.reads(2);
    expect(seen.messages).toEqual(['one', 'two']);
  });

  it('hands over no more than it may, and pauses the sender meanwhile', async () => {
    const gates: (() => void)[] = [];
    const { seen, port, until } = recorder(() => new Promise((resolve) => gates.push(() => resolve(true))));
    const peer = await dial(await listen(port, { limits: { maxPending: 3 } }));
    peer.socket.write(Array.from({ length: 10 }, (_, at) => `${at}\n`).join(''));
    await until(() => seen.messages.length === 3);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.messages).toEqual(['0', '1', '2']);
    while (seen.messages.length < 10 || gates.length > 0) {
      gates.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
      expect(gates.length).toBeLessThanOrEqual(3);
    }
    expect((await peer.reads(10)).map((line) => line.split(' ')[2])).toEqual([...'0123456789']);
  });

  it('answers what is in hand when the sender has ended its side, and quarantines the torn end', async () => {
    const { seen, port } = recorder(() => new Promise((resolve) => setImmediate(() => resolve(true))));
    const feed = await listen(port);
    const peer = await dial(feed);
    peer.socket.end('a\nb\nhalf');
    await peer.closed;
    expect(peer.text()).toBe('0 ok a\n1 ok b\n');
    expect(seen.refused).toEqual(['truncated half']);
    expect(feed.connections()).toBe(0);
  });

  it.each([
    ['bad frames in a row', '!x\n'.repeat(6), 'bad_in_a_row'],
    ['noise without end', `#${'x'.repeat(200)}\n`.repeat(100), 'noise'],
    ['a line that never ends', 'x'.repeat(40_000), 'noise'],
  ])('cuts %s and says why', async (_, sent, reason) => {
    const { seen, port, until } = recorder();
    const peer = await dial(await listen(port));
    peer.socket.write(sent);
    await peer.closed;
    await until(() => seen.status.some(({ code }) => code === 'connection_cut'));
    expect(seen.status.at(-1)).toMatchObject({ state: 'up', code: 'connection_cut', facts: { reason } });
  });

  it('tells of cut connections once a second, with the number of the unsaid', async () => {
    let now = 1_000;
    const { seen, port, until } = recorder();
    const feed = await listen(port, { now: () => now });
    const cutOne = async () => {
      const peer = await dial(feed);
      peer.socket.write('!x\n'.repeat(5));
      await peer.closed;
      while (feed.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
    };
    for (let count = 0; count < 3; count++) await cutOne();
    now = 5_000;
    await cutOne();
    const cuts = () => seen.status.filter(({ code }) => code === 'connection_cut');
    await until(() => cuts().length >= 2);
    expect(cuts().map(({ facts }) => facts.unsaid)).toEqual([0, 2]);
  });

  it('turns away one connection too many, and is whole again when there is room', async () => {
    const { seen, port, until } = recorder();
    const feed = await listen(port, { limits: { maxConnections: 1 } });
    const first = await dial(feed);
    first.socket.write('a\n');
    await first.reads(1);
    const second = await dial(feed);
    await second.closed;
    expect(seen.status.at(-1)).toMatchObject({ state: 'degraded', code: 'too_many_connections' });
    first.socket.end();
    await until(() => seen.status.at(-1)?.state === 'up');
  });

  it('gives the place of whoever never said anything to a newcomer, the longest silent first', async () => {
    const { seen, port } = recorder();
    const feed = await listen(port, { limits: { maxConnections: 3 } });
    const speaker = await dial(feed);
    speaker.socket.write('a\n');
    await speaker.reads(1);
    const silent = [await dial(feed), await dial(feed)];
    await expect.poll(() => feed.connections()).toBe(3);
    const newcomer = await dial(feed);
    await silent[0]?.closed;
    newcomer.socket.write('b\n');
    await newcomer.reads(1);
    speaker.socket.write('c\n');
    await speaker.reads(2);
    expect(feed.connections()).toBe(3);
    expect(seen.status.at(-1)).toMatchObject({ state: 'degraded', code: 'too_many_connections' });
  });

  it('leaves room for the rest of the process', async () => {
    const { port } = recorder();
    let room = true;
    const feed = await listen(port, { mayAccept: () => room });
    const first = await dial(feed);
    first.socket.write('a\n');
    await first.reads(1);
    room = false;
    await (await dial(feed)).closed;
    expect(feed.connections()).toBe(1);
  });

  it('closes a connection that sends bytes but never a message', async () => {
    let now = 0;
    const { port } = recorder();
    const feed = await listen(port, { now: () => now, limits: { idleMs: 40 } });
    const peer = await dial(feed);
    peer.socket.write('half a li');
    now = 100;
    await peer.closed;
    expect(feed.connections()).toBe(0);
  });

  it('cuts a sender that never reads its replies', async () => {
    const big: Protocol<string, { strict?: boolean }> = { ...lines, answer: () => new Uint8Array(1_000_000) };
    const { seen, port, until } = recorder();
    const feed = await listen(port, { protocol: big as Protocol, limits: { maxUnsentBytes: 1_000_000 } });
    const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
    open.sockets.push(socket);
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('x\n'.repeat(60));
    await until(() => seen.status.at(-1)?.code === 'connection_cut');
    expect(seen.status.at(-1)?.facts.reason).toBe('unread_replies');
  });

  it('says that its address is in use, and stands as soon as it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = other.address();
    const { seen, port, until } = recorder();
    const listenPort = typeof taken === 'object' && taken ? taken.port : 0;
    const feed = openTcpFeed({
      feedId: 'f',
      protocol: lines as Protocol,
      port,
      listenPort,
      retryMs: { first: 5, longest: 5 },
    });
    open.feeds.push(feed);
    expect(await feed.ready).toBe(false);
    expect(seen.status.some(({ state, code }) => state === 'down' && code === 'address_in_use')).toBe(true);
    other.close();
    await until(() => seen.status.at(-1)?.code === 'listening');
    expect(feed.address()?.port).toBe(listenPort);
  });

  it('stays down with options it does not know', async () => {
    const { seen, port } = recorder();
    const feed = await listen(port, { options: { strickt: true } });
    expect(seen.status).toMatchObject([{ state: 'down', code: 'bad_options' }]);
    expect(feed.address()).toBeNull();
  });

  it('answers for what is in hand before it closes', async () => {
    const gates: (() => void)[] = [];
    const { seen, port, until } = recorder(() => new Promise((resolve) => gates.push(() => resolve(true))));
    const feed = await listen(port);
    const peer = await dial(feed);
    peer.socket.write('a\n');
    await until(() => gates.length === 1);
    const closing = feed.close();
    gates[0]?.();
    await Promise.all([closing, peer.closed]);
    expect(peer.text()).toBe('0 ok a\n');
    expect(seen.status.at(-1)?.state).toBe('stopped');
  });
});
