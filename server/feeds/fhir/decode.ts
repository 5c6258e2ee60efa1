import type { JsonValue } from '../read-json.ts';
import { isObject, readJsonDocument, readUtf8, textOf } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { CountReport, FhirDocument, Place } from './message.ts';
import { readLocation, readMeasureReport } from './read-resource.ts';
import { readTable } from './read-table.ts';

export const maxFrameBytes = 5 * 1024 * 1024;
const mostEntries = 5_000;

/** Spreadsheets in China save in GB 18030; a table that is not UTF-8 is read so. */
function tableText(bytes: Uint8Array): string | Refusal {
  const utf8 = readUtf8(bytes);
  if ('text' in utf8) return utf8.text;
  if (utf8.refused !== 'encoding') return utf8;
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return refuse('encoding', 'neither UTF-8 nor GB 18030');
  }
}

export function decode(bytes: Uint8Array): FhirDocument | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const first = bytes.subarray(0, 256).find((byte) => ![9, 10, 13, 32, 0xef, 0xbb, 0xbf].includes(byte));
  if (first === undefined) return refuse('empty', 'no body', 0);
  if (first === 0x3c) return refuse('unsupported', 'FHIR in XML: ask for application/fhir+json');
  if (first === 0x7b || first === 0x5b) {
    const read = readJsonDocument(bytes);
    return 'refused' in read ? read : readResources(read.json);
  }
  const text = tableText(bytes);
  return typeof text === 'string' ? readTable(text) : text;
}

/** A Bundle's entries, one within the other at most once (a search of collections). */
function flatten(value: JsonValue, depth: number): JsonValue[] {
  if (!isObject(value) || value.resourceType !== 'Bundle' || depth > 1) return [value];
  const entries = Array.isArray(value.entry) ? value.entry : [];
  return entries.flatMap((entry) =>
    isObject(entry) && entry.resource !== undefined ? flatten(entry.resource, depth + 1) : [],
  );
}

function readResources(root: JsonValue): FhirDocument | Refusal {
  if (!isObject(root) || textOf(root.resourceType) === null) return refuse('not_protocol', 'no resourceType');
  const bundle = root.resourceType === 'Bundle';
  const resources = flatten(root, 0);
  if (resources.length > mostEntries) return refuse('too_large', `more than ${mostEntries} entries`);
  const reports: CountReport[] = [];
  const places: Place[] = [];
  const unreadable: Refusal[] = [];
  const others: Record<string, number> = Object.create(null);
  for (const resource of resources) {
    const type = isObject(resource) ? textOf(resource.resourceType) : null;
    if (!isObject(resource) || type === null) {
      unreadable.push(refuse('schema', 'an entry without resourceType'));
      continue;
    }
    if (type === 'OperationOutcome') unreadable.push(outcomeOf(resource.issue));
    else if (type === 'MeasureReport') keep(readMeasureReport(resource), reports, unreadable);
    else if (type === 'Location') keep(readLocation(resource), places, unreadable);
    else others[type.slice(0, 64)] = (others[type.slice(0, 64)] ?? 0) + 1;
  }
  if (!bundle && unreadable[0]) return unreadable[0];
  return { form: 'fhir', reports: joined(reports), places, others: { ...others }, unreadable };
}

/** Reports of one count each (beds, and beds in use) say together what is free: the same facility, time and standing. */
function joined(reports: readonly CountReport[]): CountReport[] {
  const groups = new Map<string, CountReport>();
  for (const [at, report] of reports.entries()) {
    const { facilityKey, periodEnd, date, status, test, counts } = report;
    const single = counts.length === 1;
    const key = single ? JSON.stringify([facilityKey, periodEnd, date, status, test]) : `report ${at}`;
    const before = groups.get(key);
    const repeated = before?.counts.some(({ code }) => code.toLowerCase() === counts[0]?.code.toLowerCase());
    if (before && !repeated) groups.set(key, { ...before, counts: [...before.counts, ...counts] });
    else groups.set(repeated ? `report ${at}` : key, report);
  }
  return [...groups.values()];
}

function keep<T>(read: T | Refusal, into: T[], unreadable: Refusal[]): void {
  if (isRefusal(read)) unreadable.push(read);
  else into.push(read);
}

/** What a server answers instead of data. */
function outcomeOf(issues: JsonValue | undefined): Refusal {
  const [issue] = Array.isArray(issues) ? issues : [];
  const code = isObject(issue) ? (textOf(issue.code) ?? 'unknown') : 'unknown';
  const denied = ['security', 'login', 'forbidden', 'expired'].includes(code);
  return refuse(
    denied ? 'unauthorized' : 'unsupported',
    `the server answers with an OperationOutcome: ${code.slice(0, 60)}`,
  );
}
