import type { CrsName, FeedRecord } from '@/server/wire/record.ts';
import type { Protocol } from './contract.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

export type Decoded =
  | { readonly kind: 'record'; readonly record: FeedRecord }
  | { readonly kind: 'message'; readonly message: unknown }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

export type DecodeSettings = {
  readonly mode: 'records' | 'message';
  readonly options: unknown;
  readonly crs?: CrsName;
};

/**
 * Bytes → records or messages, without a server and without a clock: the same code that a transport runs, for files and for hand.
 * `push` takes one whole stream or document (in a file of hex lines, one line); parts of split messages are remembered between pushes.
 */
export type DecodeStream = {
  push(bytes: Uint8Array): Iterable<Decoded>;
  /** What never became whole. */
  end(): readonly Decoded[];
};

export function openDecodeStream(protocol: Protocol, { mode, options, crs }: DecodeSettings): DecodeStream {
  const session = protocol.session?.(options, false);
  let state = session?.start;
  const context = { receivedAt: null, crs: crs ?? protocol.crs, options };
  const refusal = (value: Refusal): Decoded => ({ kind: 'refusal', refusal: value });

  function present(message: unknown): Decoded[] {
    if (mode === 'message') return [{ kind: 'message', message }];
    return protocol
      .map(message, context)
      .map((value) => (isRefusal(value) ? refusal(value) : { kind: 'record', record: value }));
  }

  function read(frame: Uint8Array, at: number): Decoded[] {
    const message = protocol.decode(frame);
    if (isRefusal(message)) return [refusal(shift(message, at))];
    if (!session) return present(message);
    const step = session.step(state, message, 0);
    state = step.state;
    const lines = [...step.expired, ...(step.refusal ? [shift(step.refusal, at)] : [])].map(refusal);
    if (step.message !== null) lines.push(...present(step.message));
    else if (mode === 'message' && !step.refusal) lines.unshift({ kind: 'message', message });
    return lines;
  }

  /** In windows, so that a file of gigabytes does not become all its frames at once. A document is one frame and must be seen whole. */
  function* push(bytes: Uint8Array): Generator<Decoded> {
    if (bytes.length === 0) yield refusal(refuse('empty', 'no bytes'));
    const window = protocol.transports.includes('tcp') ? windowBytes : bytes.length;
    let noise = 0;
    let restAt = 0;
    for (let at = 0; at < bytes.length; at += window) {
      const end = Math.min(at + window, bytes.length);
      const framed = protocol.frame(bytes.subarray(restAt, end));
      for (const frame of framed.frames) yield* read(frame, offsetIn(bytes, frame));
      noise += framed.noise;
      restAt = end - framed.rest.length;
      if (end < bytes.length || framed.rest.length === 0 || framed.idle) continue;
      if (framed.closed) yield* read(framed.rest, restAt);
      else yield refusal(refuse('truncated', `the last ${framed.rest.length} bytes are not a whole frame`, restAt));
    }
    if (noise > 0) yield refusal(refuse('framing', `${noise} bytes belong to no frame`));
  }

  return {
    push,
    end: () => (session ? session.end(state).map(refusal) : []),
  };
}

const windowBytes = 1 << 20;

const offsetIn = (bytes: Uint8Array, frame: Uint8Array): number =>
  frame.buffer === bytes.buffer ? frame.byteOffset - bytes.byteOffset : 0;

/** Offsets count from the start of what was pushed, not of the frame. */
const shift = (refusal: Refusal, at: number): Refusal =>
  refusal.offset === null ? refusal : { ...refusal, offset: refusal.offset + at };
