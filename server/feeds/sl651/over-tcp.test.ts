import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal } from '../refusal.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { memoryPort } from '../transport/testing/memory-port.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { sl651 } from './sl651.ts';
import { bytesOf, hexOf, join, vector, vectors } from './testing/vectors.ts';

it('takes torn, glued and split frames over a real socket, answers each in its order, and lets no password past', async () => {
  const memory = memoryPort();
  const feed = openTcpFeed({ feedId: 'sl651', protocol: sl651 as Protocol, port: memory.port, listenPort: 0 });
  await feed.ready;
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const heard: string[] = [];
  let bytes: Uint8Array = new Uint8Array(0);
  let wake = (): void => undefined;
  socket.on('data', (chunk: Uint8Array) => {
    const framed = frame(join(bytes, chunk));
    bytes = framed.rest;
    for (const one of framed.frames) {
      const message = decode(one);
      heard.push(
        isRefusal(message) ? message.detail : `${message.functionCode} ${message.header.end} ${message.serial}`,
      );
    }
    wake();
  });
  const answers = async (count: number) => {
    while (heard.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return heard;
  };

  const wrong = bytesOf(`${vectors.test.slice(0, -4)}0000`);
  const names = ['keepAlive', 'timed', 'picture1', 'picture3', 'ascii', 'picture2', 'hour'] as const;
  const stream = join(wrong, ...names.map(vector));
  for (let at = 0; at < stream.length; at += 37) socket.write(stream.subarray(at, at + 37));
  expect(await answers(5)).toEqual(['32 EOT 8', '36 NAK 18', '32 EOT 23', '36 EOT 18', '34 EOT 11']);
  const records = memory.deliveries.flatMap(({ delivery }) => delivery.records as ReadingRecord[]);
  expect(records.map((one) => one.property).join(' ')).toBe(
    `Z PJ PT VT Z PJ VT XYZ PN05 ${'DRP '.repeat(12)}${'DRZ1 '.repeat(12)}Z`,
  );
  expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual(['checksum']);
  const kept = [...memory.deliveries.map(({ delivery }) => delivery.raw), ...memory.refused.map((one) => one.bytes)];
  expect(kept.map(hexOf).join()).not.toMatch(/4321|34333231/);
  socket.destroy();
  await feed.close();
});
