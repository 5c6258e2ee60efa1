import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';
import { checksum, checksumText } from '../checksum.ts';

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
].map((word) => Buffer.from(word, 'latin1'));

/** Half of the damaged frames get a right length and checksum afterwards, so that the damage reaches the fields. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  const bytes = damageBytes(frame, below, {
    piece: () => words[below(words.length)]!,
    longestLoss: 12,
    digits: true,
  });
  if (below(2) === 0 || bytes.length < 12) return Uint8Array.from(bytes);
  const segment = Uint8Array.from(bytes.slice(6, -4)).subarray(0, 9_999);
  const head = Buffer.from(`##${String(segment.length).padStart(4, '0')}`);
  return Uint8Array.from([...head, ...segment, ...Buffer.from(checksumText(checksum(segment, 'standard')))]);
}
