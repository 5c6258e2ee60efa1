import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { FeedRecord } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import type { FeedPort } from '../transport/port.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { gb26875 } from './gb26875.ts';
import type { Gb26875Message } from './message.ts';
import { bytesOf, join, vector } from './testing/vectors.ts';

it('confirms a transmitter’s messages over a real socket, after they were stored', async () => {
  const records: FeedRecord[] = [];
  const refused: string[] = [];
  let storeUp = false;
  const port: FeedPort = {
    received: () => undefined,
    records: async (_, delivery) => {
      if (storeUp) records.push(...delivery.records);
      return storeUp;
    },
    refused: async (_, refusal) => {
      refused.push(refusal.refused);
    },
    noise: () => undefined,
    status: () => undefined,
  };
  const feed = openTcpFeed({ feedId: 'fire-gb26875', protocol: gb26875 as Protocol, port, listenPort: 0 });
  await feed.ready;
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const replies: Gb26875Message[] = [];
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
    const { name, header } = replies[count - 1]!;
    return [name, header.serial, header.source];
  };

  const centre = 'aabbccddeeff';
  socket.write(vector('analogue'));
  expect(await reply(1)).toEqual(['deny', 5, centre]);
  storeUp = true;
  const stream = join(vector('fire'), bytesOf('0d0a'), vector('confirm'), vector('cleared'));
  socket.write(stream.subarray(0, 40));
  socket.write(stream.subarray(40));
  expect(await reply(2)).toEqual(['confirm', 1, centre]);
  expect(await reply(3)).toEqual(['confirm', 2, centre]);
  const spoilt = Uint8Array.from(vector('operation'));
  spoilt[30]! ^= 1;
  socket.write(spoilt);
  expect(await reply(4)).toEqual(['deny', 7, centre]);
  expect(refused).toEqual(['checksum']);
  expect(records.filter((record) => record.kind === 'alert')).toMatchObject([
    { msgType: 'Alert', headline: '火灾报警：1号楼3层走廊' },
    { msgType: 'Cancel', references: ['010203040506/1.3.393433,fire,2025-06-24T15:29:30+08:00'] },
  ]);
  socket.destroy();
  await feed.close();
});
