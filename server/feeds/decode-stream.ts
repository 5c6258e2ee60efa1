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
  push(bytes: Uint8Array): readonly Decoded[];
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

  return {
    push(bytes) {
      const { frames: cut, rest, noise, closed } = protocol.frame(bytes);
      const frames = closed ? [...cut, rest] : cut;
      const lines = frames.flatMap((frame) =>
        read(frame, frame.buffer === bytes.buffer ? frame.byteOffset - bytes.byteOffset : 0),
      );
      if (noise > 0) lines.push(refusal(refuse('framing', `${noise} bytes belong to no frame`)));
      if (rest.length > 0 && !closed) {
        const detail = `the last ${rest.length} bytes are not a whole frame`;
        lines.push(refusal(refuse('truncated', detail, bytes.length - rest.length)));
      } else if (bytes.length === 0) lines.push(refusal(refuse('empty', 'no bytes')));
      return lines;
    },
    end: () => (session ? session.end(state).map(refusal) : []),
  };
}

/** Offsets count from the start of what was pushed, not of the frame. */
const shift = (refusal: Refusal, at: number): Refusal =>
  refusal.offset === null ? refusal : { ...refusal, offset: refusal.offset + at };
