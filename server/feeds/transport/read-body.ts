import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { type Refusal, refuse } from '../refusal.ts';

/** The bytes of a request or response as they are after decoding, and how many crossed the network. */
export type Body = { readonly bytes: Uint8Array; readonly received: number };
export type BodyFault = {
  readonly fault: 'too_large' | 'torn' | 'gzip';
  readonly refusal: Refusal;
  /** What had come until then, for the quarantine. */
  readonly partial: Uint8Array;
  readonly received: number;
};

/** How much of a torn body is kept as evidence. */
const mostPartial = 64 * 1024;

/**
 * Reads at most `limit` bytes, and unpacks gzip to at most `limit` bytes, without ever holding more: a gzip of a few kilobytes can
 * unpack to gigabytes, so the unpacked side is counted while it runs and stopped in the middle.
 */
export function readBody(
  message: IncomingMessage,
  options: { limit: number; gzip: boolean },
): Promise<Body | BodyFault> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    let unpacked = 0;
    let settled = false;
    const gunzip = options.gzip ? createGunzip() : null;

    const settle = (result: Body | BodyFault) => {
      if (settled) return;
      settled = true;
      message.removeAllListeners('data');
      gunzip?.removeAllListeners('data');
      gunzip?.destroy();
      resolve(result);
    };
    const fail = (fault: BodyFault['fault'], refusal: Refusal) => {
      message.pause();
      settle({ fault, refusal, partial: Buffer.concat(chunks).subarray(0, mostPartial), received });
    };
    const tooLarge = () => fail('too_large', refuse('too_large', `more than ${options.limit} bytes`, options.limit));
    const keep = (chunk: Buffer) => {
      unpacked += chunk.length;
      if (unpacked > options.limit) return tooLarge();
      chunks.push(chunk);
    };
    const done = () => settle({ bytes: Buffer.concat(chunks), received });

    message.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > options.limit) return tooLarge();
      if (!gunzip) return keep(chunk);
      if (!gunzip.write(chunk)) {
        message.pause();
        gunzip.once('drain', () => message.resume());
      }
    });
    message.on('end', () => (gunzip ? gunzip.end() : done()));
    const torn = () => {
      if (!message.complete) fail('torn', refuse('truncated', 'the connection broke inside the body', received));
    };
    message.on('aborted', torn);
    message.on('error', torn);
    message.on('close', torn);
    gunzip?.on('data', keep);
    gunzip?.on('end', done);
    gunzip?.on('error', () => fail('gzip', refuse('encoding', 'the body is not gzip')));
  });
}
