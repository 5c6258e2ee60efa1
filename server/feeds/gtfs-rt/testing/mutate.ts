import { damageBytes } from '../../testing/damage-bytes.ts';
import type { Below } from '../../testing/seeded.ts';

/**
 * Half keep every length, so that the damage reaches the fields and not only the nesting. What is put into the others comes out of
 * another message, so that two grow together.
 */
export function mutate(from: Uint8Array, below: Below, other: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(from);
  if (below(2) === 0) {
    for (let count = 1 + below(3); count > 0; count--) bytes[below(bytes.length)]! ^= 1 << below(8);
    return bytes;
  }
  const piece = () => other.subarray(below(other.length)).subarray(0, below(16));
  return Uint8Array.from(damageBytes(bytes, below, { piece, longestLoss: 8 }));
}
