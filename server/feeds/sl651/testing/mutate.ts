import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';
import { checksum } from '../checksum.ts';

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
].map((word) => Buffer.from(word, 'hex'));

/** Half of the damaged frames get a right length and checksum afterwards, so that the damage reaches the bodies. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  const bytes = damageBytes(frame, below, { piece: () => words[below(words.length)]!, longestLoss: 6 });
  return below(2) === 0 ? Uint8Array.from(bytes) : seal(bytes);
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
