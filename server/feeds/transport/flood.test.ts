import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ais } from '../ais/ais.ts';
import type { Protocol } from '../contract.ts';
import { push } from '../push/protocol.ts';
import { openMqttBroker } from './mqtt/broker.ts';
import type { FeedPort } from './port.ts';
import { openTcpFeed } from './tcp.ts';
import { createTurns } from './turns.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const position = Buffer.from('!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\r\n');

/** Counts what the flood gets through between the moment the quiet feed's bytes came and the moment its message did. */
function judge() {
  const count = { flood: 0, meanwhile: 0, quietWaits: false, heard: false };
  let told = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    told = resolve;
  });
  let floods = (): void => undefined;
  const flooding = new Promise<void>((resolve) => {
    floods = resolve;
  });
  const port: FeedPort = {
    received: (feedId) => {
      if (feedId === 'quiet') count.quietWaits = true;
    },
    records: async (feedId) => {
      if (feedId === 'quiet') {
        count.heard = true;
        told();
      } else {
        count.flood++;
        if (count.quietWaits && !count.heard) count.meanwhile++;
        if (count.flood === 500) floods();
      }
      return true;
    },
    refused: async () => undefined,
    noise: () => undefined,
    status: () => undefined,
  };
  return { count, port, done, flooding };
}

const dial = async (port: number | undefined): Promise<Socket> => {
  const socket = connect(port ?? 0, '127.0.0.1');
  socket.on('error', () => undefined);
  closers.push(() => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
};

describe('a feed that is flooded', () => {
  it('lets another one through after a share of messages, not after all of them', async () => {
    const { count, port, done, flooding } = judge();
    const turns = createTurns({ perSecond: 1e9, burst: 1e9 });
    const open = (feedId: string) => {
      const feed = openTcpFeed({ feedId, protocol: ais as Protocol, port, listenPort: 0, turns });
      closers.push(() => feed.close());
      return feed;
    };
    const [loud, quiet] = [open('loud'), open('quiet')];
    await Promise.all([loud.ready, quiet.ready]);
    const whisper = await dial(quiet.address()?.port);
    const floods = await Promise.all([0, 1, 2, 3].map(() => dial(loud.address()?.port)));
    const wave = Buffer.concat(Array(20_000).fill(position));
    for (const socket of floods) socket.write(wave);
    await flooding;
    whisper.write(position);
    await done;
    // Four senders, a share each, before the turn of the fifth comes; a round may have been under way.
    expect(count.meanwhile).toBeLessThanOrEqual(2 * 4 * turns.share);
    expect(count.flood).toBeLessThan(80_000);
  });

  it('over TCP does not hold up one over MQTT', async () => {
    const { count, port, done, flooding } = judge();
    const turns = createTurns({ perSecond: 1e9, burst: 1e9 });
    const loud = openTcpFeed({ feedId: 'loud', protocol: ais as Protocol, port, listenPort: 0, turns });
    const broker = openMqttBroker({
      feeds: [{ id: 'quiet', protocol: push as Protocol, crs: 'wgs84' }],
      authenticate: () => ({ feedId: 'quiet', department: 'fire' }),
      port,
      listenPort: 0,
      turns,
    });
    closers.push(
      () => loud.close(),
      () => broker.close(),
    );
    await Promise.all([loud.ready, broker.ready]);
    const client = await dial(broker.address()?.port);
    client.write(Buffer.from('1016' + '00044d51545404c2003c' + '00026731' + '00027531' + '00027031', 'hex'));
    await new Promise((resolve) => client.once('data', resolve));
    count.quietWaits = false;
    const flood = await dial(loud.address()?.port);
    flood.write(Buffer.concat(Array(20_000).fill(position)));
    await flooding;
    const topic = Buffer.from('one-network/quiet/a');
    const body = Buffer.concat([Buffer.from([0, topic.length]), topic, Buffer.from('[]')]);
    client.write(Buffer.concat([Buffer.from([0x30, body.length]), body]));
    await done;
    // What it says is stored between two rounds of turns, of twenty each.
    expect(count.meanwhile).toBeLessThanOrEqual(2 * 20 * turns.share);
    expect(count.flood).toBeLessThan(20_000);
  });
});
