import {
  addHourArray,
  type BodyFields,
  blank,
  enterStation,
  noFields,
  observe,
  readStep,
  stationOf,
} from './body-fields.ts';
import { readEvents, readGates, readSwitches } from './control-body.ts';
import { durationElement, elements, hourArray, isCode, stateElement, timeStepElement } from './elements.ts';
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
 * What follows serial number and time: markers (F0F0 time, F1F1 station, F2F2 text, F3F3 picture, FDF6 velocities), rows of an hour, and elements of
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
    if (kind !== 'raw' && !(kind in readControl)) fields.flags.push('partial');
    break;
  }
  return fields;
}

function readMarker(cursor: Cursor, fields: BodyFields, kind: BodyKind): boolean {
  const marker = cursor.peek();
  if (marker === undefined || marker < 0xf0) return false;
  const rest = cursor.left - 2;
  if (marker === velocities && kind !== 'parameters' && (cursor.peek(1) === 0xf6 || cursor.peek(1) === marker)) {
    cursor.take(2);
    fields.bytes = cursor.take(rest)!;
    return true;
  }
  if (marker > 0xf3 || cursor.peek(1) !== marker) return false;
  if (marker === 0xf0 && rest >= 5) {
    cursor.take(2);
    observe(fields, upper(cursor.take(5)!));
    return true;
  }
  if (marker === 0xf1 && rest >= 5) {
    cursor.take(2);
    enterStation(fields, upper(cursor.take(5)!));
    const code = withClass.has(kind) ? cursor.take(1) : null;
    if (code) fields.stationClass ??= { code: upper(code), name: stationClasses[upper(code)] ?? null };
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
  const control = readControl[kind];
  if (control) {
    const read = control(cursor.bytes.subarray(cursor.at));
    if (!read) return false;
    Object.assign(fields, read);
    cursor.take(cursor.left);
    return true;
  }
  const start = cursor.at;
  const extended = cursor.peek() === 0xff;
  const head = cursor.take(extended ? 3 : 2);
  const [id = 0, definition = 0] = head ? head.subarray(extended ? 1 : 0) : [];
  const array = extended || kind === 'parameters' ? null : hourArray(id);
  /** The length of an hour's row is fixed (annex C); some makers state one that cuts a value in two. */
  const odd = array !== null && (definition >> 3) % array.width !== 0;
  const count = odd ? array.length : definition >> 3;
  const undo = (): false => {
    cursor.at = start;
    return false;
  };
  const data = head && cursor.take(count);
  if (!data || (!extended && kind !== 'parameters' && isDoubled(id, definition))) return undo();
  if (odd && !fields.flags.includes('length_bad')) fields.flags.push('length_bad');
  const raw = upper(data);
  const name = upper(head.subarray(0, extended ? 2 : 1));
  if (kind === 'parameters') {
    const isPassword = !extended && id === passwordParameter;
    fields.parameters.push({ id: name, raw: isPassword ? blank : raw });
    if (isPassword) fields.secrets.push({ start: cursor.at - count, end: cursor.at, readable: true });
    return true;
  }
  if (array) {
    const slots = raw.match(new RegExp(`.{${array.width * 2}}`, 'g')) ?? [];
    addHourArray(fields, array, slots, sendTimeBcd);
    return true;
  }
  if (!extended && id === timeStepElement) {
    /** A row without a step has no times. */
    if (!/^\d{6}$/.test(raw)) return undo();
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
    fields.elements.push({
      id: name,
      identifier,
      observeTimeBcd,
      observeTime,
      bytes: count,
      decimals,
      raw: text,
      value,
      doubt: isCode(identifier, value) ? 'sentinel' : doubt,
      ...(index === null || stepS === null ? {} : { offsetS: index * stepS, stepS }),
      ...stationOf(fields),
    });
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

/** Elements that the standard leaves to the makers, written twice instead of with a definition: how long they are, only their maker knows. */
const isDoubled = (id: number, definition: number): boolean => id >= firstFree && id === definition;
const firstFree = 0x76;
const velocities = 0xfd;

const readControl: Readonly<Partial<Record<BodyKind, (data: Uint8Array) => Partial<BodyFields> | null>>> = {
  switches: readSwitches,
  gates: readGates,
  events: readEvents,
};

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
