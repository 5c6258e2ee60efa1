import type { Below } from './seeded.ts';

export type ByteDamage = {
  /** Something that means much in the protocol: a mark, a separator, the head of another message. */
  readonly piece: (below: Below) => ArrayLike<number>;
  /** The most bytes lost at one place. */
  readonly longestLoss: number;
  /** A protocol of texts, in which another digit reaches further than another bit. */
  readonly digits?: boolean;
};

/** One to four damages to a frame: bytes changed, lost, put in, cut off, or the beginning once more behind the end. */
export function damageBytes(frame: Uint8Array, below: Below, { piece, longestLoss, digits }: ByteDamage): number[] {
  let bytes = [...frame];
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const at = below(bytes.length + 1);
    const kind = below(digits ? 8 : 7);
    if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = below(256);
    else if (kind === 1) bytes[at % bytes.length]! ^= 1 << below(8);
    else if (kind === 2) bytes.splice(at, 1 + below(longestLoss));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes = bytes.slice(0, at);
    else if (kind === 5) bytes.splice(at, 0, ...Array.from(piece(below)));
    else if (kind === 6 && digits) bytes[at % bytes.length] = 0x30 + below(10);
    else bytes.push(...bytes.slice(0, below(bytes.length + 1)));
    if (bytes.length === 0) bytes = [frame[0] ?? 0];
  }
  return bytes;
}
