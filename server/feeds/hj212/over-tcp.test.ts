import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { ReadingRecord } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { openTcpFeed } from '../transport/tcp.ts';
import { memoryPort } from '../transport/testing/memory-port.ts';
import { hj212 } from './hj212.ts';
import { bytesOf, join, textOf, vector, vectors } from './testing/vectors.ts';

it('takes torn and glued frames over a real socket, answers each in its order, and lets no password past', async () => {
  const memory = memoryPort();
  const feed = openTcpFeed({ feedId: 'hj212', protocol: hj212 as Protocol, port: memory.port, listenPort: 0 });
  await feed.ready;
  const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  let wake = (): void => undefined;
  socket.on('data', (chunk: Uint8Array) => {
    heard += textOf(chunk);
    wake();
  });
  const answers = async (count: number) => {
    while (heard.split('\r\n').length <= count)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return heard.split('\r\n').slice(0, -1);
  };

  const crlf = bytesOf('\r\n');
  const wrong = bytesOf(`${vectors.air.slice(0, -4)}0000`);
  const stream = join(
    vector('air'),
    crlf,
    vector('old'),
    wrong,
    crlf,
    vector('split2'),
    crlf,
    vector('split1'),
    vector('clock'),
  );
  socket.write(stream.subarray(0, 100));
  socket.write(stream.subarray(100));
  const heardAnswers = await answers(4);
  expect(heardAnswers.map((line) => /CN=(\d+).*MN=([^;]+).*?(?:PNO=(\d))?;CP/.exec(line)?.slice(1))).toEqual([
    ['9014', '320100NJ00000001', undefined],
    ['9014', '320100NJ00000005', '2'],
    ['9014', '320100NJ00000005', '1'],
    ['9013', '320100NJ00000003', undefined],
  ]);
  const records = memory.deliveries.flatMap(({ delivery }) => delivery.records as ReadingRecord[]);
  expect(records.map((one) => one.property)).toEqual(
    'a34004 a34004 a34004 a21005 a05024 a01001 B01 011 060 w01018 w21003'.split(' '),
  );
  expect(memory.refused.map(({ refusal }) => refusal.refused)).toEqual(['checksum']);
  const kept = [...memory.deliveries.map(({ delivery }) => delivery.raw), ...memory.refused.map(({ bytes }) => bytes)];
  expect(kept.map(textOf).join()).toContain('PW=******');
  expect(kept.map(textOf).join()).not.toMatch(/654321|123456/);
  socket.destroy();
  await feed.close();
});
