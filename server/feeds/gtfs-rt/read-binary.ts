import { isRefusal, type Refusal } from '../refusal.ts';
import { limits } from './limits.ts';
import {
  enumWord,
  type Field,
  fieldsByNumber,
  isEnumName,
  isMessageName,
  type MessageName,
  type MessageOf,
} from './schema.ts';
import { attempt, Unreadable } from './unreadable.ts';
import { WireReader, wireTypes } from './wire-reader.ts';

export type Tree = { [name: string]: unknown };
export type UnreadEntity = { readonly id: string | null; readonly refusal: Refusal };
export type ReadEntity = MessageOf<'FeedEntity'> | UnreadEntity;
export type ReadFeed = {
  readonly header: MessageOf<'FeedHeader'> | null;
  readonly entities: readonly ReadEntity[];
};
export const isUnread = (entity: ReadEntity): entity is UnreadEntity => 'refusal' in entity;

/** What reads a field's value, and in which wire type it comes. */
type Reading = { readonly field: Field; readonly wire: number; read(from: WireReader, held: unknown): unknown };

function readingOf(field: Field): Reading {
  const { type } = field;
  if (isMessageName(type)) {
    const read = (from: WireReader, held: unknown) => {
      const outer = from.enter();
      // A single message sent in two pieces is their union.
      const into = readInto(field.many ? {} : ((held as Tree | undefined) ?? {}), type, from);
      from.leave(outer);
      return into;
    };
    return { field, wire: wireTypes.bytes, read };
  }
  if (type === 'string') return { field, wire: wireTypes.bytes, read: (from) => from.text(limits.textBytes) };
  if (type === 'float') return { field, wire: wireTypes.fixed32, read: (from) => from.float() };
  if (type === 'double') return { field, wire: wireTypes.fixed64, read: (from) => from.double() };
  const plain = (value: (from: WireReader) => unknown): Reading => ({
    field,
    wire: wireTypes.varint,
    read: (from) => {
      from.varint();
      return value(from);
    },
  });
  if (isEnumName(type)) return plain((from) => enumWord(type, from.low | 0));
  if (type === 'bool') return plain((from) => from.low !== 0 || from.high !== 0);
  if (type === 'uint64') return plain((from) => from.unsigned);
  if (type === 'int64') return plain((from) => from.signed);
  return plain((from) => (type === 'uint32' ? from.low >>> 0 : from.low | 0));
}

const readings = new Map(
  [...fieldsByNumber].map(([message, fields]) => {
    const list: (Reading | undefined)[] = [];
    for (const [number, field] of fields) list[number] = readingOf(field);
    return [message, list] as const;
  }),
);

function put(into: Tree, { name, many }: Field, value: unknown): void {
  if (!many) {
    into[name] = value;
    return;
  }
  const list = into[name] as unknown[] | undefined;
  if (!list) into[name] = [value];
  else if (list.length < limits.repeated) list.push(value);
  else throw new Unreadable('too_large', `more than ${limits.repeated} ${name}`);
}

/** One message by the table. Unknown fields, and known ones in a wire type they cannot have, are stepped over as the encoding asks. */
function readInto(into: Tree, name: MessageName, from: WireReader): Tree {
  const table = readings.get(name) as (Reading | undefined)[];
  while (!from.done) {
    from.tag();
    const reading = table[from.field];
    if (reading?.wire === from.wire) put(into, reading.field, reading.read(from, into[reading.field.name]));
    else if (reading?.field.many && from.wire === wireTypes.bytes) readPacked(into, reading, from);
    else from.skip(limits.groupDepth);
  }
  return into;
}

/** Numbers of a repeated field, one after the other in one stretch. */
function readPacked(into: Tree, { field, read }: Reading, from: WireReader): void {
  const outer = from.enter();
  while (!from.done) put(into, field, read(from, undefined));
  from.leave(outer);
}

/** The outer message by hand, so that an entity that cannot be read costs only itself. */
export function readBinary(bytes: Uint8Array): ReadFeed | Refusal {
  const entities: ReadEntity[] = [];
  let header: Tree | null = null;
  const from = new WireReader(bytes);
  const done = attempt(() => {
    while (!from.done) {
      from.tag();
      if (from.wire !== wireTypes.bytes || from.field > 2) from.skip(limits.groupDepth);
      else if (from.field === 1) {
        const outer = from.enter();
        header = readInto(header ?? {}, 'FeedHeader', from);
        from.leave(outer);
      } else if (entities.length >= limits.entities) {
        throw new Unreadable('too_large', `more than ${limits.entities} entities`);
      } else entities.push(readEntity(from, bytes, entities.length));
    }
    return null;
  });
  if (isRefusal(done)) return header || entities.length > 0 ? done : { ...done, refused: unlike(done) };
  return { header, entities };
}

function readEntity(from: WireReader, bytes: Uint8Array, index: number): ReadEntity {
  const outer = from.enter();
  const [start, end] = [from.at, from.end];
  const entity = attempt(() => readInto({}, 'FeedEntity', from), `entity ${index}: `);
  // A fault may lie messages deep inside; where the entity ends is known all the same.
  from.end = end;
  from.leave(outer);
  if (!isRefusal(entity)) return entity as MessageOf<'FeedEntity'>;
  return { id: idOf(new WireReader(bytes.subarray(start, end))), refusal: entity };
}

/** Nothing of the two fields every feed begins with came before the fault: something else altogether. */
const unlike = ({ refused }: Refusal): Refusal['refused'] => (refused === 'truncated' ? 'truncated' : 'not_protocol');

/** The id of an entity whose rest cannot be read, so that it is not taken for gone. */
function idOf(from: WireReader): string | null {
  const id = attempt(() => {
    from.tag();
    return from.field === 1 && from.wire === wireTypes.bytes ? from.text(limits.idLength) : '';
  });
  return isRefusal(id) || id === '' ? null : id;
}
