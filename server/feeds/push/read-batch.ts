import { validUtf8 } from '../decode-text.ts';
import { attempt, createJsonReader, type JsonFault, type JsonValue } from '../read-json.ts';
import { type Refusal, refuse } from '../refusal.ts';

export const pushProfile = 'one-network-push/1';
export const mostRecords = 5_000;

/** One record of a batch as it stood in the body, or why it could not be read. `offset` counts bytes. */
export type BatchItem = { readonly offset: number; readonly value: JsonValue; readonly fault: Refusal | null };
export type Batch = { readonly form: 'profile' | 'array' | 'ndjson'; readonly items: readonly BatchItem[] };

type Reader = ReturnType<typeof createJsonReader>;
type OffsetOf = (index: number) => number;

/** Character index to byte offset. Asked for in rising order only, so it walks the text once however many faults there are. */
function offsets(text: string, byteLength: number, skipped: number): OffsetOf {
  if (byteLength === text.length) return (index) => index + skipped;
  let [seen, bytes] = [0, skipped];
  return (index) => {
    if (index < seen) [seen, bytes] = [0, skipped];
    bytes += Buffer.byteLength(text.slice(seen, index), 'utf8');
    seen = index;
    return bytes;
  };
}

/** A batch in one of its three forms: the profile object, a bare array, or one record a line. */
export function readBatch(bytes: Uint8Array): Batch | Refusal {
  const skipped = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = bytes.subarray(skipped);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return refuse('encoding', 'the body is not UTF-8', skipped + validUtf8(body));
  }
  if (text.trim() === '') return refuse('empty', 'no body');
  const offsetOf = offsets(text, body.length, skipped);
  const reader = createJsonReader(text);
  const whole = attempt(() => document(reader, offsetOf));
  if (whole === 'lines') return single(text, offsetOf) ?? lines(text, offsetOf);
  return 'reason' in whole ? refuse(whole.reason, whole.detail, offsetOf(whole.index)) : whole;
}

function document(reader: Reader, offsetOf: OffsetOf): Batch | Refusal | JsonFault | 'lines' {
  if (reader.peek() === '[') {
    const items = records(reader, offsetOf);
    return 'reason' in items ? items : (atEnd(reader) ?? { form: 'array', items });
  }
  if (reader.peek() !== '{')
    return { reason: 'not_protocol', detail: 'neither an object nor an array', index: reader.position() };
  reader.expect('{');
  let profile: JsonValue | undefined;
  let items: BatchItem[] | null = null;
  for (let more = reader.peek() !== '}'; more; more = reader.peek() === ',') {
    if (profile !== undefined || items) reader.expect(',');
    const index = reader.position();
    if (reader.peek() !== '"') return { reason: 'syntax', detail: 'a key must be a string', index };
    const key = reader.read();
    reader.expect(':');
    if (key === 'records' && !items && reader.peek() === '[') {
      const read = records(reader, offsetOf);
      if ('reason' in read) return read;
      items = read;
    } else if (key === 'profile' && profile === undefined) profile = reader.read();
    else if (key === 'records' || key === 'profile')
      return { reason: 'schema', detail: `"${key}" twice, or "records" is no array`, index };
    // No member of the profile: a record by itself, alone or one a line.
    else if (profile === undefined && !items) return 'lines';
    else return { reason: 'schema', detail: `unknown member "${String(key).slice(0, 60)}" beside "records"`, index };
  }
  reader.expect('}');
  if (profile !== pushProfile)
    return {
      reason: profile === undefined ? 'schema' : 'unsupported',
      detail: `"profile" must be "${pushProfile}"`,
      index: 0,
    };
  if (!items) return { reason: 'schema', detail: '"records" is missing', index: 0 };
  const [fault] = reader.takeFaults();
  return fault ?? atEnd(reader) ?? { form: 'profile', items };
}

const atEnd = (reader: Reader): JsonFault | null =>
  reader.peek() === null ? null : { reason: 'syntax', detail: 'text after the end', index: reader.position() };

const tooMany = (index: number): JsonFault => ({
  reason: 'too_large',
  detail: `more than ${mostRecords} records`,
  index,
});

function records(reader: Reader, offsetOf: OffsetOf): BatchItem[] | JsonFault {
  const items: BatchItem[] = [];
  reader.expect('[');
  reader.takeFaults();
  for (let more = reader.peek() !== ']'; more; more = reader.peek() === ',') {
    if (items.length > 0) reader.expect(',');
    const index = reader.position();
    if (items.length >= mostRecords) return tooMany(index);
    const value = reader.read();
    items.push(item(value, index, reader.takeFaults(), offsetOf));
  }
  reader.expect(']');
  return items;
}

function item(value: JsonValue, index: number, [fault]: JsonFault[], offsetOf: OffsetOf): BatchItem {
  const offset = offsetOf(index);
  return { offset, value, fault: fault ? refuse(fault.reason, fault.detail, offsetOf(fault.index)) : null };
}

/** One record and nothing else, over as many lines as it likes. */
function single(text: string, offsetOf: OffsetOf): Batch | null {
  const reader = createJsonReader(text);
  const index = reader.position();
  const value = attempt(() => [reader.read(), reader.peek()] as const);
  if ('reason' in value || value[1] !== null) return null;
  return { form: 'ndjson', items: [item(value[0], index, reader.takeFaults(), offsetOf)] };
}

function lines(text: string, offsetOf: OffsetOf): Batch | Refusal {
  const items: BatchItem[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    if (line.trim() !== '') {
      if (items.length >= mostRecords) return refuse('too_large', `more than ${mostRecords} records`, offsetOf(start));
      items.push(readLine(line, start, offsetOf));
    }
    start = end === -1 ? text.length : end + 1;
  }
  return { form: 'ndjson', items };
}

function readLine(line: string, start: number, offsetOf: OffsetOf): BatchItem {
  const reader = createJsonReader(line);
  const read = attempt(() => {
    const value = reader.read();
    return { value, faults: [...reader.takeFaults(), atEnd(reader)].filter((fault) => fault !== null) };
  });
  const found = 'reason' in read ? { value: null, faults: [read] } : read;
  const shifted = found.faults.map((fault) => ({ ...fault, index: fault.index + start }));
  return item(found.value, start, shifted, offsetOf);
}
