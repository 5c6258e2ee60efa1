import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

const chunk = Buffer.alloc(64 * 1024, 0x61);
const limit = 1024 * 1024;

/** A body that would go on for a gigabyte, and says how much of it was asked for. */
function endless(content: Buffer = chunk) {
  let produced = 0;
  const stream = new Readable({
    highWaterMark: content.length,
    read() {
      produced += content.length;
      this.push(produced > 1024 ** 3 ? null : content);
    },
  });
  return { message: stream as unknown as IncomingMessage, produced: () => produced };
}

const of = (content: Uint8Array, complete = true) =>
  Object.assign(Readable.from([Buffer.from(content)]), { complete }) as unknown as IncomingMessage;

describe('reading a body', () => {
  it('asks for no more than the limit and a little', async () => {
    const body = endless();
    expect(await readBody(body.message, { limit, gzip: false })).toMatchObject({
      fault: 'too_large',
      refusal: { refused: 'too_large', offset: limit },
    });
    expect(body.produced()).toBeLessThan(limit + 8 * chunk.length);
  });

  it('unpacks no more than the limit, however small the pack', async () => {
    const bomb = gzipSync(Buffer.alloc(30 * limit));
    const read = await readBody(of(bomb), { limit, gzip: true });
    expect(read).toMatchObject({ fault: 'too_large', received: bomb.length });
    expect('partial' in read && read.partial.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('lets exactly the limit through', async () => {
    expect(await readBody(of(Buffer.alloc(limit)), { limit, gzip: false })).toMatchObject({ received: limit });
    const read = await readBody(of(gzipSync(Buffer.alloc(limit))), { limit, gzip: true });
    expect('bytes' in read && read.bytes.length).toBe(limit);
    expect(await readBody(of(Buffer.alloc(limit + 1)), { limit, gzip: false })).toMatchObject({ fault: 'too_large' });
  });

  it('tells what is no gzip, and what broke off', async () => {
    expect(await readBody(of(Buffer.from('plain')), { limit, gzip: true })).toMatchObject({ fault: 'gzip' });
    const torn = endless(Buffer.from('abc'));
    const reading = readBody(torn.message, { limit, gzip: false });
    torn.message.destroy(new Error('reset'));
    expect(await reading).toMatchObject({ fault: 'torn', refusal: { refused: 'truncated' } });
  });
});
