import { addHourArray, type BodyFields, blank, noFields, observe, readStep } from './body-fields.ts';
import { durationElement, elements, hourArray, stateElement, timeStepElement } from './elements.ts';
import { type BodyKind, passwordParameter, stateBits, stationClasses } from './functions.ts';
import { readBcd } from './value.ts';

const gb18030 = new TextDecoder('gb18030');
const upper = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();

/** Kinds whose station marker is followed by the class of the station. */
const withClass: ReadonlySet<BodyKind> = new Set<BodyKind>(['elements', 'series', 'picture']);

class Cursor {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }
  peek(ahead = 0): number | undefined {
    return this.bytes[this.at + ahead];
  }
  /** Null and nothing taken where there are not so many. */
  take(count: number): Uint8Array | null {
    if (count > this.left) return null;
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }
}

/**
 * What follows serial number and time: markers (F0F0 time, F1F1 station, F2F2 text, F3F3 picture), rows of an hour, and elements of
 * one byte with a data definition. The first thing that cannot be read ends the reading; it is kept with what follows it.
 */
export function readHexBody(body: Uint8Array, kind: BodyKind, sendTimeBcd: string): BodyFields {
  const fields = noFields();
  const cursor = new Cursor(body);
  while (cursor.left > 0) {
    const at = cursor.at;
    if (readMarker(cursor, fields, kind) || readValue(cursor, fields, { kind, sendTimeBcd })) continue;
    fields.trailing = upper(body.subarray(at));
    fields.secrets.push({ start: at, end: body.length, readable: false });
    if (kind !== 'raw') fields.flags.push('partial');
    break;
  }
  return fields;
}

function readMarker(cursor: Cursor, fields: BodyFields, kind: BodyKind): boolean {
  const marker = cursor.peek();
  if (marker === undefined || marker < 0xf0 || marker > 0xf3 || cursor.peek(1) !== marker) return false;
  const rest = cursor.left - 2;
  if (marker === 0xf0 && rest >= 5) {
    cursor.take(2);
    observe(fields, upper(cursor.take(5)!));
    return true;
  }
  if (marker === 0xf1 && rest >= 5) {
    cursor.take(2);
    fields.reportStation = upper(cursor.take(5)!);
    const code = withClass.has(kind) ? cursor.take(1) : null;
    if (code) fields.stationClass = { code: upper(code), name: stationClasses[upper(code)] ?? null };
    return true;
  }
  if (marker === 0xf2) {
    cursor.take(2);
    fields.text = gb18030.decode(cursor.take(rest)!).trim();
    return true;
  }
  if (marker === 0xf3) {
    cursor.take(2);
    fields.bytes = cursor.take(rest)!;
    return true;
  }
  return false;
}

type Surroundings = { readonly kind: BodyKind; readonly sendTimeBcd: string };

function readValue(cursor: Cursor, fields: BodyFields, { kind, sendTimeBcd }: Surroundings): boolean {
  if (kind === 'raw' || kind === 'nothing' || kind === 'text') return false;
  if (kind === 'version') return readVersion(cursor, fields);
  const start = cursor.at;
  const extended = cursor.peek() === 0xff;
  const head = cursor.take(extended ? 3 : 2);
  const [id = 0, definition = 0] = head ? head.subarray(extended ? 1 : 0) : [];
  const count = definition >> 3;
  const data = head && cursor.take(count);
  if (!data) {
    cursor.at = start;
    return false;
  }
  const raw = upper(data);
  const name = upper(head.subarray(0, extended ? 2 : 1));
  if (kind === 'parameters') {
    const isPassword = !extended && id === passwordParameter;
    fields.parameters.push({ id: name, raw: isPassword ? blank : raw });
    if (isPassword) fields.secrets.push({ start: cursor.at - count, end: cursor.at, readable: true });
    return true;
  }
  const array = extended ? null : hourArray(id);
  if (array) {
    const slots = raw.match(new RegExp(`.{${array.width * 2}}`, 'g')) ?? [];
    addHourArray(fields, array, slots, sendTimeBcd);
    return true;
  }
  if (!extended && id === timeStepElement) {
    fields.stepS = readStep(raw);
    return true;
  }
  if (!extended && id === stateElement) {
    fields.states = readStates(data);
    return true;
  }
  const decimals = definition & 0x07;
  const identifier = (extended ? undefined : elements.get(id)?.identifier) ?? `0x${name.toLowerCase()}`;
  const add = (text: string, index: number | null) => {
    const { stepS, observeTimeBcd, observeTime } = fields;
    const { value, doubt } = readBcd(text, decimals);
    const own = { id: name, identifier, observeTimeBcd, observeTime, bytes: count, decimals, raw: text, value, doubt };
    fields.elements.push(index === null || stepS === null ? own : { ...own, offsetS: index * stepS, stepS });
  };
  if (fields.stepS === null || count === 0 || id === durationElement) {
    add(raw, null);
    return true;
  }
  add(raw, 0);
  /** The row goes on until a marker or the end: a BCD value cannot begin like one, and a missing one begins with FF. */
  for (let index = 1; cursor.left >= count && !isMarker(cursor.peek()!); index++)
    add(upper(cursor.take(count)!), index);
  return true;
}

const isMarker = (byte: number): boolean => byte >= 0xf0 && byte <= 0xfc;

/** One byte of length, then text. */
function readVersion(cursor: Cursor, fields: BodyFields): boolean {
  const length = cursor.peek() ?? 0;
  if (length + 1 > cursor.left) return false;
  cursor.take(1);
  fields.text = gb18030.decode(cursor.take(length)!).trim();
  return true;
}

function readStates(data: Uint8Array): string[] {
  const value = data.reduce((sum, byte) => sum * 256 + byte, 0);
  return Array.from({ length: 32 }, (_, bit) => bit)
    .filter((bit) => Math.floor(value / 2 ** bit) % 2 === 1)
    .map((bit) => stateBits[bit] ?? `bit${bit}`);
}
