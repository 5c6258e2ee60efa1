import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ais } from '../ais/ais.ts';
import type { Protocol } from '../contract.ts';
import { openTcpFeed } from './tcp.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const position = '!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n';

describe('an address that sends only what cannot be read', () => {
  it('is turned away for a while after its fifth connection, and the page says until when', async () => {
    let clock = 1_000_000;
    const memory = memoryPort();
    const feed = openTcpFeed({
      feedId: 'vessels',
      protocol: ais as Protocol,
      port: memory.port,
      listenPort: 0,
      now: () => clock,
    });
    closers.push(() => feed.close());
    await feed.ready;
    const last = () => memory.statuses.at(-1)?.status;
    const dial = () => {
      const socket = connect(feed.address()?.port ?? 0, '127.0.0.1');
      socket.on('error', () => undefined);
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      closers.push(() => socket.destroy());
      socket.resume();
      return { socket, closed };
    };
    const poison = async () => {
      const { socket, closed } = dial();
      socket.write('A'.repeat(20_000));
      await closed;
    };
    for (let time = 0; time < 5; time++) await poison();
    await memory.until(() => last()?.code === 'breaker_open');
    expect(last()).toMatchObject({
      state: 'degraded',
      facts: { source: '127.0.0.1', reason: 'noise', until: 1_030_000 },
    });
    const before = memory.received();
    const turnedAway = dial();
    turnedAway.socket.write(position);
    await turnedAway.closed;
    expect(memory.received()).toBe(before);

    clock = 1_030_000;
    dial().socket.write(position);
    await memory.until(() => memory.deliveries.length === 1);
    expect(last()).toMatchObject({ state: 'up', code: 'listening' });

    // While somebody at this address is heard, it is never closed for those beside him.
    for (let time = 0; time < 8; time++) await poison();
    dial().socket.write(position);
    await memory.until(() => memory.deliveries.length === 2);
  });
});
