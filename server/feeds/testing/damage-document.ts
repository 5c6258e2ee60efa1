import type { Below } from './seeded.ts';

/** What upsets readers of JSON, XML and tables alike. */
export const documentPieces: readonly string[] = [
  ...['{', '}', '[', ']', '"', ',', ':', '\\', '\\ud800', '\\u0000', '1e999', '-1', 'null', 'true', '0', '{}', '[]'],
  ...['"__proto__":', '"value":', '"type":', '[[[[[[[[', '<', '>', '</', '<!DOCTYPE x>', '&x;', '\n', ';'],
  ...['9999-99-99', '999999999999', '雨', '🌧', '/', '2020-01-01T00:00:00Z', '"@value":', '""', '-0.0', '1.5', ' '],
];

/** One to four small damages: a byte, a bit, a piece put in, a stretch lost or doubled, seldom a cut. */
export function damageDocument(whole: Uint8Array, below: Below, pieces: readonly string[] = documentPieces): Buffer {
  let out = Buffer.from(whole);
  for (let damages = 1 + below(4); damages > 0; damages--) {
    const from = below(out.length + 1);
    const to = from + below(out.length + 1 - from);
    const [before, after] = [out.subarray(0, from), out.subarray(from)];
    const kind = below(16);
    if (kind < 2) out = Buffer.concat([before, Buffer.of(below(256)), after.subarray(1)]);
    else if (kind < 3) out = Buffer.concat([before, Buffer.of((after[0] ?? 0) ^ (1 << below(8))), after.subarray(1)]);
    else if (kind < 4) out = below(6) === 0 ? before : out;
    else if (kind < 10)
      out = Buffer.concat([before, Buffer.from(pieces[below(pieces.length)] as string), after.subarray(below(6))]);
    else if (kind < 13) out = Buffer.concat([before, after.subarray(1 + below(12))]);
    else if (kind < 14) out = Buffer.concat([before, out.subarray(to)]);
    else if (kind < 15) out = Buffer.concat([before, after.subarray(0, 30), after]);
    else out = Buffer.concat([out.subarray(0, to), out.subarray(from, Math.min(to, from + 2_000)), out.subarray(to)]);
  }
  return out;
}
