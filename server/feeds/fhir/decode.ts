import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, readJsonDocument, readUtf8, textOf } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { CountReport, FhirDocument, Place } from './message.ts';
import { readLocation, readMeasureReport } from './read-resource.ts';
import { readTable } from './read-table.ts';
import { keyOf } from './references.ts';

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
  if (first === 0x3c) return inXml(bytes);
  if (first === 0x7b || first === 0x5b) {
    const read = readJsonDocument(bytes);
    return 'refused' in read ? (byLines(bytes) ?? read) : readResources(read.json);
  }
  const text = tableText(bytes);
  return typeof text === 'string' ? readTable(text) : text;
}

/** Resources of FHIR have names with a capital; anything else in brackets is another thing altogether. */
function inXml(bytes: Uint8Array): Refusal {
  const head = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  return head.includes('hl7.org/fhir') || /<[A-Z]\w*[\s/>]/.test(head)
    ? refuse('unsupported', 'FHIR in XML: ask for application/fhir+json')
    : refuse('not_protocol', 'neither JSON nor a table', 0);
}

/** A bulk export: a resource a line. Null where the first line is none. */
function byLines(bytes: Uint8Array): FhirDocument | Refusal | null {
  const first = bytes.indexOf(0x0a);
  if (first === -1 || 'refused' in readJsonDocument(bytes.subarray(0, first))) return null;
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length && lines.length <= mostEntries; ) {
    const end = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(at, end === -1 ? bytes.length : end);
    if (line.some((byte) => byte > 0x20)) lines.push(line);
    at = end === -1 ? bytes.length : end + 1;
  }
  const read = lines.map((line) => readJsonDocument(line));
  const broken = read.find((one) => 'refused' in one);
  if (broken && 'refused' in broken) return broken;
  const entry = read.flatMap((one) => ('json' in one ? [{ resource: one.json }] : []));
  return readResources({ resourceType: 'Bundle', entry });
}

type Entry = { readonly resource: JsonValue; readonly fullUrl: string | null };

/** A Bundle's entries, one within the other at most once (a search of collections), and what an operation gives back. */
function flatten(value: JsonValue, depth = 0, fullUrl: string | null = null): Entry[] {
  if (!isObject(value) || depth > 2) return [{ resource: value, fullUrl }];
  const held =
    value.resourceType === 'Bundle' ? value.entry : value.resourceType === 'Parameters' ? value.parameter : null;
  if (held === null) return [{ resource: value, fullUrl }];
  return (Array.isArray(held) ? held : []).flatMap((entry) =>
    isObject(entry) && entry.resource !== undefined ? flatten(entry.resource, depth + 1, textOf(entry.fullUrl)) : [],
  );
}

/** What entries call one another by, to what they are known by from one message to the next. */
function aliasesOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const named = entries.flatMap(({ resource, fullUrl }) => {
    const key = isObject(resource) && fullUrl !== null ? keyOf(resource) : null;
    return key === null || fullUrl === null ? [] : [[fullUrl, key] as const];
  });
  return new Map(named);
}

function readResources(root: JsonValue): FhirDocument | Refusal {
  if (!isObject(root) || textOf(root.resourceType) === null) return refuse('not_protocol', 'no resourceType');
  const bundle = root.resourceType === 'Bundle' || root.resourceType === 'Parameters';
  const resources = flatten(root);
  const aliases = aliasesOf(resources);
  if (resources.length > mostEntries) return refuse('too_large', `more than ${mostEntries} entries`);
  const reports: CountReport[] = [];
  const places: Place[] = [];
  const unreadable: Refusal[] = [];
  const others: Record<string, number> = Object.create(null);
  for (const { resource } of resources) {
    const type = isObject(resource) ? textOf(resource.resourceType) : null;
    if (!isObject(resource) || type === null) {
      unreadable.push(refuse('schema', 'an entry without resourceType'));
      continue;
    }
    if (type === 'OperationOutcome' && !(bundle && isAdvice(resource.issue)))
      unreadable.push(outcomeOf(resource.issue));
    else if (type === 'MeasureReport' && !isOfOnePerson(resource))
      keep(readMeasureReport(resource, aliases), reports, unreadable);
    else if (type === 'Location') keep(readLocation(resource, aliases), places, unreadable);
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

/** A report about one patient says nothing of a house, and is not read. */
const isOfOnePerson = ({ type, subject }: JsonObject): boolean =>
  type === 'individual' || (isObject(subject) && /(?:^|\/)Patient\//.test(textOf(subject.reference) ?? ''));

/** Hints beside the data of a search ("an unknown parameter was ignored"). */
const isAdvice = (issues: JsonValue | undefined): boolean =>
  Array.isArray(issues) &&
  issues.length > 0 &&
  issues.every((issue) => isObject(issue) && ['information', 'warning'].includes(textOf(issue.severity) ?? ''));

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
