import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { openUdpLine } from './line.ts';

const head = (id: string) => `Call-ID: ${id}\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n`;

it('sends a request again until it is answered, and answers what is asked', async () => {
  const server = createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const came: string[] = [];
  server.on('message', (bytes, from) => {
    const text = bytes.toString('latin1');
    came.push(text.split(' ')[0] ?? '');
    if (came.length === 1) server.send(`MESSAGE sip:x SIP/2.0\r\n${head('theirs')}`, from.port, from.address);
    if (came.filter((first) => first === 'MESSAGE').length === 3)
      server.send(`SIP/2.0 200 OK\r\n${head('ours')}`, from.port, from.address);
  });
  const line = await openUdpLine({
    to: { host: '127.0.0.1', port: server.address().port },
    heard: (bytes) =>
      bytes.toString('latin1').startsWith('MESSAGE') ? [Buffer.from(`SIP/2.0 200 OK\r\n${head('theirs')}`)] : [],
    firstMs: 5,
  });
  line.send([Buffer.from(`MESSAGE sip:y SIP/2.0\r\n${head('ours')}`)]);
  await expect.poll(() => line.waiting()).toBe(0);
  expect(came.filter((first) => first === 'MESSAGE').length).toBeGreaterThanOrEqual(3);
  expect(came).toContain('SIP/2.0');
  await line.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

it('gives up what nobody answers', async () => {
  const server = createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const line = await openUdpLine({
    to: { host: '127.0.0.1', port: server.address().port },
    heard: () => [],
    firstMs: 1,
    longestMs: 4,
  });
  line.send([Buffer.from(`MESSAGE sip:y SIP/2.0\r\n${head('lost')}`)]);
  expect(line.waiting()).toBe(1);
  await expect.poll(() => line.waiting()).toBe(0);
  await line.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
