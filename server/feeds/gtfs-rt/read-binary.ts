import { isRefusal, type Refusal } from '../refusal.ts';
import { limits } from './limits.ts';
import {
  enumWord,
  type Field,
  fieldByNumber,
  isEnumName,
  isMessageName,
  type MessageName,
  type MessageOf,
} from './schema.ts';
import { attempt, Unreadable } from './unreadable.ts';
import { createWireReader, signed, unsigned, type WireReader, wireTypes } from './wire-reader.ts';

export type Tree = { [name: string]: unknown };
export type UnreadEntity = { readonly id: string | null; readonly refusal: Refusal };
export type ReadEntity = MessageOf<'FeedEntity'> | UnreadEntity;
export type ReadFeed = {
  readonly header: MessageOf<'FeedHeader'> | null;
  readonly entities: readonly ReadEntity[];
};
export const isUnread = (entity: ReadEntity): entity is UnreadEntity => 'refusal' in entity;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > limits.textBytes) throw new Unreadable('too_large', `a text of ${to - from} bytes`, from);
  try {
    return utf8.decode(bytes.subarray(from, to));
  } catch {
    throw new Unreadable('encoding', 'a text that is not UTF-8', from);
  }
}

const fixedSize = { float: wireTypes.fixed32, double: wireTypes.fixed64 } as const;

/** The wire type in which a field's single value comes. */
function wireOf({ type }: Field): number {
  if (type === 'string' || isMessageName(type)) return wireTypes.bytes;
  return type === 'float' || type === 'double' ? fixedSize[type] : wireTypes.varint;
}

function number(reader: WireReader, { type }: Field): unknown {
  if (type === 'float') return reader.float();
  if (type === 'double') return reader.double();
  const value = reader.varint();
  if (type === 'bool') return value.low !== 0 || value.high !== 0;
  if (type === 'uint64') return unsigned(value);
  if (type === 'int64') return signed(value);
  if (type === 'uint32') return value.low >>> 0;
  return isEnumName(type) ? enumWord(type, value.low | 0) : value.low | 0;
}

function put(into: Tree, field: Field, value: unknown, at: number): void {
  if (!field.many) {
    into[field.name] = value;
    return;
  }
  const list = (into[field.name] as unknown[] | undefined) ?? [];
  into[field.name] = list;
  if (list.length >= limits.repeated)
    throw new Unreadable('too_large', `more than ${limits.repeated} ${field.name}`, at);
  list.push(value);
}

type Stretch = { readonly bytes: Uint8Array; readonly from: number; readonly to: number };

/** One message by the table. Unknown fields, and known ones in a wire type they cannot have, are stepped over as the encoding asks. */
function readInto(into: Tree, name: MessageName, { bytes, from, to }: Stretch): Tree {
  const reader = createWireReader(bytes, from, to);
  while (!reader.done()) {
    const at = reader.position();
    const { field: tagged, wire } = reader.tag();
    const field = fieldByNumber(name, tagged);
    const wanted = field ? wireOf(field) : null;
    if (field && wire === wanted) {
      if (wire !== wireTypes.bytes) put(into, field, number(reader, field), at);
      else readBytes(into, field, { bytes, ...reader.stretch() });
    } else if (field?.many && wire === wireTypes.bytes) readPacked(into, field, { bytes, ...reader.stretch() });
    else reader.skip(wire, tagged, limits.groupDepth);
  }
  return into;
}

function readBytes(into: Tree, field: Field, stretch: Stretch): void {
  if (!isMessageName(field.type)) put(into, field, text(stretch.bytes, stretch.from, stretch.to), stretch.from);
  // A single message sent in two pieces is their union.
  else if (!field.many) into[field.name] = readInto((into[field.name] as Tree | undefined) ?? {}, field.type, stretch);
  else put(into, field, readInto({}, field.type, stretch), stretch.from);
}

function readPacked(into: Tree, field: Field, { bytes, from, to }: Stretch): void {
  const reader = createWireReader(bytes, from, to);
  while (!reader.done()) put(into, field, number(reader, field), reader.position());
}

/** The outer message by hand, so that an entity that cannot be read costs only itself. */
export function readBinary(bytes: Uint8Array): ReadFeed | Refusal {
  const entities: ReadEntity[] = [];
  let header: Tree | null = null;
  const done = attempt(() => {
    const reader = createWireReader(bytes);
    while (!reader.done()) {
      const { field, wire } = reader.tag();
      if (wire !== wireTypes.bytes || field > 2) {
        reader.skip(wire, field, limits.groupDepth);
        continue;
      }
      const stretch = { bytes, ...reader.stretch() };
      if (field === 1) header = readInto(header ?? {}, 'FeedHeader', stretch);
      else {
        if (entities.length >= limits.entities)
          throw new Unreadable('too_large', `more than ${limits.entities} entities`);
        const entity = attempt(() => readInto({}, 'FeedEntity', stretch), `entity ${entities.length}: `);
        entities.push(isRefusal(entity) ? { id: idOf(stretch), refusal: entity } : (entity as MessageOf<'FeedEntity'>));
      }
    }
    return null;
  });
  if (isRefusal(done)) return header || entities.length > 0 ? done : { ...done, refused: unlike(done) };
  return { header, entities };
}

/** Nothing of the two fields every feed begins with came before the fault: something else altogether. */
const unlike = ({ refused }: Refusal): Refusal['refused'] => (refused === 'truncated' ? 'truncated' : 'not_protocol');

/** The id of an entity whose rest cannot be read, so that it is not taken for gone. */
function idOf({ bytes, from, to }: Stretch): string | null {
  const id = attempt(() => {
    const reader = createWireReader(bytes, from, to);
    const { field, wire } = reader.tag();
    if (field !== 1 || wire !== wireTypes.bytes) return '';
    const { from: start, to: end } = reader.stretch();
    return text(bytes, start, Math.min(end, start + limits.idLength));
  });
  return isRefusal(id) || id === '' ? null : id;
}
