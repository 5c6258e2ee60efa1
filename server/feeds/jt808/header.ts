import { ByteReader } from '../byte-reader.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { checksum, minContentBytes, unwrap } from './frame.ts';

/** 2011 and 2013 share one header; what tells them apart is the body of some messages. */
export type Version = '2013' | '2019';

export type Header = {
  readonly messageId: number;
  readonly version: Version;
  /** The revision byte of 2019 terminals; null before. */
  readonly protocolVersion: number | null;
  /** The digits as sent: 12 (2011, 2013) or 20 (2019). Vendors also send hexadecimal letters. */
  readonly terminal: string;
  readonly serial: number;
  readonly bodyLength: number;
  readonly part: { readonly total: number; readonly index: number } | null;
};

export type Content = {
  readonly header: Header;
  readonly body: Uint8Array /** The sender forgot to escape a byte; the checksum says that we read it right. */;
  readonly bare: boolean;
};

/** One frame as header and body: flags, escapes, checksum, length and encryption are judged here, the meaning of the body is not. */
export function readContent(frame: Uint8Array): Content | Refusal {
  const unwrapped = unwrap(frame);
  if ('refused' in unwrapped) return unwrapped;
  const read = readUnwrapped(unwrapped.content, frame.length);
  const { bareAt } = unwrapped;
  if ('refused' in read) {
    const escapes = read.refused === 'unsupported' || bareAt === null ? null : bareAt;
    return escapes === null
      ? read
      : refuse('framing', `a byte that should be escaped is not (${read.detail})`, escapes);
  }
  return { ...read, bare: bareAt !== null };
}

function readUnwrapped(content: Uint8Array, frameBytes: number): Omit<Content, 'bare'> | Refusal {
  if (content.length < minContentBytes)
    return refuse('truncated', `${content.length} bytes are less than a header and a checksum`, frameBytes);
  const stated = content[content.length - 1]!;
  const computed = checksum(content, content.length - 1);
  if (stated !== computed)
    return refuse('checksum', `stated ${hex(stated, 2)}, computed ${hex(computed, 2)}`, frameBytes - 2);

  const reader = new ByteReader(content.subarray(0, -1));
  const messageId = reader.u16();
  const properties = reader.u16();
  const version: Version = properties & 0x4000 ? '2019' : '2013';
  const protocolVersion = version === '2019' ? reader.u8() : null;
  const terminal = reader.hex(version === '2019' ? 10 : 6);
  const serial = reader.u16();
  const part = properties & 0x2000 ? { total: reader.u16(), index: reader.u16() } : null;
  if (reader.overran) return refuse('truncated', `the ${version} header is not complete`, frameBytes);

  const bodyLength = properties & 0x03ff;
  const body = reader.rest();
  if (body.length !== bodyLength)
    return refuse('length', `the header states ${bodyLength} bytes of body, there are ${body.length}`, 3);
  const encryption = (properties >> 10) & 0x07;
  if (encryption !== 0) return refuse('unsupported', `the body is encrypted (method ${encryption})`, 3);
  if (part && (part.total === 0 || part.index === 0 || part.index > part.total))
    return refuse('value', `part ${part.index} of ${part.total}`, version === '2019' ? 18 : 13);
  return { header: { messageId, version, protocolVersion, terminal, serial, bodyLength, part }, body };
}

export const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
export const idText = (messageId: number): string => `0x${hex(messageId, 4)}`;

/** 13912344321 is the same terminal whether a 2013 frame gives it 12 digits or a 2019 frame 20. */
export function terminalKey(terminal: string): string {
  return terminal.replace(/^0+/, '').padStart(12, '0');
}
