import { crc } from './crc.ts';
import { enclose, head, holdsTogether, shortHeaderBytes, tail, unwrapBest } from './frame.ts';
import { headerBytes, idText, isFamily, readHeader, subIdPlace } from './header.ts';
import { type Layout, secretsOf } from './layout.ts';
import { families, linkMessages, subMessages } from './messages.ts';

const star = 0x2a;
const crcBytes = 2;
const subHeaderBytes = 6;
const vehicleBytes = 22;

/**
 * The bytes as they may be kept: every secret is replaced by asterisks of its length, and a right checksum is made right again, so that
 * what is kept can be decoded again. The cipher works byte by byte, so that the place of a secret is the same in an enciphered body.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const start = frame[0] === head ? 1 : 0;
  const end = frame.length > start && frame[frame.length - 1] === tail ? frame.length - 1 : frame.length;
  const { content } = unwrapBest(frame.subarray(start, end));
  if (content.length <= shortHeaderBytes) return Uint8Array.from(frame);
  const sound = holdsTogether(content);
  const kept = Uint8Array.from(content);
  const spans = sound ? secretSpans(content) : doubtfulSpans(content);
  if (spans.length === 0) return Uint8Array.from(frame);
  for (const [from, to] of spans) kept.fill(star, from, to);
  const marks = { start: start === 1, end: end < frame.length };
  if (sound) return trim(enclose(kept.subarray(0, -crcBytes)), 0, marks);
  /** `enclose` adds a checksum; a broken frame keeps the one it came with, and no mark that it did not have. */
  const added = [crc(kept) >> 8, crc(kept) & 0xff].reduce((bytes, byte) => bytes + (special.has(byte) ? 2 : 1), 0);
  return trim(enclose(kept), added, marks);
}

const special = new Set([0x5a, 0x5b, 0x5d, 0x5e]);

function trim(enclosed: Uint8Array, added: number, had: { start: boolean; end: boolean }): Uint8Array {
  const inner = enclosed.subarray(1, enclosed.length - 1 - added);
  return Uint8Array.from([...(had.start ? [head] : []), ...inner, ...(had.end ? [tail] : [])]);
}

type Spans = readonly (readonly [number, number])[];

function secretSpans(content: Uint8Array): Spans {
  const { version, messageId, encrypted } = readHeader(content.subarray(0, -crcBytes));
  const bodyAt = headerBytes(version);
  const end = content.length - crcBytes;
  const body = content.subarray(bodyAt, end);
  const link = linkMessages[idText(messageId)];
  if (link) return spansOf(link.layouts[version], bodyAt, body.length);
  if (!isFamily(messageId)) return [];
  if (encrypted) return hidden.has(messageId) ? [[Math.min(bodyAt + vehicleBytes, end), end]] : [];
  const place = subIdPlace(body, messageId);
  if (place === null) return hidden.has(messageId) ? [[bodyAt, end]] : [];
  const kind = subMessages[idText((body[place.at]! << 8) | body[place.at + 1]!)];
  const dataAt = place.at + subHeaderBytes;
  return kind ? spansOf(kind.layouts[version], bodyAt + dataAt, body.length - dataAt) : [];
}

/** Families with secrets in some of their sub-messages. */
const hidden = new Set(
  Object.entries(subMessages)
    .filter(([, { layouts }]) => layouts['2019'].some((fields) => secretsOf(fields).length > 0))
    .map(([id]) => Number(id) & 0xff00),
);

function spansOf(layouts: readonly Layout[], at: number, length: number): Spans {
  return layouts.flatMap((fields) =>
    secretsOf(fields).map((span): readonly [number, number] => [
      at + Math.min(span.at, length),
      at + Math.min(span.at + span.bytes, length),
    ]),
  );
}

/** A frame that is damaged may be a login whose id no longer says so. Only what surely carries no secret is kept. */
function doubtfulSpans(content: Uint8Array): Spans {
  const messageId = (content[8]! << 8) | content[9]!;
  if (families[idText(messageId)] && !hidden.has(messageId)) return [];
  return [[shortHeaderBytes, content.length]];
}
