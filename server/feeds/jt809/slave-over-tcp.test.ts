import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import { withLinkBack } from '../transport/link-back.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { memoryPort } from '../transport/testing/memory-port.ts';
import { upperFrame } from './answer.ts';
import { decode } from './decode.ts';
import { enclose, frame, withoutEscapes } from './frame.ts';
import { jt809 } from './jt809.ts';
import type { Jt809Message } from './message.ts';
import { join, vector } from './testing/vectors.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const header = (() => {
  const message = decode(vector('keepalive2011'));
  if (isRefusal(message)) throw new Error(message.detail);
  return message.header;
})();
const fromBelow = (messageId: number, body: readonly number[] = []) =>
  upperFrame(header, messageId, Uint8Array.from(body), { serial: 1, accepted: true, now: Date.now() });

/** The login of the vectors with another address in it. */
function loginTo(host: string, port: number): Uint8Array {
  const content = Buffer.from(withoutEscapes(vector('login2011').subarray(1, -1)).content.subarray(0, -2));
  content.fill(0, 34, 66).write(host, 34);
  content.writeUInt16BE(port, 66);
  return enclose(content);
}

/** Messages that a socket brings, one after the other. */
function ear(socket: Socket) {
  const heard: Jt809Message[] = [];
  let rest: Uint8Array = new Uint8Array(0);
  let wake = (): void => undefined;
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Uint8Array) => {
    const framed = frame(join(rest, chunk));
    rest = framed.rest;
    for (const one of framed.frames) {
      const message = decode(one);
      if (!isRefusal(message)) heard.push(message);
    }
    wake();
  });
  return async (): Promise<Jt809Message> => {
    while (heard.length === 0)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return heard.shift() as Jt809Message;
  };
}

/** The lower platform's listener for the slave link. */
async function below() {
  const lines: Socket[] = [];
  let wake = (): void => undefined;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    lines.push(socket);
    wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const line of lines) line.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const line = async (at: number): Promise<Socket> => {
    while (lines.length <= at)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return lines[at] as Socket;
  };
  return { port, line, lines, server };
}

async function upper(slaveLink?: object) {
  const memory = memoryPort();
  const account = { centerId: 32010001, userId: 32010007, password: 'Nj+809!x', ...(slaveLink ? { slaveLink } : {}) };
  const options = { accounts: [account] };
  const settings = { feedId: 'jt809', protocol: jt809 as Protocol, options, port: memory.port };
  const linked = withLinkBack({ ...settings, times: { retryMs: 1 } });
  const feed = openTcpFeed({ ...settings, protocol: linked.protocol, port: linked.port, listenPort: 0 });
  await feed.ready;
  const main = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(main, 'connect');
  const close = async () => {
    await linked.close();
    await feed.close();
  };
  closers.push(close, () => main.destroy());
  return { memory, linked, main, hear: ear(main), close };
}

it('opens the slave link after the login, reads what comes over it, and says goodbye', async () => {
  const lower = await below();
  const { memory, linked, main, hear, close } = await upper({ hosts: ['127.0.0.1'] });
  main.write(loginTo('127.0.0.1', lower.port));
  expect(await hear()).toMatchObject({ messageId: '0x1002', body: { result: 0 } });
  const slave = await lower.line(0);
  const hearSlave = ear(slave);
  expect(await hearSlave()).toMatchObject({ messageId: '0x9001', header: { centerId: 32010001, serial: 0 } });
  slave.write(fromBelow(0x9002, [0]));
  slave.write(vector('position2011'));
  await memory.until(() => memory.records().length === 1);
  expect(memory.deliveries.map(({ delivery }) => (delivery.message as Jt809Message).messageId)).toEqual([
    '0x1001',
    '0x9002',
    '0x1200',
  ]);
  expect(linked.links()).toBe(1);
  const closed = close();
  expect(await hearSlave()).toMatchObject({ messageId: '0x9008' });
  expect(await hearSlave()).toMatchObject({ messageId: '0x9003' });
  slave.write(fromBelow(0x9004));
  await closed;
  expect(linked.links()).toBe(0);
});

it('connects again, and tells over the main link that the slave link broke', async () => {
  const lower = await below();
  const { main, hear } = await upper({ hosts: ['127.0.0.1'], ports: [lower.port] });
  main.write(loginTo('127.0.0.1', lower.port));
  expect((await hear()).messageId).toBe('0x1002');
  const slave = await lower.line(0);
  expect((await ear(slave)()).messageId).toBe('0x9001');
  slave.write(fromBelow(0x9002, [0]));
  slave.destroy();
  const again = await lower.line(1);
  expect((await ear(again)()).messageId).toBe('0x9001');
  main.write(vector('keepalive2011'));
  expect(await hear()).toMatchObject({ messageId: '0x1006', header: { serial: 1 } });
  expect(await hear()).toMatchObject({ messageId: '0x9007', body: { errorCode: 1 }, header: { serial: 2 } });
  main.write(vector('keepalive2011'));
  expect(await hear()).toMatchObject({ messageId: '0x1006', header: { serial: 3 } });
});

it('tells where nobody answers at the stated address', async () => {
  const lower = await below();
  await new Promise<void>((resolve) => lower.server.close(() => resolve()));
  const { main, hear, memory } = await upper({ hosts: ['127.0.0.1'] });
  main.write(loginTo('127.0.0.1', lower.port));
  expect((await hear()).messageId).toBe('0x1002');
  await memory.until(() => memory.statuses.some(({ status }) => status.code === 'link_back_failed'));
  main.write(vector('position2011'));
  expect(await hear()).toMatchObject({ messageId: '0x9007', body: { errorCode: 0 } });
});

it('goes nowhere that nobody allowed', async () => {
  const lower = await below();
  for (const link of [undefined, {}, { hosts: ['127.0.0.1'], ports: [1] }, { hosts: ['10.0.0.1'] }]) {
    const { main, hear, memory, linked } = await upper(link);
    main.write(loginTo('127.0.0.1', lower.port));
    expect((await hear()).messageId).toBe('0x1002');
    if (link) await memory.until(() => memory.statuses.some(({ status }) => status.code === 'link_back_refused'));
    main.write(vector('keepalive2011'));
    expect((await hear()).messageId).toBe('0x1006');
    expect(linked.links()).toBe(0);
  }
  expect(lower.lines).toEqual([]);
});
