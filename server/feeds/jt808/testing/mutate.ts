import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';
import { enclose } from '../frame.ts';

const marks = [0x7e, 0x7d, 0xff, 0x00];

/** Half of the damaged frames get a right checksum afterwards, so that the damage reaches the bodies. */
export function mutate(frame: Uint8Array, below: Below): Uint8Array {
  const bytes = damageBytes(frame, below, { piece: () => [marks[below(marks.length)]!], longestLoss: 4 });
  if (below(2) === 0 || bytes.length < 4) return Uint8Array.from(bytes);
  return enclose(Uint8Array.from(bytes.slice(1, -2)));
}
