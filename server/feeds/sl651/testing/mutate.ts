import { checksum } from '../checksum.ts';

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

const words = [
  '7e7e',
  '01',
  'f0f0',
  'f1f1',
  'f2f2',
  'f3f3',
  'f460',
  'f5c0',
  '0418000005',
  'ff',
  '03',
  '17',
  '16',
  '02',
  'ffffff',
];

/** One to four damages. Half of the frames get a right length and checksum afterwards, so that the damage reaches the bodies. */
export function mutate(frame: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let bytes = [...frame];
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(bytes.length + 1);
    const kind = below(7);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (kind === 1 && bytes.length > 0) bytes[at % bytes.length]! ^= 1 << below(8);
    else if (kind === 2) bytes.splice(at, 1 + below(6));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes = bytes.slice(0, at);
    else if (kind === 5) bytes.splice(at, 0, ...Buffer.from(words[below(words.length)]!, 'hex'));
    else bytes.push(...bytes.slice(0, below(bytes.length + 1)));
    if (bytes.length === 0) bytes = [0x7e];
  }
  if (random() < 0.5) return Uint8Array.from(bytes);
  return seal(bytes);
}

/** The length field and the checksum are made right for what the bytes now are. */
function seal(bytes: readonly number[]): Uint8Array {
  const ascii = bytes[0] === 0x01;
  const [head, sum] = ascii ? [24, 4] : [14, 2];
  if (bytes.length < head + 1 + sum) return Uint8Array.from(bytes);
  const whole = Uint8Array.from(bytes.slice(0, 4_000));
  const length = whole.length - head - 1 - sum;
  if (ascii) whole.set(Buffer.from(length.toString(16).padStart(3, '0')), 20);
  else whole.set([(whole[11]! & 0xf0) | (length >> 8), length & 0xff], 11);
  const text = checksum(whole, 0, whole.length - sum)
    .toString(16)
    .padStart(4, '0');
  whole.set(Buffer.from(text, ascii ? 'latin1' : 'hex'), whole.length - sum);
  return whole;
}
