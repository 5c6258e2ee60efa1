import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';
import { checksum, maxUnitBytes, minFrameBytes } from '../frame.ts';

const marks = [[0x40, 0x40], [0x23, 0x23], [0xff], [0]];

/** Half of the damaged frames get length, checksum and end put right afterwards, so that the damage reaches the objects. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  const bytes = damageBytes(frame, below, { piece: () => marks[below(marks.length)]!, longestLoss: 4 });
  if (below(2) === 0 || bytes.length < minFrameBytes) return Uint8Array.from(bytes);
  const whole = Uint8Array.from(bytes.slice(0, minFrameBytes + maxUnitBytes));
  const unit = whole.length - minFrameBytes;
  whole.set([0x40, 0x40]);
  whole.set([unit & 0xff, unit >> 8], 24);
  whole[whole.length - 3] = checksum(whole, 2, whole.length - 3);
  whole.set([0x23, 0x23], whole.length - 2);
  return whole;
}
