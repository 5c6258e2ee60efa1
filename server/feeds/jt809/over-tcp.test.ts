import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { memoryPort } from '../transport/testing/memory-port.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { jt809 } from './jt809.ts';
import type { Jt809Message } from './message.ts';
import { bytesOf, hexOf, join, vector } from './testing/vectors.ts';

it('carries a platform from its login to its logout over a real socket, and lets no password past', async () => {
  const memory = memoryPort();
  const options = {
    requireLogin: true,
    accounts: [{ centerId: 32010001, userId: 32010007, password: 'Nj+809!x' }],
    ciphers: [],
  };
  const feed = openTcpFeed({ feedId: 'jt809', protocol: jt809 as Protocol, options, port: memory.port, listenPort: 0 });
  await feed.ready;
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const replies: Jt809Message[] = [];
  let heard: Uint8Array = new Uint8Array(0);
  let wake = (): void => undefined;
  socket.on('data', (chunk: Uint8Array) => {
    const framed = frame(join(heard, chunk));
    heard = framed.rest;
    for (const one of framed.frames) {
      const message = decode(one);
      if (!isRefusal(message)) replies.push(message);
    }
    wake();
  });
  const reply = async (count: number) => {
    while (replies.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const { messageId, body, header } = replies[count - 1]!;
    return { messageId, result: body.result, serial: header.serial };
  };

  socket.write(join(vector('position2011'), vector('loginSmallUser')));
  expect(await reply(1)).toEqual({ messageId: '0x1002', result: 3, serial: 0 });
  socket.write(vector('login2011'));
  expect(await reply(2)).toEqual({ messageId: '0x1002', result: 0, serial: 1 });
  const stream = join(
    vector('position2011'),
    vector('history2011'),
    bytesOf('00ff'),
    vector('alarm2011'),
    vector('keepalive2011'),
  );
  socket.write(stream.subarray(0, 61));
  socket.write(stream.subarray(61));
  expect(await reply(3)).toEqual({ messageId: '0x1006', result: undefined, serial: 2 });
  socket.write(join(vector('sealedPosition'), vector('logout')));
  expect(await reply(4)).toMatchObject({ messageId: '0x1004', serial: 3 });

  const records = memory.deliveries.flatMap(({ delivery }) => [...delivery.records]);
  expect(records.map((one) => one.kind)).toEqual(['position', 'position', 'position', 'alert']);
  expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual(['unauthorized', 'unauthorized', 'unsupported']);
  const kept = [...memory.deliveries.map(({ delivery }) => delivery.raw), ...memory.refused.map(({ bytes }) => bytes)];
  const password = Buffer.from('Nj+809!x').toString('hex');
  expect(kept.map(hexOf).join()).toContain('2a'.repeat(8));
  expect(kept.map(hexOf).join()).not.toContain(password);
  expect(JSON.stringify(memory.deliveries)).not.toContain('Nj+809!x');
  socket.destroy();
  await feed.close();
});
