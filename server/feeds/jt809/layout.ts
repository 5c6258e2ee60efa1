import { type ByteReader, toHex, toText } from '../byte-reader.ts';
import { beijingText } from '../source-clock.ts';
import { epochMs, idText } from './header.ts';

/**
 * Bodies are written as the tables of the standard are: `name:type` in order. Types: `u8 u16 u32`; `time` (8 bytes, seconds since 1970);
 * `id` (of a message, 2 bytes); `textN hexN` (N bytes); `code` (a platform's code, 11 bytes); `long` (a text behind its length, 4 bytes);
 * `blob` (bytes behind their length); `rest` (text up to the end), `raw` (bytes up to the end); `secretN` (N bytes that are never shown).
 */
export type Layout = readonly Field[];
export type Field = {
  readonly name: string;
  /** Null: up to the end, or as long as it says itself. */
  readonly bytes: number | null;
  readonly secret: boolean;
  readonly read: (reader: ByteReader) => unknown;
};

export type Fields = Readonly<Record<string, unknown>>;

const fixed: Readonly<Record<string, readonly [number, (reader: ByteReader) => unknown]>> = {
  u8: [1, (reader) => reader.u8()],
  u16: [2, (reader) => reader.u16()],
  u32: [4, (reader) => reader.u32()],
  id: [2, (reader) => idText(reader.u16())],
  time: [8, readTime],
  code: [11, (reader) => platformCode(reader.take(11))],
};
const open: Readonly<Record<string, (reader: ByteReader) => unknown>> = {
  long: (reader) => reader.text(reader.u32()),
  blob: (reader) => reader.take(reader.u32()),
  rest: (reader) => toText(reader.rest()),
  raw: (reader) => reader.rest(),
};

/** Null where the field is empty or no time of our days. */
function readTime(reader: ByteReader): string | null {
  const at = epochMs(reader.u32(), reader.u32());
  return at === null ? null : beijingText(at);
}

/**
 * Digits and letters; some senders write the number in binary. Empty where there is none: filled up with zeros, or with ones where a
 * region has no platform of this level.
 */
export function platformCode(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const used = bytes.subarray(0, end);
  if (used.every((byte) => byte === 1)) return '';
  const text = toText(used);
  if (used.every((byte) => byte >= 0x20 && byte < 0x7f)) return /^0*$/.test(text) ? '' : text;
  return bytes[0] === 0 ? BigInt(`0x${toHex(bytes)}`).toString() : toHex(bytes);
}

function fieldOf(text: string): Field {
  const [name = '', type = ''] = text.split(':');
  const known = fixed[type];
  if (known) return { name, bytes: known[0], secret: false, read: known[1] };
  const reading = open[type];
  if (reading) return { name, bytes: null, secret: false, read: reading };
  const sized = /^(text|hex|secret)(\d+)$/.exec(type);
  if (!sized) throw new Error(`no field type "${type}"`);
  const bytes = Number(sized[2]);
  const secret = sized[1] === 'secret';
  return {
    name,
    bytes,
    secret,
    read: sized[1] === 'hex' ? (reader) => reader.hex(bytes) : (reader) => reader.text(bytes),
  };
}

export const layout = (text: string): Layout => (text === '' ? [] : text.split(' ').map(fieldOf));

/** A secret field is passed over. Reading past the end sets `reader.overran`. */
export function readLayout(fields: Layout, reader: ByteReader): Fields {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.secret) reader.take(field.bytes ?? 0);
    else values[field.name] = field.read(reader);
  }
  return values;
}

export type Span = { readonly name: string; readonly at: number; readonly bytes: number };

/** Where secrets stand, counted from the first field; what stands behind a field of open length has no place. */
export function secretsOf(fields: Layout): readonly Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const { name, bytes, secret } of fields) {
    if (bytes === null) break;
    if (secret) spans.push({ name, at, bytes });
    at += bytes;
  }
  return spans;
}
