import { type Refusal, refuse } from './refusal.ts';

/** Bytes as people paste them: upper or lower case, spaces, commas, colons, dashes, `0x` or `\x` before each byte or before all. */
export function readHexLine(line: string): Uint8Array | Refusal {
  const digits = line.replace(/(?:0|\\)x/gi, '').replace(/[\s,:;_-]/g, '');
  const odd = digits.search(/[^\da-f]/i);
  if (odd !== -1) return refuse('encoding', `"${digits[odd]}" is not a hexadecimal digit`, Math.floor(odd / 2));
  if (digits.length % 2 === 1)
    return refuse('encoding', 'an odd number of hexadecimal digits', (digits.length - 1) / 2);
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}
