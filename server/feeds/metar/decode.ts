import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { frame } from './frame.ts';
import type { MetarDocument } from './message.ts';
import { readReport } from './read-report.ts';

/** A poll brings every aerodrome of a country: a few hundred kilobytes. */
export const maxFrameBytes = 1 << 20;

const ascii = new TextDecoder('latin1');
/** Reports on one line, each with its word in front. */
const another = /\s(?=(?:METAR|SPECI|TAF)\s+(?:(?:COR|AMD|AUTO)\s+)*[A-Z][A-Z\d]{3}\s+\d{6}Z)/i;

const dateLine = /^\d{4}\/\d{2}\/\d{2}\s+\d{2}:\d{2}\s+/;

/** The reports of one cut. A date above them is the first one's. */
function textsOf(cut: string): string[] {
  const text = cut.trim();
  const date = dateLine.exec(text)?.[0] ?? '';
  const [first = '', ...more] = text.slice(date.length).split(another);
  return [`${date}${first}`, ...more];
}

/** One report, or a document of them: what a poll brings, or a bulletin. */
export function decode(bytes: Uint8Array): MetarDocument | Refusal {
  if (bytes.length === 0) return refuse('empty', 'no bytes');
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  // An empty line behind it closes the last report.
  const closed = new Uint8Array(bytes.length + 2).fill(0x0a);
  closed.set(bytes);
  const { frames } = frame(closed);
  const reports: MetarDocument['reports'][number][] = [];
  const unreadable: Refusal[] = [];
  for (const one of frames)
    for (const text of textsOf(ascii.decode(one))) {
      if (/^\s*(?:METAR|SPECI|TAF)\s*=?\s*$/i.test(text)) continue;
      const report = readReport(text);
      if (!isRefusal(report)) reports.push(report);
      else unreadable.push({ ...report, offset: one.byteOffset - closed.byteOffset });
    }
  if (reports.length === 0) return unreadable[0] ?? refuse('not_protocol', 'holds no report', 0);
  const [first] = reports;
  const name = reports.length === 1 ? `${first!.type} ${first!.station}` : `${reports.length} reports`;
  return { name, reports, unreadable };
}
