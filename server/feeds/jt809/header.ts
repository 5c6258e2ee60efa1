import { ByteReader } from '../byte-reader.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { crc } from './crc.ts';
import { shortHeaderBytes, unwrap } from './frame.ts';

export type Version = '2011' | '2019';

export type Header = {
  readonly version: Version;
  /** What the length field states: the whole frame without its escapes, both marks counted. */
  readonly length: number;
  readonly serial: number;
  readonly messageId: number;
  /** The access code that the upper platform gave the lower one. */
  readonly centerId: number;
  /** As sent, e.g. `1.0.0`. It does not tell 2011 from 2019: both are sent with any number. */
  readonly protocolVersion: string;
  readonly encrypted: boolean;
  readonly key: number;
  /** 2019: the sender's clock, epoch ms; null where it shows no time, and before. */
  readonly sentAt: number | null;
};

export type Content = { readonly header: Header; readonly body: Uint8Array; readonly bare: boolean };

const crcBytes = 2;
/** 2019 put the sender's time behind the key. */
export const longHeaderBytes = shortHeaderBytes + 8;
export const headerBytes = (version: Version): number => (version === '2019' ? longHeaderBytes : shortHeaderBytes);

/** Bodies of one length only, by which the two headers are told apart: [2011, 2019]. */
const linkBodies: Readonly<Record<string, readonly [number, number]>> = {
  '0x1001': [46, 50],
  '0x1002': [5, 5],
  '0x1003': [12, 12],
  '0x1004': [0, 0],
  '0x1005': [0, 0],
  '0x1006': [0, 0],
  '0x1007': [1, 1],
  '0x1008': [1, 1],
  '0x9001': [4, 4],
  '0x9002': [1, 1],
  '0x9003': [4, 4],
  '0x9004': [0, 0],
  '0x9005': [0, 0],
  '0x9006': [0, 0],
  '0x9007': [1, 1],
  '0x9008': [1, 1],
  '0x9101': [20, 20],
};

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;

/**
 * Where the id of the sub-message stands: behind plate and colour, or first (platforms' own messages, alarms of 2019), or behind
 * plate, terminal and colour (an extension in use between operators).
 */
const subIdPlaces = [22, 0, 29] as const;

export type SubIdPlace = { readonly at: number; readonly exact: boolean };

/** Where a body of this family names one of its sub-messages; `exact`: the length behind it is that of the rest. */
export function subIdPlace(body: Uint8Array, family: number): SubIdPlace | null {
  let found: SubIdPlace | null = null;
  for (const at of subIdPlaces) {
    if (body.length < at + 2 || body[at] !== family >> 8 || body[at + 1] === 0) continue;
    const data = at + 6;
    const exact = data <= body.length && u16(body, at + 2) * 0x10000 + u16(body, at + 4) === body.length - data;
    if (exact) return { at, exact };
    found ??= { at, exact };
  }
  return found;
}

export const isFamily = (messageId: number): boolean => (messageId & 0xff) === 0;

/** Seconds by the standard; some send milliseconds. Null where it is neither of our time. */
export function epochMs(high: number, low: number): number | null {
  const value = high * 0x100000000 + low;
  if (value >= 946_684_800 && value < 4_102_444_800) return value * 1000;
  return value >= 946_684_800_000 && value < 4_102_444_800_000 ? value : null;
}

const timeAt = (content: Uint8Array, at: number): number | null => {
  const reader = new ByteReader(content.subarray(at, at + 8));
  const value = epochMs(reader.u32(), reader.u32());
  return reader.overran ? null : value;
};

function fitOf(body: Uint8Array, family: number): number {
  const place = subIdPlace(body, family);
  return place === null ? 0 : place.exact ? 2 : 1;
}

/**
 * A frame does not say which edition it follows. Its body does, where that has one length only or names its sub-message in a known
 * place; else a time of our days behind the key is the header of 2019.
 */
export function versionOf(content: Uint8Array, messageId: number, encrypted: boolean): Version {
  const [short, long] = [content.subarray(shortHeaderBytes), content.subarray(longHeaderBytes)];
  if (content.length < longHeaderBytes) return '2011';
  const lengths = linkBodies[idText(messageId)];
  let fits: readonly [number, number] = [0, 0];
  if (lengths) fits = [Number(short.length === lengths[0]), Number(long.length === lengths[1])];
  else if (isFamily(messageId) && !encrypted) fits = [fitOf(short, messageId), fitOf(long, messageId)];
  if (fits[0] !== fits[1]) return fits[1] > fits[0] ? '2019' : '2011';
  return timeAt(content, shortHeaderBytes) === null ? '2011' : '2019';
}

/** One frame as header and body: marks, escapes, length and checksum are judged here, the meaning of the body is not. */
export function readContent(frame: Uint8Array): Content | Refusal {
  const unwrapped = unwrap(frame);
  if ('refused' in unwrapped) return unwrapped;
  const { content: all, bare } = unwrapped;
  if (all.length < shortHeaderBytes + crcBytes)
    return refuse('truncated', `${all.length} bytes are less than a header and a checksum`, frame.length);
  const content = all.subarray(0, all.length - crcBytes);
  const header = readHeader(content);
  const stated = u16(all, content.length);
  const computed = crc(content);
  const lengthOk = header.length === all.length + 2;
  if (lengthOk && stated === computed) return { header, body: content.subarray(headerBytes(header.version)), bare };
  const [reason, at, detail]: Fault = lengthOk
    ? ['checksum', frame.length - 3, `stated ${hex(stated, 4)}, computed ${hex(computed, 4)}`]
    : ['length', 1, `the header states ${header.length} bytes, there are ${all.length + 2}`];
  return bare ? refuse('framing', `a byte that should be escaped is not (${detail})`, at) : refuse(reason, detail, at);
}

type Fault = readonly ['checksum' | 'length', number, string];

/** For content of at least `shortHeaderBytes`. */
export function readHeader(content: Uint8Array): Header {
  const reader = new ByteReader(content);
  const [length, serial, messageId, centerId] = [reader.u32(), reader.u32(), reader.u16(), reader.u32()];
  const protocolVersion = [reader.u8(), reader.u8(), reader.u8()].join('.');
  const encrypted = reader.u8() !== 0;
  const key = reader.u32();
  const version = versionOf(content, messageId, encrypted);
  const sentAt = version === '2019' ? timeAt(content, shortHeaderBytes) : null;
  return { version, length, serial, messageId, centerId, protocolVersion, encrypted, key, sentAt };
}

export const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
export const idText = (id: number): string => `0x${hex(id, 4)}`;
