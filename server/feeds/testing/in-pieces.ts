import { expect } from 'vitest';
import type { Protocol } from '../contract.ts';

type Frame = Protocol['frame'];
type Cut = { readonly frames: string[]; readonly noise: number; readonly rest: string };

/** Feeds a stream to a framer in pieces, as a transport does; frames and rest are shown as texts. */
export function inPieces(frame: Frame, pieces: readonly Uint8Array[], show: (bytes: Uint8Array) => string): Cut {
  const frames: string[] = [];
  let noise = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for (const piece of pieces) {
    const framed = frame(Uint8Array.from(Buffer.concat([rest, piece])));
    frames.push(...framed.frames.map(show));
    noise += framed.noise;
    rest = framed.rest;
  }
  return { frames, noise, rest: show(rest) };
}

/** The same comes of a stream whole, torn in two at every place, and byte by byte. */
export function atEveryCut(feed: (pieces: readonly Uint8Array[]) => Cut, stream: Uint8Array): Cut {
  const whole = feed([stream]);
  for (let cut = 0; cut <= stream.length; cut++)
    expect(feed([stream.subarray(0, cut), stream.subarray(cut)]), `cut at ${cut}`).toEqual(whole);
  expect(feed([...stream].map((byte) => Uint8Array.of(byte))), 'byte by byte').toEqual(whole);
  return whole;
}
