import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { random } from '../random.ts';
import { confirmedLine, type Line, type LineOptions } from './confirmed-line.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A receiver of lines of text; `answer` says what it sends back. */
async function receiver(answer: (line: string) => string | null, port = 0) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        heard.push(line);
        const said = answer(line);
        if (said !== null) socket.write(`${said}\n`);
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  closers.push(close);
  return { heard, sockets, close, port: (server.address() as AddressInfo).port };
}

function cut(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const parts = buffer.toString().split('\n');
  const rest = Buffer.from(parts.pop() ?? '');
  return { frames: parts.map((part) => Buffer.from(part)), rest };
}

let atMs = 1_000_000;
const now = () => atMs;
function line(port: number, more: Partial<LineOptions> = {}) {
  const told: string[] = [];
  const of = confirmedLine({
    name: '线路',
    to: { host: '127.0.0.1', port },
    rng: random(1, 'line'),
    now,
    told: (text) => told.push(text),
    cut,
    confirms: (frame) => frame.toString(),
    ...more,
  });
  closers.push(() => of.close());
  return { of, told };
}
const say = (of: Line, ...words: string[]) => {
  for (const word of words) of.put({ bytes: Buffer.from(`${word}\n`), key: word });
};
/** Turns the line, its clock going on, until something is so. */
const until = (of: Line, check: () => void) =>
  vi.waitFor(
    () => {
      atMs += 1_000;
      of.turn();
      check();
    },
    { timeout: 8_000, interval: 10 },
  );

describe('a line that waits to be confirmed', () => {
  it('says things in order, no more ahead than its window, and forgets what was confirmed', async () => {
    const there = await receiver((word) => (word === 'c' ? null : word));
    const { of } = line(there.port, { window: 2 });
    say(of, 'a', 'b', 'c', 'd', 'e');
    await until(of, () => expect(of.counts().confirmed).toBe(4));
    expect(there.heard.slice(0, 3)).toEqual(['a', 'b', 'c']);
    expect(of.counts()).toMatchObject({ waiting: 1, sent: 5, online: true });
  });

  it('says again what nobody confirmed, and changes the connection where that does not help', async () => {
    let deaf = true;
    const there = await receiver((word) => (deaf ? null : word));
    const { of, told } = line(there.port);
    say(of, 'a');
    await until(of, () => expect(there.heard.filter((word) => word === 'a').length).toBeGreaterThan(3));
    expect(told.join()).toContain('没有应答');
    deaf = false;
    await until(of, () => expect(of.counts().waiting).toBe(0));
    expect(of.counts().repeated).toBeGreaterThan(2);
  });

  it('keeps everything while nobody is there, tells it in order afterwards, and drops the oldest when the box is full', async () => {
    const first = await receiver((word) => word);
    await first.close();
    const { of } = line(first.port, { limit: 3 });
    say(of, 'a', 'b', 'c', 'd');
    for (let turn = 0; turn < 5; turn++) of.turn();
    expect(of.counts()).toMatchObject({ waiting: 3, dropped: 1, online: false });
    const second = await receiver((word) => word, first.port);
    await until(of, () => expect(of.counts().waiting).toBe(0));
    expect(second.heard).toEqual(['b', 'c', 'd']);
  });

  it('falls silent for as long as it is told, and brings what it has to say', async () => {
    const there = await receiver((word) => word);
    const { of, told } = line(there.port);
    say(of, 'a');
    await until(of, () => expect(of.counts().confirmed).toBe(1));
    const backMs = atMs + 60_000;
    of.silence(backMs);
    say(of, 'b');
    await until(of, () => expect(there.sockets.size).toBe(0));
    expect(there.heard).toEqual(['a']);
    await until(of, () => expect(of.counts().confirmed).toBe(2));
    expect(atMs).toBeGreaterThanOrEqual(backMs);
    expect(told[0]).toBe('线路：失联');
  });

  it('drops at once what is of no use later, where it stores nothing', async () => {
    const there = await receiver(() => null);
    const { of } = line(there.port, { stores: false, cut: undefined, confirms: undefined });
    of.put({ bytes: Buffer.from('early\n'), key: null });
    await until(of, () => expect(of.counts().online).toBe(true));
    of.put({ bytes: Buffer.from('now\n'), key: null });
    await until(of, () => expect(there.heard).toEqual(['now']));
    expect(of.counts()).toMatchObject({ waiting: 0, sent: 1 });
  });
});
