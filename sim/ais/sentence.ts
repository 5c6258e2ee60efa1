import { armour } from './bits.ts';

/** Characters of payload that fit a sentence of 82 (IEC 61162-1 §7.3). */
const mostPayload = 60;

const sum = (body: string) =>
  [...body]
    .reduce((value, character) => value ^ character.charCodeAt(0), 0)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0');

export type Station = { readonly name: string; readonly atMs: number };

/** The sentences of one message behind a tag block with the receiving station and its clock (IEC 61162-450 §7). */
export function sentences(
  bits: string,
  { name, atMs }: Station,
  { group, channel }: { group: number; channel: 'A' | 'B' },
): string[] {
  const { payload, fillBits } = armour(bits);
  const total = Math.ceil(payload.length / mostPayload);
  return Array.from({ length: total }, (_, index) => {
    const part = payload.slice(index * mostPayload, (index + 1) * mostPayload);
    const last = index === total - 1;
    const body = `AIVDM,${total},${index + 1},${total > 1 ? group % 10 : ''},${channel},${part},${last ? fillBits : 0}`;
    const tag = `s:${name},c:${Math.floor(atMs / 1_000)}`;
    const block = `\\${tag}*${sum(tag)}\\`;
    return `${block}!${body}*${sum(body)}\r\n`;
  });
}
