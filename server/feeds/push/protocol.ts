import { z } from 'zod';
import type { MapContext, Protocol } from '@/server/feeds/contract.ts';
import { isRefusal, type Refusal, refuse } from '@/server/feeds/refusal.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { mapRecord } from './map-record.ts';
import { type PushRecord, pushRecord } from './profile.ts';
import { type Batch, type BatchItem, readBatch } from './read-batch.ts';

const maxFrameBytes = 5 * 1024 * 1024;

/** A refusal that also names the member, as a JSON Pointer inside the record. */
export type PushRefusal = Refusal & { readonly path: string };
export type PushMessage = { readonly form: Batch['form']; readonly items: readonly (PushRecord | PushRefusal)[] };

const pointer = (path: readonly PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

function judge({ value, fault, offset }: BatchItem): PushRecord | PushRefusal {
  if (fault) return { ...fault, path: '' };
  const read = pushRecord.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const path = issue ? pointer(issue.path) : '';
  // What has the right shape and lies outside its bounds is a wrong value; everything else breaks the schema.
  const bounds = issue?.code === 'too_big' || issue?.code === 'too_small' || issue?.code === 'invalid_format';
  const detail = `${path || 'record'}: ${(issue?.message ?? 'not a record').slice(0, 300)}`;
  return { ...refuse(bounds ? 'value' : 'schema', detail, offset), path };
}

function decode(bytes: Uint8Array): PushMessage | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const batch = readBatch(bytes);
  return isRefusal(batch) ? batch : { form: batch.form, items: batch.items.map(judge) };
}

/** One result per record sent, in the order sent. */
const map = (message: PushMessage, context: MapContext): (FeedRecord | Refusal)[] =>
  message.items.map((item) => ('kind' in item ? mapRecord(item, context) : item));

export const push: Protocol<PushMessage, Record<string, never>> = {
  id: 'push',
  title: 'One Network push profile',
  standard: 'One Network push profile 1; cases after GB/T 30428 and CJJ/T 106, units UCUM, times ISO 8601',
  transports: ['http-push', 'mqtt'],
  options: z.object({}),
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
