import type { Framed } from '../contract.ts';

/** NMEA 0183 allows 82 characters, and receivers put whole messages of 100 and their own remarks on a line. */
const longestSentence = 512;
const longestTag = 512;
export const maxFrameBytes = longestTag + longestSentence + 2;

const [bang, dollar, backslash] = [0x21, 0x24, 0x5c];
const starts = (byte: number): boolean => byte === bang || byte === dollar;
/** Nothing that a sentence may hold: a line end, another control byte, or a byte outside ASCII. */
const breaks = (byte: number): boolean => byte < 0x20 || byte > 0x7e;
const isSpace = (byte: number): boolean => byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09;

/** A whole sentence, its tag block in front and a receiver's remarks behind: nothing but a line end may be missing. */
const complete = (bytes: Uint8Array): boolean => {
  const star = bytes.lastIndexOf(0x2a);
  return star !== -1 && star < bytes.length - 2 && bytes.indexOf(bang) + bytes.indexOf(dollar) > -2;
};

/**
 * Cuts a stream into sentences. One begins with `!` or `$`, or with a tag block between two `\`, and ends before the line end or before
 * the next sentence, since some relays lose the line ends. These characters are reserved, so the same bytes give the same sentences
 * however they were torn. Line ends belong to nobody and are not counted as noise.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  let at = 0;
  const skip = (to: number) => {
    for (; at < to; at++) if (!isSpace(buffer[at]!)) noise++;
  };
  const holding = () => {
    const rest = buffer.subarray(at);
    return { frames, noise, rest, closed: complete(rest) };
  };

  for (;;) {
    let begin = at;
    while (begin < buffer.length && !starts(buffer[begin]!) && buffer[begin] !== backslash) begin++;
    skip(begin);
    if (begin === buffer.length) return { frames, noise, rest: buffer.subarray(begin) };

    const sentence = afterTags(buffer, begin);
    if (sentence === 'wait') return holding();
    if (sentence.at === null) {
      skip(sentence.until);
      continue;
    }
    let end = sentence.at + 1;
    const limit = sentence.at + longestSentence;
    while (end < buffer.length && end < limit && !breaks(buffer[end]!) && !starts(buffer[end]!)) {
      if (buffer[end] === backslash) break;
      end++;
    }
    if (end === limit) {
      skip(end);
      continue;
    }
    if (end === buffer.length) return holding();
    frames.push(buffer.subarray(begin, end));
    at = end;
  }
}

type Tags = 'wait' | { readonly at: number; readonly until?: number } | { readonly at: null; readonly until: number };

/** Where the sentence behind one or more tag blocks begins; null where they are none, with the place to go on from. */
function afterTags(buffer: Uint8Array, begin: number): Tags {
  if (buffer[begin] !== backslash) return { at: begin };
  for (let at = begin + 1; ; at++) {
    if (at - begin > longestTag) return { at: null, until: at };
    if (at >= buffer.length) return 'wait';
    const byte = buffer[at]!;
    if (starts(byte) || breaks(byte)) return { at: null, until: at };
    if (byte !== backslash) continue;
    const next = buffer[at + 1];
    if (next === undefined) return 'wait';
    if (starts(next)) return { at: at + 1 };
    if (next !== backslash) return { at: null, until: at };
    at++;
  }
}
