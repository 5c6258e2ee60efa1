import type { Framed } from '../contract.ts';
import { documentIn, nextStart, startIn } from './start-line.ts';

/** A catalogue of some hundred cameras; UDP carries 64 KiB at most. */
export const maxFrameBytes = 256 * 1024;
export const maxHeadBytes = 16 * 1024;
const maxLineBytes = 4_096;

export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** What stands at one place of the text. `end` of -1: it is not whole yet; `closed`: unless nothing more comes. */
type Piece = { readonly start: number; readonly end: number; readonly closed?: boolean };

const isBlank = (code: number): boolean => code === 13 || code === 10 || code === 32 || code === 9;
const mark = '\xef\xbb\xbf';
/** A "<" that opens nothing is noise. */
const atDocument = (text: string, at: number): boolean => {
  const tag = text[at] === '\xef' && text.startsWith(mark, at) ? at + mark.length : at;
  return text[tag] === '<' && /[?!A-Z_a-z\x80-\xff]/.test(text[tag + 1] ?? '');
};

/**
 * SIP messages by their head and Content-Length, and MANSCDP documents that come alone (a relay, a file). CRLF between them keeps a
 * connection alive and is no noise.
 */
export function frame(buffer: Uint8Array): Framed {
  const text = latin1(buffer);
  const frames: Uint8Array[] = [];
  let noise = 0;
  let at = 0;
  for (;;) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    if (at >= text.length) return { frames, rest: buffer.subarray(text.length), noise };
    const piece = atDocument(text, at) ? documentAt(text, at) : lineAt(text, at);
    noise += piece.start - at;
    at = piece.start;
    if (piece.end > at) {
      frames.push(buffer.subarray(at, piece.end));
      at = piece.end;
    } else if (piece.end === -1 && text.length - at <= maxFrameBytes)
      return { frames, rest: buffer.subarray(at), noise, closed: piece.closed ?? false };
    else if (piece.end === -1) {
      noise += maxFrameBytes;
      at += maxFrameBytes;
    }
  }
}

/** A line begins a message, or is noise up to where one begins. An empty piece is noise only. */
function lineAt(text: string, at: number): Piece {
  const lineEnd = text.indexOf('\n', at);
  const line = text.slice(at, lineEnd === -1 ? text.length : lineEnd);
  const start = lineEnd === -1 ? -1 : startIn(line);
  if (start !== -1) return messageAt(text, at + start, lineEnd);
  const document = documentIn(line);
  if (document !== -1) return { start: at + document, end: at + document };
  if (lineEnd !== -1) return { start: lineEnd + 1, end: lineEnd + 1 };
  return { start: Math.max(at, text.length - maxLineBytes), end: -1 };
}

const rootName = /<([A-Za-z_\x80-\xff][^\s/>]*)/g;

/** Just behind the end of the document that begins here; -1 where it does not end in [at, to). */
function documentEnd(text: string, at: number, to: number): number {
  rootName.lastIndex = at;
  const root = rootName.exec(text);
  if (!root || root.index >= to) return -1;
  const tagEnd = text.indexOf('>', root.index);
  if (tagEnd !== -1 && tagEnd < to && text[tagEnd - 1] === '/') return tagEnd + 1;
  const closing = `</${root[1]}`;
  for (let found = text.indexOf(closing, root.index); found !== -1; found = text.indexOf(closing, found + 2)) {
    let end = found + closing.length;
    if (end >= to) return -1;
    while (end < to && isBlank(text.charCodeAt(end))) end++;
    if (text[end] === '>') return end < to ? end + 1 : -1;
  }
  return -1;
}

function documentAt(text: string, at: number): Piece {
  const end = documentEnd(text, at, text.length);
  const torn = nextStart(text, at, end === -1 ? text.length : end);
  if (torn !== -1) return { start: at, end: torn };
  return { start: at, end, closed: true };
}

const headEnds = /\r?\n\r?\n/;
/** Most heads end in the first; only longer ones are searched again. */
const headWindows = [1_024, 4_096, maxHeadBytes];
const lengthHeader = /^(?:content-length|l)[ \t]*:(?:[ \t]|\r?\n[ \t])*([^\r\n]*)/gim;
const typeHeader = /^(?:content-type|c)[ \t]*:/im;

/** What a head says of the length of its body: null where it says nothing, NaN where it makes no sense. */
export function statedLength(head: string): number | null {
  const values = [...head.matchAll(lengthHeader)].map(([, value = '']) => value.trim());
  const [first] = values;
  if (first === undefined) return null;
  return values.every((value) => value === first) && /^[0-9]{1,9}$/.test(first) ? Number(first) : Number.NaN;
}

function messageAt(text: string, start: number, lineEnd: number): Piece {
  let head = -1;
  for (const window of headWindows) {
    const to = Math.min(start + window, text.length);
    const blankLine = headEnds.exec(text.slice(lineEnd, to));
    head = blankLine ? lineEnd + blankLine.index + blankLine[0].length : -1;
    const torn = nextStart(text, lineEnd, head === -1 ? to : head);
    if (torn !== -1) return { start, end: torn };
    if (head !== -1 || to === text.length) break;
  }
  if (head === -1)
    return text.length - start >= maxHeadBytes ? { start: lineEnd + 1, end: lineEnd + 1 } : { start, end: -1 };
  const headText = text.slice(start, head);
  const stated = statedLength(headText);
  if (stated === null) return typeHeader.test(headText) ? unstated(text, start, head) : { start, end: head };
  /** `decode` says what is wrong with it. */
  if (!(stated <= maxFrameBytes - (head - start))) return { start, end: head };
  return stated > 0 && atDocument(text, skipBlanks(text, head, head + stated))
    ? { start, ...documentBody(text, head, stated) }
    : { start, end: head + stated <= text.length ? head + stated : -1 };
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Without Content-Length (allowed in a datagram): the document, or all there is. */
function unstated(text: string, start: number, head: number): Piece {
  const body = skipBlanks(text, head, text.length);
  const end = atDocument(text, body) ? documentEnd(text, body, text.length) : -1;
  if (end !== -1) return { start, end };
  const next = nextStart(text, head - 1, text.length);
  return next === -1 ? { start, end: -1, closed: true } : { start, end: next };
}

/**
 * Devices count characters for bytes, or a line end too many: where the document itself says otherwise it is believed. Which it is must
 * not depend on how much has come.
 */
function documentBody(text: string, head: number, stated: number): Omit<Piece, 'start'> {
  const bodyEnd = head + stated;
  const end = documentEnd(text, head, Math.min(bodyEnd, text.length));
  if (end !== -1) {
    const next = skipBlanks(text, end, Math.min(bodyEnd, text.length));
    if (next < bodyEnd && next < text.length) return { end };
    return bodyEnd <= text.length ? { end: bodyEnd } : { end: -1, closed: true };
  }
  const furthest = head + 3 * stated + 64;
  const longer = documentEnd(text, head, Math.min(furthest, text.length));
  const next = nextStart(text, head, longer === -1 ? Math.min(furthest, text.length) : longer);
  if (next !== -1) return { end: next >= bodyEnd ? bodyEnd : next };
  if (longer !== -1) return { end: longer };
  return text.length >= furthest ? { end: bodyEnd } : { end: -1, closed: text.length >= bodyEnd };
}
