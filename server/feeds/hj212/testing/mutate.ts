import { checksum, checksumText } from '../checksum.ts';

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
  '&&',
  ';',
  ',',
  '=',
  'CP=',
  '##',
  '##0012QN',
  '\r\n',
  'PW=',
  '-Rtd=',
  'DataTime=',
  'PNUM=2;PNO=',
  '\0',
  'é',
];

/** One to four damages. Half of the frames get a right length and checksum afterwards, so that the damage reaches the fields. */
export function mutate(frame: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let bytes = [...frame];
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(bytes.length + 1);
    const kind = below(8);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (kind === 1 && bytes.length > 0) bytes[at % bytes.length]! ^= 1 << below(8);
    else if (kind === 2) bytes.splice(at, 1 + below(12));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes = bytes.slice(0, at);
    else if (kind === 5) bytes.splice(at, 0, ...Buffer.from(words[below(words.length)]!, 'latin1'));
    else if (kind === 6) bytes[at % bytes.length] = 48 + below(10);
    else bytes.push(...bytes.slice(0, below(bytes.length + 1)));
    if (bytes.length === 0) bytes = [0x23];
  }
  if (random() < 0.5 || bytes.length < 12) return Uint8Array.from(bytes);
  const segment = Uint8Array.from(bytes.slice(6, -4)).subarray(0, 9_999);
  const head = Buffer.from(`##${String(segment.length).padStart(4, '0')}`);
  return Uint8Array.from([...head, ...segment, ...Buffer.from(checksumText(checksum(segment, 'standard')))]);
}
