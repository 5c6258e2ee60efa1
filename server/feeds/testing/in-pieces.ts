import { expect } from 'vitest';
import type { Protocol } from '../contract.ts';
import type { Below } from './seeded.ts';

type Frame = Protocol['frame'];
type Cut = { readonly frames: string[]; readonly noise: number; readonly rest: string };
type Feed = (pieces: readonly Uint8Array[]) => Cut;

/** Feeds a stream to a framer in pieces, as a transport does, and never lets it keep more than `most`; what comes out is shown as text. */
export function inPieces(
  frame: Frame,
  pieces: readonly Uint8Array[],
  show: (bytes: Uint8Array) => string,
  most = Number.POSITIVE_INFINITY,
): Cut {
  const frames: string[] = [];
  let noise = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for (const piece of pieces) {
    const framed = frame(Uint8Array.from(Buffer.concat([rest, piece])));
    frames.push(...framed.frames.map(show));
    noise += framed.noise;
    rest = framed.rest;
    expect(rest.length).toBeLessThanOrEqual(most);
  }
  return { frames, noise, rest: show(rest) };
}

/** The same comes of a stream whole, torn in two at every place, and byte by byte. */
export function atEveryCut(feed: Feed, stream: Uint8Array): Cut {
  const whole = feed([stream]);
  for (let cut = 0; cut <= stream.length; cut++)
    expect(feed([stream.subarray(0, cut), stream.subarray(cut)]), `cut at ${cut}`).toEqual(whole);
  expect(feed([...stream].map((byte) => Uint8Array.of(byte))), 'byte by byte').toEqual(whole);
  return whole;
}

/** The same comes of a stream whole, in pieces of up to 40 bytes, and byte by byte. */
export function tornAtRandom(feed: Feed, stream: Uint8Array, below: Below): void {
  const whole = feed([stream]);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < stream.length; ) {
    const next = at + 1 + below(40);
    pieces.push(stream.subarray(at, next));
    at = next;
  }
  expect(feed(pieces), `in ${pieces.length} pieces`).toEqual(whole);
  expect(feed([...stream].map((byte) => Uint8Array.of(byte))), 'byte by byte').toEqual(whole);
}
