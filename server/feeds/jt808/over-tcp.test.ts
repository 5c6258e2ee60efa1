import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { FeedRecord } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import type { FeedPort } from '../transport/port.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { decode } from './decode.ts';
import { enclose, frame } from './frame.ts';
import { jt808 } from './jt808.ts';
import type { Jt808Message } from './message.ts';
import { bytesOf, join, vector } from './testing/vectors.ts';

it('carries a terminal from registration to its reports, over a real socket', async () => {
  const records: FeedRecord[] = [];
  const refused: string[] = [];
  const port: FeedPort = {
    received: () => undefined,
    records: async (_, delivery) => {
      records.push(...delivery.records);
      return true;
    },
    refused: async (_, refusal) => {
      refused.push(refusal.refused);
    },
    noise: () => undefined,
    status: () => undefined,
  };
  const options = { requireAuth: true, authSecret: 'sixteen letters at least' };
  const feed = openTcpFeed({ feedId: 'jt808', protocol: jt808 as Protocol, options, port, listenPort: 0 });
  await feed.ready;
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const replies: Jt808Message[] = [];
  let bytes: Uint8Array = new Uint8Array(0);
  let wake = (): void => undefined;
  socket.on('data', (chunk: Uint8Array) => {
    const framed = frame(join(bytes, chunk));
    bytes = framed.rest;
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
    return replies[count - 1]!.body;
  };

  socket.write(vector('location2013'));
  expect(await reply(1)).toEqual({ replySerial: 1, replyId: '0x0200', result: 1 });
  socket.write(vector('register2013'));
  const { authCode } = await reply(2);
  expect(authCode).toMatch(/^[\da-f]{16}$/);
  const code = Buffer.from(String(authCode)).toString('hex');
  socket.write(enclose(bytesOf(`0102 0010 013912345678 0005 ${code}`)));
  expect(await reply(3)).toMatchObject({ replyId: '0x0102', result: 0 });
  const torn = join(vector('location2013'), vector('part1'), vector('part2'), vector('batch'));
  socket.write(torn.subarray(0, 50));
  socket.write(torn.subarray(50));
  expect(await reply(4)).toEqual({ replySerial: 1, replyId: '0x0200', result: 0 });
  expect(await reply(7)).toEqual({ replySerial: 7, replyId: '0x0704', result: 0 });
  expect(replies.map(({ header }) => header.serial)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(records.map((record) => record.kind)).toEqual(['position', 'position', 'position']);
  expect(records[0]).toMatchObject({ extras: { 'alarm.emergency': true, 'session.signedOn': true } });
  expect(refused).toEqual(['unauthorized']);
  socket.destroy();
  await feed.close();
});
