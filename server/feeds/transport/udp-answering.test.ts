import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Protocol, Session } from '../contract.ts';
import { refuse } from '../refusal.ts';
import { memoryPort } from './testing/memory-port.ts';
import { openUdpFeed, type UdpFeed, type UdpFeedSettings } from './udp.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);

/** `hello` is challenged, `key …` is judged, everything else needs a key before; only the session knows what to answer. */
const door: Session<string, boolean> = {
  start: false,
  step(open, message) {
    const stays = { state: open, message: null, refusal: null, expired: [] };
    if (message === 'hello') return { ...stays, answering: 'challenge 7' };
    if (message === 'key right') return { ...stays, state: true, answering: 'welcome' };
    if (message.startsWith('key '))
      return { ...stays, refusal: refuse('unauthorized', 'wrong key'), answering: 'no key' };
    if (open) return { ...stays, message };
    return { ...stays, refusal: refuse('unauthorized', 'not signed on') };
  },
  end: () => [],
};
const guarded: Protocol<string> = {
  id: 'guarded',
  title: 'guarded',
  standard: 'none',
  transports: ['udp'],
  options: z.object({}),
  crs: 'wgs84',
  maxFrameBytes: 100,
  frame: (buffer) => ({ frames: [buffer], rest: buffer.subarray(buffer.length), noise: 0 }),
  decode: text,
  redact: (frame) => bytes(text(frame).replace(/^key .*/, 'key ***')),
  map: () => [],
  session: () => door,
  answer: (message, { accepted }) => bytes(`${accepted ? 'ok' : 'no'}: ${message}`),
};

const opened: { feed: UdpFeed | null; socket: Socket | null } = { feed: null, socket: null };
afterEach(async () => {
  opened.socket?.close();
  await opened.feed?.close();
});

async function talk(settings: Partial<UdpFeedSettings> = {}) {
  const memory = memoryPort();
  const feed = openUdpFeed({
    feedId: 'f',
    protocol: guarded as Protocol,
    port: memory.port,
    listenPort: 0,
    ...settings,
  });
  opened.feed = feed;
  await feed.ready;
  const socket = createSocket('udp4');
  opened.socket = socket;
  socket.connect(feed.address()?.port ?? 0, '127.0.0.1');
  await once(socket, 'connect');
  const heard: string[] = [];
  let wake = (): void => undefined;
  socket.on('message', (datagram) => {
    heard.push(text(datagram));
    wake();
  });
  const say = async (...words: string[]): Promise<string[]> => {
    const wanted = heard.length + words.length;
    for (const word of words) socket.send(word);
    while (heard.length < wanted)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return heard.slice(-words.length);
  };
  return { memory, say, socket, heard };
}

describe('what only the session knows to answer, over datagrams', () => {
  it('is said instead of the message: to a question, to a refusal, and to what is accepted', async () => {
    const { memory, say } = await talk();
    expect(await say('hello')).toEqual(['ok: challenge 7']);
    expect(await say('key wrong')).toEqual(['no: no key']);
    expect(await say('key right')).toEqual(['ok: welcome']);
    expect(await say('level 1')).toEqual(['ok: level 1']);
    expect(memory.deliveries.map(({ delivery }) => delivery.message)).toEqual(['level 1']);
  });

  it('a refusal for which the session has no words is answered as the message, and not accepted', async () => {
    const { memory, say } = await talk();
    expect(await say('level 1')).toEqual(['no: level 1']);
    expect(memory.refused.map(({ refusal }) => refusal.detail)).toEqual(['not signed on']);
    expect(memory.deliveries).toEqual([]);
  });

  it('a refusal is kept without the key that was sent', async () => {
    const { memory, say } = await talk();
    await say('key secret');
    expect(memory.refused.map(({ refusal, bytes: kept }) => [refusal.refused, text(kept)])).toEqual([
      ['unauthorized', 'key ***'],
    ]);
  });

  it('a refusal is answered once it is kept, and one whose keeping failed all the same', async () => {
    const { memory, say, socket, heard } = await talk();
    let keep = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      memory.port.refused = () => {
        resolve();
        return new Promise((_, reject) => {
          keep = () => reject(new Error('store gone'));
        });
      };
    });
    socket.send('key wrong');
    await asked;
    const answers = say('hello', 'hello');
    expect(heard).toEqual([]);
    keep();
    await answers;
    expect(heard.slice(0, 2)).toEqual(['no: no key', 'ok: challenge 7']);
  });

  it('refusals and challenges of one address are bounded together; who signed on is answered beside them', async () => {
    const { memory, say, socket, heard } = await talk({
      now: () => 1_000,
      limits: { curt: { perSecond: 1, burst: 3 } },
    });
    await say('hello', 'key wrong', 'key right');
    for (const word of ['key wrong', 'hello', 'key wrong']) socket.send(word);
    expect(await say('level 1')).toEqual(['ok: level 1']);
    expect(heard).toHaveLength(4);
    expect(memory.refused).toHaveLength(3);
  });
});
