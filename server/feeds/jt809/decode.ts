import type { QualityFlag } from '@/server/wire/record.ts';
import { ByteReader } from '../byte-reader.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { type Header, idText, isFamily, readContent, subIdPlace, type Version } from './header.ts';
import { type Fields, type Layout, plateBytes, plateText, printable, readLayout, secretsOf } from './layout.ts';
import type { Jt809Message, Vehicle } from './message.ts';
import { families, linkMessages, subMessages } from './messages.ts';
import { bytesOf2011, formOf, type Position, readPosition } from './position.ts';

/** One frame → one message. An enciphered body stays closed: `session` has the keys. */
export function decode(frame: Uint8Array): Jt809Message | Refusal {
  const content = readContent(frame);
  if (isRefusal(content)) return content;
  const { header, body, bare } = content;
  const flags: QualityFlag[] = bare ? ['checksum_variant'] : [];
  if (!header.encrypted || body.length === 0) return readBody(header, body, flags);
  return { ...empty(header, flags), body: {}, sealed: body };
}

const empty = (header: Header, flags: readonly QualityFlag[]): Omit<Jt809Message, 'body'> => ({
  messageId: idText(header.messageId),
  name: linkMessages[idText(header.messageId)]?.name ?? families[idText(header.messageId)] ?? 'unknown',
  subId: null,
  subName: null,
  header,
  vehicle: null,
  positions: [],
  flags,
  password: null,
});

export function readBody(
  header: Header,
  bytes: Uint8Array,
  flags: readonly QualityFlag[] = [],
): Jt809Message | Refusal {
  const message = empty(header, flags);
  const link = linkMessages[idText(header.messageId)];
  if (link) {
    const read = readFields(link.layouts[header.version], bytes);
    if (isRefusal(read)) return { ...read, detail: `${message.messageId} ${link.name}: ${read.detail}` };
    return { ...message, body: read.fields, flags: [...flags, ...read.flags], password: read.password };
  }
  if (!families[idText(header.messageId)] && !isFamily(header.messageId)) return readAlone(message, bytes);
  return readFamily(message, bytes);
}

/** The statistics of 2019 (0x1102 …) are sent under their own id in place of their family's, mostly with the same id once more in front. */
function readAlone(message: Open, bytes: Uint8Array): Jt809Message | Refusal {
  const { messageId } = message.header;
  const kind = (messageId & 0x7f00) === 0x1100 ? subMessages[idText(messageId)] : undefined;
  if (!kind) return { ...message, body: { bytes } };
  const reader = new ByteReader(bytes);
  const again = bytes.length >= 6 && reader.u16() === messageId;
  const { data, flags } = again ? readLength(reader.rest(), messageId) : { data: bytes, flags: [] };
  const named: Open = { ...message, name: kind.name, subId: idText(messageId), subName: kind.name };
  const read = readSub({ ...named, flags: [...message.flags, ...flags] }, messageId, data);
  return isRefusal(read) ? { ...read, detail: `${named.subId} ${named.subName}: ${read.detail}` } : read;
}

type Open = Omit<Jt809Message, 'body'>;

const vehicleBytes = 22;
/** What the slave link owes an answer for. */
const answeredByPlate: ReadonlySet<number> = new Set([0x1201, 0x1207, 0x1208, 0x1209]);

/** Plate and colour where it is about a vehicle, the id of the sub-message, its length, its body. */
function readFamily(message: Open, bytes: Uint8Array): Jt809Message | Refusal {
  const { header } = message;
  const place = subIdPlace(bytes, header.messageId);
  if (place === null) {
    if (!families[idText(header.messageId)]) return { ...message, body: { bytes } };
    const reason = bytes.length < 22 + 2 ? 'length' : 'value';
    return refuse(reason, `${message.messageId} ${message.name}: no sub-message of it in ${bytes.length} bytes`);
  }
  const reader = new ByteReader(bytes);
  const vehicle = place.at === 0 ? null : readVehicle(reader, place.at > 22);
  const id = reader.u16();
  const { data, flags } = readLength(reader.rest(), id);
  const named: Open = {
    ...message,
    subId: idText(id),
    subName: subMessages[idText(id)]?.name ?? 'unknown',
    vehicle,
    ...(vehicle && answeredByPlate.has(id) ? { vehicleBytes: Uint8Array.from(bytes.subarray(0, vehicleBytes)) } : {}),
    flags: [...message.flags, ...flags],
  };
  const read = readSub(named, id, data);
  return isRefusal(read) ? { ...read, detail: `${named.subId} ${named.subName}: ${read.detail}` } : read;
}

function readVehicle(reader: ByteReader, extended: boolean): Vehicle {
  const plate = plateText(reader.take(plateBytes));
  const terminal = extended ? { terminalId: printable(reader.take(7)) } : {};
  const colour = reader.u8();
  return { plate, ...terminal, colour, colourName: colours[colour] ?? `unknown ${colour}` };
}

/** JT/T 415-2006 §5.4.12, JT/T 697.7-2014 §5.6. */
const colours: Readonly<Record<number, string>> = {
  1: 'blue',
  2: 'yellow',
  3: 'black',
  4: 'white',
  5: 'green',
  9: 'other',
  91: 'farm yellow',
  92: 'farm green',
  93: 'yellow green',
  94: 'gradient green',
};

/** The frame is whole, so a wrong length of its sub-message is its sender's mistake: what is there is read, and flagged. */
function readLength(rest: Uint8Array, id: number): { data: Uint8Array; flags: QualityFlag[] } {
  if (rest.length < 4) return { data: rest, flags: rest.length === 0 ? [] : ['length_bad'] };
  const length = new ByteReader(rest).u32();
  const data = rest.subarray(4);
  if (length === data.length) return { data, flags: [] };
  /** Answers that 2019 gives a source before their length, which is 0 then. */
  const sourceFirst =
    (id === 0x1205 || id === 0x1206) && rest.length === 10 && rest.subarray(6).every((byte) => byte === 0);
  return sourceFirst ? { data: rest.subarray(0, 6), flags: [] } : { data, flags: ['length_bad'] };
}

function readSub(message: Open, id: number, data: Uint8Array): Jt809Message | Refusal {
  const { version } = message.header;
  if (id === 0x1202 || id === 0x9202) return withPositions(message, {}, [readOne(data, message)], data);
  if (id === 0x1203 || id === 0x9203) return readHistory(message, data);
  if (id === 0x1502) return readPicture(message, data);
  const kind = subMessages[idText(id)];
  if (!kind) return { ...message, body: { bytes: data } };
  const read = readFields(kind.layouts[version], data);
  if (isRefusal(read)) return read;
  return { ...message, body: read.fields, flags: [...message.flags, ...read.flags] };
}

type Taken = { readonly position: Position | Refusal; readonly taken: number };

function readOne(data: Uint8Array, { header }: Open): Taken {
  const read = readPosition(data, formOf(data, header.version));
  return isRefusal(read) ? { position: read, taken: data.length } : read;
}

function withPositions(message: Open, body: Fields, read: readonly Taken[], data: Uint8Array): Jt809Message | Refusal {
  const only = read.length === 1 && read[0] ? read[0].position : null;
  if (isRefusal(only)) return only;
  const left = data.length - read.reduce((sum, { taken }) => sum + taken, 0);
  const positions = read.map(({ position }) => position);
  const whole = positions.filter((position): position is Position => !isRefusal(position));
  const flags = new Set<QualityFlag>(message.flags);
  if (left > 0 || whole.some(({ form, platforms }) => form === '2019' && platforms.length === 0)) flags.add('partial');
  if (whole.some(({ form }) => form === '2011' && message.header.version === '2019')) flags.add('version_old');
  const trailing = left > 0 ? { trailing: data.subarray(data.length - left) } : {};
  return { ...message, body: { ...body, ...trailing }, positions, flags: [...flags] };
}

/** A count, then positions one behind the other. The standard allows five; what is there is read. */
function readHistory(message: Open, data: Uint8Array): Jt809Message | Refusal {
  const count = data[0];
  if (count === undefined) return refuse('length', 'no count');
  const all = data.subarray(1);
  const form = all.length === count * bytesOf2011 ? '2011' : message.header.version;
  const read: Taken[] = [];
  let at = 0;
  while (read.length < count) {
    const one = readPosition(all.subarray(at), form);
    if (isRefusal(one)) {
      read.push({
        position: { ...one, detail: `position ${read.length + 1} of ${count}: ${one.detail}` },
        taken: all.length - at,
      });
      break;
    }
    read.push(one);
    at += one.taken;
  }
  return withPositions({ ...message, flags: [...message.flags, 'backfill'] }, { count }, read, all);
}

/**
 * Whether a picture came, where it was taken, the picture. In 2019 the request it answers stands before; the place may have either form,
 * and the right one leaves as many bytes as the picture has. A place without a time was not filled in.
 */
function readPicture(message: Open, data: Uint8Array): Jt809Message | Refusal {
  const head = new ByteReader(data);
  const answered = data.length > 6 && data[0] === 0x95 && data[1] === 0x02;
  const source = answered ? { sourceId: idText(head.u16()), sourceSerial: head.u32() } : {};
  const flag = head.u8();
  const rest = head.rest();
  const forms: readonly Version[] = message.header.version === '2019' ? ['2019', '2011'] : ['2011', '2019'];
  const attempts = forms.map((form) => pictureAfter(rest, form));
  const attempt = attempts.find((one) => !isRefusal(one) && one.left === 0) ?? attempts[0]!;
  if (isRefusal(attempt)) return attempt;
  const { position, picture, left } = attempt;
  const flags = left > 0 ? [...message.flags, 'partial' as const] : message.flags;
  const positions = position.location.time === null ? [] : [position];
  return { ...message, body: { ...source, flag, ...picture }, positions, flags };
}

function pictureAfter(bytes: Uint8Array, form: Version) {
  const place = readPosition(bytes, form);
  if (isRefusal(place)) return place;
  const reader = new ByteReader(bytes.subarray(place.taken));
  const [lens, length] = [reader.u8(), reader.u32()];
  const picture = { lens, size: reader.u8(), format: reader.u8(), picture: reader.take(length) };
  if (reader.overran) return refuse('length', `the picture states ${length} bytes, they are not there`);
  return { position: place.position, picture, left: reader.left };
}

type Read = { readonly fields: Fields; readonly flags: readonly QualityFlag[]; readonly password: Secret | null };

type Attempt = { readonly fields: Layout; readonly values: Fields; readonly reader: ByteReader };

/** By the first form that the bytes fill exactly; else by the edition's own, with what is too much kept and flagged. */
function readFields(layouts: readonly Layout[], bytes: Uint8Array): Read | Refusal {
  let own: Attempt | null = null;
  let exact: Attempt | null = null;
  for (const fields of layouts) {
    const reader = new ByteReader(bytes);
    const attempt = { fields, values: readLayout(fields, reader), reader };
    own ??= attempt;
    if (reader.overran || reader.left > 0) continue;
    exact = attempt;
    break;
  }
  const attempt = exact ?? own;
  if (!attempt || attempt.reader.overran)
    return refuse('length', `the body of ${bytes.length} bytes ends inside a field`, bytes.length);
  const password = secretOf(attempt.fields, bytes);
  if (exact) return { fields: attempt.values, flags: [], password };
  const trailing = attempt.reader.rest();
  return { fields: { ...attempt.values, trailing }, flags: ['partial'], password };
}

function secretOf(fields: Layout, bytes: Uint8Array): Secret | null {
  const span = secretsOf(fields).find(({ name }) => name === 'password');
  return span ? new Secret(Buffer.from(bytes.subarray(span.at, span.at + span.bytes)).toString('latin1')) : null;
}
