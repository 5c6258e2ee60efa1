import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ais } from '../ais/ais.ts';
import type { Protocol } from '../contract.ts';
import { openTcpClient, type TcpClientSettings } from './tcp-client.ts';
import { memoryPort } from './testing/memory-port.ts';

const position = Buffer.from('!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n');
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function source(serve: (socket: Socket, count: number) => void, port = 0) {
  let count = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    serve(socket, ++count);
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const close = () =>
    new Promise<void>((done) => {
      for (const socket of open) socket.destroy();
      server.close(() => done());
    });
  closers.push(close);
  return { port: (server.address() as { port: number }).port, close, count: () => count };
}

function start(connectPort: number, more: Partial<TcpClientSettings> = {}) {
  const memory = memoryPort();
  const client = openTcpClient({
    feedId: 'receiver',
    protocol: ais as Protocol,
    port: memory.port,
    host: '127.0.0.1',
    connectPort,
    random: () => 0.5,
    retryMs: { first: 5, connectTimeout: 1_000 },
    ...more,
  });
  closers.push(() => client.close());
  const codes = () => memory.statuses.map(({ status }) => status.code);
  return { memory, client, codes };
}

describe('a feed that connects to its source', () => {
  it('reads what the source sends, cut anywhere', async () => {
    const { port } = await source((socket) => {
      socket.write(position.subarray(0, 5), () => setImmediate(() => socket.write(position.subarray(5))));
    });
    const { memory, client } = start(port);
    expect(await client.ready).toBe(true);
    await memory.until(() => memory.deliveries.length === 1);
    expect(client.connections()).toBe(1);
    expect(memory.statuses.at(-1)?.status).toMatchObject({
      state: 'up',
      code: 'connected',
      facts: { host: `127.0.0.1:${port}` },
    });
  });

  it('connects again when the source goes away, and says so meanwhile', async () => {
    const { port, count } = await source((socket, nth) => {
      if (nth < 3) socket.end(position);
      else socket.write(position);
    });
    const { memory, codes } = start(port);
    await memory.until(() => count() === 3 && codes().at(-1) === 'connected');
    expect(codes()).toContain('disconnected');
  });

  it('goes on trying a source that is not there, at growing pauses', async () => {
    const first = await source(() => undefined);
    await first.close();
    const { memory, client, codes } = start(first.port);
    expect(await client.ready).toBe(false);
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'down', code: 'cannot_connect' });
    await source((socket) => socket.write(position), first.port);
    await memory.until(() => codes().at(-1) === 'connected');
  });

  it('gives up a line that says nothing whole', async () => {
    const { port, count } = await source((socket) => socket.write(position.subarray(0, 3)));
    const { memory, codes } = start(port, { limits: { idleMs: 30 } });
    await memory.until(() => codes().includes('silent') && count() > 1 && codes().at(-1) === 'connected');
  });

  it('keeps away for a while from a source that sends only noise, and says until when', async () => {
    const { port, count } = await source((socket) => socket.write(Buffer.alloc(20_000, 0x41)));
    const { memory } = start(port, { retryMs: { first: 1_000, connectTimeout: 1_000 }, now: () => 1_000_000 });
    await memory.until(() => memory.statuses.at(-1)?.status.code === 'breaker_open');
    expect(memory.statuses.at(-1)?.status).toMatchObject({
      state: 'degraded',
      facts: { source: `127.0.0.1:${port}`, reason: 'noise', until: 1_032_000 },
    });
    expect(count()).toBe(1);
  });

  it('with wrong options stays down and says so', async () => {
    const { memory, client } = start(1, { options: { nonsense: true } });
    expect(await client.ready).toBe(false);
    expect(memory.statuses.at(-1)?.status).toMatchObject({ state: 'down', code: 'bad_options' });
  });
});
