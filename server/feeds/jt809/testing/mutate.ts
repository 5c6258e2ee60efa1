import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';
import { enclose, unwrapBest } from '../frame.ts';

const marks = [0x5b, 0x5d, 0x5a, 0x5e, 0xff, 0x00];

/** Half of the damaged frames get their length and checksum right afterwards, so that the damage reaches the bodies. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  const repair = below(2) === 0;
  const from = repair ? unwrapBest(frame.subarray(1, -1)).content.subarray(0, -2) : frame;
  const bytes = damageBytes(from, below, { piece: () => [marks[below(marks.length)]!], longestLoss: 4 });
  if (!repair || bytes.length < 4) return Uint8Array.from(bytes);
  const content = Uint8Array.from(bytes);
  new DataView(content.buffer).setUint32(0, content.length + 4);
  return enclose(content);
}
