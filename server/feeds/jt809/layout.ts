import { type ByteReader, toHex, toText } from '../byte-reader.ts';
import { beijingText } from '../source-clock.ts';
import { epochMs, idText } from './header.ts';

/**
 * Bodies are written as the tables of the standard are: `name:type` in order. Types: `u8 u16 u32`; `time` (8 bytes, seconds since 1970);
 * `id` (of a message, 2 bytes); `textN hexN printN` (N bytes); `code` (a platform's code, 11 bytes); `plate` (21 bytes); `long` (a text behind its length, 4 bytes);
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

export const plateBytes = 21;

const fixed: Readonly<Record<string, readonly [number, (reader: ByteReader) => unknown]>> = {
  u8: [1, (reader) => reader.u8()],
  u16: [2, (reader) => reader.u16()],
  u32: [4, (reader) => reader.u32()],
  id: [2, (reader) => idText(reader.u16())],
  time: [8, readTime],
  code: [11, (reader) => platformCode(reader.take(11))],
  plate: [plateBytes, (reader) => plateText(reader.take(plateBytes))],
};
const open: Readonly<Record<string, (reader: ByteReader) => unknown>> = {
  long: (reader) => reader.text(reader.u32()),
  blob: (reader) => reader.take(reader.u32()),
  rest: (reader) => toText(reader.rest()),
  raw: (reader) => reader.rest(),
};

const sized: Readonly<Record<string, (reader: ByteReader, bytes: number) => unknown>> = {
  text: (reader, bytes) => reader.text(bytes),
  hex: (reader, bytes) => reader.hex(bytes),
  print: (reader, bytes) => printable(reader.take(bytes)),
  secret: (reader, bytes) => void reader.take(bytes),
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
  if (used.every(isPrint)) return /^0*$/.test(text) ? '' : text;
  return bytes[0] === 0 ? BigInt(`0x${toHex(bytes)}`).toString() : toHex(bytes);
}

const isPrint = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;
const utf8 = new TextDecoder();

/** Digits and letters; hexadecimal where a sender put its number there as it is. */
export function printable(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const used = bytes.subarray(0, end);
  return used.every(isPrint) ? toText(used) : toHex(bytes);
}

const continues = (byte: number | undefined): boolean => byte !== undefined && byte >> 6 === 2;

/** GBK; some platforms send UTF-8. No plate in GBK begins with what a Chinese character is there (e4–e9 and two more). */
export function plateText(bytes: Uint8Array): string {
  const [first = 0, second, third] = bytes;
  if (first < 0xe4 || first > 0xe9 || !continues(second) || !continues(third)) return toText(bytes);
  return utf8.decode(bytes).replaceAll('\0', '').trim();
}

function fieldOf(text: string): Field {
  const [name = '', type = ''] = text.split(':');
  const known = fixed[type];
  if (known) return { name, bytes: known[0], secret: false, read: known[1] };
  const reading = open[type];
  if (reading) return { name, bytes: null, secret: false, read: reading };
  const [, kind = '', digits = ''] = /^([a-z]+)(\d+)$/.exec(type) ?? [];
  const readSized = sized[kind];
  if (!readSized) throw new Error(`no field type "${type}"`);
  const bytes = Number(digits);
  return { name, bytes, secret: kind === 'secret', read: (reader) => readSized(reader, bytes) };
}

export const layout = (text: string): Layout => (text === '' ? [] : text.split(' ').map(fieldOf));

/** A secret field is passed over. Reading past the end sets `reader.overran`. */
export function readLayout(fields: Layout, reader: ByteReader): Fields {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.read(reader);
    if (!field.secret) values[field.name] = value;
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
