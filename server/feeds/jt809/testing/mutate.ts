import { enclose, unwrapBest } from '../frame.ts';

/** Mulberry32: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const marks = [0x5b, 0x5d, 0x5a, 0x5e, 0xff, 0x00];

/** One to four damages. Half of the frames get their length and checksum right afterwards, so that the damage reaches the bodies. */
export function mutate(frame: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const repair = random() < 0.5;
  let bytes = repair ? [...unwrapBest(frame.subarray(1, -1)).content.subarray(0, -2)] : [...frame];
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(bytes.length + 1);
    const kind = below(7);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (kind === 1 && bytes.length > 0) bytes[at % bytes.length]! ^= 1 << below(8);
    else if (kind === 2) bytes.splice(at, 1 + below(4));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes = bytes.slice(0, at);
    else if (kind === 5) bytes.splice(at, 0, marks[below(marks.length)]!);
    else bytes.push(...bytes.slice(0, below(bytes.length + 1)));
    if (bytes.length === 0) bytes = [0x5b];
  }
  if (!repair || bytes.length < 4) return Uint8Array.from(bytes);
  const content = Uint8Array.from(bytes);
  new DataView(content.buffer).setUint32(0, content.length + 4);
  return enclose(content);
}
