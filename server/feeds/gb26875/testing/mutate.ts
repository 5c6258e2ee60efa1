import { checksum, maxUnitBytes, minFrameBytes } from '../frame.ts';

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

/** One to four damages. Half of the frames get length, checksum and end put right afterwards, so that the damage reaches the objects. */
export function mutate(frame: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let bytes = [...frame];
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(bytes.length + 1);
    const kind = below(7);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (kind === 1 && bytes.length > 0) bytes[at % bytes.length]! ^= 1 << below(8);
    else if (kind === 2) bytes.splice(at, 1 + below(4));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes = bytes.slice(0, at);
    else if (kind === 5) bytes.splice(at, 0, ...[[0x40, 0x40], [0x23, 0x23], [0xff], [0]][below(4)]!);
    else bytes.push(...bytes.slice(0, below(bytes.length + 1)));
    if (bytes.length === 0) bytes = [0x40];
  }
  if (random() < 0.5 || bytes.length < minFrameBytes) return Uint8Array.from(bytes);
  const whole = Uint8Array.from(bytes.slice(0, minFrameBytes + maxUnitBytes));
  const unit = whole.length - minFrameBytes;
  whole.set([0x40, 0x40]);
  whole.set([unit & 0xff, unit >> 8], 24);
  whole[whole.length - 3] = checksum(whole, 2, whole.length - 3);
  whole.set([0x23, 0x23], whole.length - 2);
  return whole;
}
