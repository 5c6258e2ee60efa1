import type { Framed } from '../contract.ts';

/** The longest aerodrome forecasts have some two thousand letters. */
const longestReport = 8_192;

const ascii = new TextDecoder('latin1');
const lineFeed = 0x0a;
const equals = 0x3d;
/** Not a letter of a report: SOH and ETX of a bulletin, or bytes of something else. Carriage returns and tabs are space. */
const breaks = (byte: number): boolean => (byte < 0x20 && byte !== 0x0d && byte !== 0x09) || byte > 0x7e;

const ends = (byte: number): boolean => byte === lineFeed || byte === equals || breaks(byte);
/** Start of heading and end of text of a bulletin. */
const envelopeByte = (byte: number): boolean => byte === 1 || byte === 2 || byte === 3;

const beginning = /^(?:METAR|SPECI|TAF)(?:\s|$)|^(?:(?:COR|AMD|AUTO)\s+)?[A-Z][A-Z\d]{3}\s+(?:\d{6}Z(?:\s|$)|NIL$)/i;
/** A report behind something else on its line: a heading, a word. */
const behind = /\s(?=(?:METAR|SPECI|TAF)\s+(?:(?:COR|AMD|AUTO|METAR|TAF)\s+)*[A-Z][A-Z\d]{3}\s+\d{6}Z?(?:\s|$))/i;
/** Headings of bulletins, their numbers, and the end of a message. */
const envelope = /^[A-Z]{4}\d{0,2}\s+[A-Z]{4}\s+\d{6}(?:\s+[A-Z]{3})?$|^\d{3}$|^\d{5}$|^\d{8,10}[A-Z]{2}$|^N{4}$/i;
const dateLine = /^\d{4}\/\d{2}\/\d{2}\s+\d{2}:\d{2}$/;
/** What announces a report that stands on the next line. */
const announces = /^(?:(?:METAR|SPECI|TAF|COR|AMD)\s*)+$|^\d{4}\/\d{2}\/\d{2}\s+\d{2}:\d{2}$/i;
/** All that reports and their remarks are written with. */
const plausible = /^[A-Z\d/+\-$.,:;()'"\s\\]*$/i;

type Open = { readonly start: number; readonly end: number; readonly announced: boolean };

/**
 * Cuts a stream into reports. One ends at `=`, at an empty line, at a control byte, and before a line that begins another one or belongs to a
 * bulletin; other lines continue it. A report that is not closed by `=` therefore waits for the line behind it.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  /** Where the report that is being read began, and where its last line ended. */
  let open = null as Open | null;
  let at = 0;

  const close = () => {
    if (open) frames.push(buffer.subarray(open.start, open.end));
    open = null;
  };
  while (at < buffer.length) {
    const start: number = open?.start ?? at;
    const limit = start + longestReport;
    let end = at;
    while (end < buffer.length && end < limit && !ends(buffer[end]!)) end++;
    if (end === limit) {
      // Too long for a report, whatever follows.
      noise += end - start;
      open = null;
      at = end;
      continue;
    }
    if (end === buffer.length) break;
    const stop = buffer[end]!;
    const text = ascii.decode(buffer.subarray(at, end));
    const line = text.trim();
    const starts: boolean = beginning.test(line);
    const later = starts || open ? -1 : text.search(behind);
    const dated: boolean = dateLine.test(line);

    if (later >= 0) {
      noise += later + 1;
      open = { start: at + later + 1, end, announced: false };
    } else if (line === '') {
      if (stop === lineFeed && open?.announced !== true) close();
    } else if (envelope.test(line) && !starts) close();
    else if (starts || dated) {
      if (!open?.announced || dated) close();
      const announced = announces.test(line);
      open = open ? { ...open, end, announced } : { start: at, end, announced };
    } else if (open && plausible.test(line)) open = { ...open, end, announced: false };
    else {
      close();
      noise += end - at;
    }

    if (stop === equals) {
      if (open) open = { ...open, end: end + 1 };
      else noise++;
      close();
    } else if (stop !== lineFeed) {
      close();
      if (!envelopeByte(stop)) noise++;
    }
    at = end + 1;
  }
  const rest = buffer.subarray(open?.start ?? at);
  return { frames, noise, rest, closed: rest.length > 0 };
}
