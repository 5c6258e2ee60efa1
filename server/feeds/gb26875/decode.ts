import type { QualityFlag } from '@/server/wire/record.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type DataType, dataTypes } from './data-units.ts';
import { FieldReader, toHex } from './field-reader.ts';
import { headerBytes } from './frame.ts';
import { commands, readContent } from './header.ts';
import type { DataObject, DataUnit, Gb26875Message } from './message.ts';

const timeBytes = 6;
const oddTime = { standard: false, yearFirst: true, bcd: true, bcdYearFirst: true } as const;

/** One frame → one message. Makers' deviations are flagged; only what cannot be told apart from damage is refused. */
export function decode(frame: Uint8Array): Gb26875Message | Refusal {
  const content = readContent(frame);
  if (isRefusal(content)) return content;
  const { header, unit: bytes, unsummed } = content;
  const flags = new Set<QualityFlag>();
  if (unsummed) flags.add('checksum_variant');
  if (!(header.command in commands)) flags.add('enum_unknown');
  if (header.timeFormat && oddTime[header.timeFormat]) flags.add('clock_invalid');
  const command = commands[header.command] ?? `command ${header.command}`;
  if (bytes.length === 0) return { name: command, header, unit: null, flags: [...flags] };
  const unit = readUnit(bytes, flags);
  if (isRefusal(unit)) return unit;
  return { name: `${command}: ${unit.name}`, header, unit, flags: [...flags] };
}

/** Application data as it stands in a frame; some relays hand on nothing else. */
export function readUnit(bytes: Uint8Array, flags: Set<QualityFlag>): DataUnit | Refusal {
  const [type, stated] = bytes;
  const known = dataTypes[type ?? 0];
  /** Makers shake hands with one byte, a type that the standard keeps free and nothing else. */
  if (type === undefined || (known && stated === undefined))
    return refuse('truncated', 'application data ends inside its type and count', headerBytes + bytes.length);
  const count = stated ?? 0;
  const body = bytes.subarray(2);
  if (!known) {
    const name = type >= 128 ? 'vendor data' : 'reserved data';
    flags.add('enum_unknown');
    return { type, name: `${name} ${type}`, count, objects: [], bytes: body, leftover: null, unreadable: null };
  }
  const { objects, left } = readObjects(known, count, body, flags);
  const short = count > objects.length;
  const torn = refuse(
    'truncated',
    `${known.name}: ${objects.length} of ${count} objects are whole`,
    headerBytes + bytes.length,
  );
  if (short && objects.length === 0) return torn;
  if (short) flags.add('partial');
  else if (left.length > 0) flags.add('length_bad');
  if (known.unknown && objects.some(known.unknown)) flags.add('enum_unknown');
  const leftover = left.length > 0 ? toHex(left) : null;
  return { type, name: known.name, count, objects, bytes: null, leftover, unreadable: short ? torn : null };
}

function readObjects(type: DataType, count: number, body: Uint8Array, flags: Set<QualityFlag>) {
  const { size } = type;
  /** Objects without their time are told by a length that fits nothing else. */
  const timeless = type.timed === true && size !== null && count > 0 && body.length === count * (size - timeBytes);
  const read = type.or && count > 0 && body.length === count * type.or.size ? type.or.read : type.read;
  const objects: DataObject[] = [];
  let at = 0;
  while (objects.length < count) {
    const reader = new FieldReader(body.subarray(at));
    const object = read(reader);
    const time = type.timed && !timeless ? reader.time() : null;
    if (reader.overran) break;
    at += reader.at;
    if (time?.format && oddTime[time.format]) flags.add('clock_invalid');
    objects.push(type.timed ? { ...object, time: time?.time ?? null } : object);
  }
  return { objects, left: body.subarray(at) };
}
