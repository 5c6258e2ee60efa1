import { latin1 } from './frame.ts';
import { isSecretName } from './manscdp.ts';

const star = 0x2a;
const headEnd = /\r?\n\r?\n/;
const documentStart = /^(?:\xef\xbb\xbf)?\s*</;
/** With its folded lines. */
const credentials = /^(?:proxy-)?authorization[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*/gim;
const response = /response\s*=\s*(?:"([^"]*)"?|([^\s,"]+))/gi;
const scheme = /^[^:]*:\s*(\S+)\s*/;
const uriPassword = /sips?:[^\s:@;<>,"]{0,128}:([^\s@;<>,"]{0,128})@/gi;
const secretElement = /<((?:[\w.-]{1,64}:)?[\w.-]{0,64}(?:password|passwd|pwd)[\w.-]{0,64})(?:\s[^<>]*)?>/gi;
const attribute = /=\s*(["'])/g;
const longestName = 128;

/**
 * The bytes as they may be kept: the answer to a challenge, passwords in URIs, and passwords that a catalogue or a configuration carries are
 * asterisks of the same length, so that what is kept can be decoded again.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const text = latin1(frame);
  const kept = Uint8Array.from(frame);
  const blank = (from: number, to: number) => kept.fill(star, from, to);
  const blankLast = (match: RegExpMatchArray, base = 0) => {
    const value = match[2] ?? match[1] ?? '';
    const end = base + (match.index ?? 0) + match[0].length - (/["'@]$/.test(match[0]) ? 1 : 0);
    blank(end - value.length, end);
  };

  const isDocument = documentStart.test(text.slice(0, 64));
  const end = isDocument ? null : headEnd.exec(text);
  const body = isDocument ? 0 : end ? end.index + end[0].length : text.length;
  for (const header of text.slice(0, body).matchAll(credentials)) {
    const base = header.index ?? 0;
    const named = scheme.exec(header[0]);
    if (named && named[1]?.toLowerCase() !== 'digest') blank(base + named[0].length, base + header[0].trimEnd().length);
    else for (const match of header[0].matchAll(response)) blankLast(match, base);
  }
  for (const match of text.matchAll(uriPassword)) blankLast(match);
  /** What looks like markup in a comment or a CDATA section ends with it. */
  const spanEnd = spansOf(text);
  for (const match of text.matchAll(attribute)) {
    if (!isSecretName(nameBefore(text, match.index ?? 0))) continue;
    const from = (match.index ?? 0) + match[0].length;
    blank(from, Math.min(valueEnd(text, from, match[1] ?? ''), spanEnd(match.index ?? 0)));
  }
  const elementSpanEnd = spansOf(text);
  let blanked = 0;
  for (const match of text.matchAll(secretElement)) {
    const from = (match.index ?? 0) + match[0].length;
    if (from < blanked || match[0].endsWith('/>')) continue;
    blanked = Math.min(contentEnd(text, from, match[1] ?? ''), elementSpanEnd(match.index ?? 0));
    if (blanked > from) blank(from, blanked);
  }
  /** Two-byte text is in no message that is read; what it says cannot be told from passwords. */
  if (zerosIn(frame, body) * 4 > frame.length - body) blank(body, kept.length);
  return kept;
}

const isNameCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;

/** The name of the attribute whose "=" stands at `at`. */
function nameBefore(text: string, at: number): string {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1] ?? '')) end--;
  let start = end;
  while (start > 0 && end - start < longestName && isNameCharacter(text.charCodeAt(start - 1))) start--;
  return text.slice(start, end);
}

/** At the quote, or where markup begins that no value may hold. */
function valueEnd(text: string, from: number, quote: string): number {
  let end = from;
  while (end < text.length && text[end] !== quote && text[end] !== '<') end++;
  return end;
}

function zerosIn(bytes: Uint8Array, from: number): number {
  let count = 0;
  for (let at = bytes.indexOf(0, from); at !== -1; at = bytes.indexOf(0, at + 1)) count++;
  return count;
}

const spans = /<\?[\s\S]*?(\?>|$)|<!--[\s\S]*?(-->|$)|<!\[CDATA\[[\s\S]*?(\]\]>|$)/g;

/** For places asked about in their order: where the instruction, comment or CDATA section around one ends, or infinity outside of all. */
function spansOf(text: string): (at: number) => number {
  const all = text.matchAll(spans);
  let current = all.next();
  return (at) => {
    while (!current.done && current.value.index + current.value[0].length <= at) current = all.next();
    if (current.done || current.value.index > at) return Number.POSITIVE_INFINITY;
    const [whole, ...closers] = current.value;
    return current.value.index + whole.length - (closers.find((one) => one !== undefined)?.length ?? 0);
  };
}

const pieces =
  /<\?[\s\S]*?(?:\?>|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<(\/?)([^\s<>/]+)[^<>]*?(\/?)>/g;

/** Where the end tag of an element stands whose content begins at `from`; the end of the text where there is none. */
function contentEnd(text: string, from: number, name: string): number {
  pieces.lastIndex = from;
  let depth = 1;
  for (let piece = pieces.exec(text); piece; piece = pieces.exec(text)) {
    const [, closes, tag, empty] = piece;
    if (tag !== name || empty) continue;
    depth += closes ? -1 : 1;
    if (depth === 0) return piece.index;
  }
  return text.length;
}
