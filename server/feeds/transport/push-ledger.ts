import { createHash } from 'node:crypto';
import { ownText } from '@/server/wire/own-text.ts';
import type { FeedRecord } from '@/server/wire/record.ts';

/** What is remembered of a record that was stored: enough to tell a repeat from a correction and from a clash. */
export type Remembered = { readonly revision: number; readonly contentHash: string };
export type Verdict = 'accepted' | 'duplicate' | 'conflict';

/** Same key and content, or an older revision: nothing new. Same key, other content, no higher revision: one of the two is wrong. */
export function judgeRepeat(before: Remembered | null, now: Remembered): Verdict {
  if (!before || now.revision > before.revision) return 'accepted';
  if (now.contentHash === before.contentHash || now.revision < before.revision) return 'duplicate';
  return 'conflict';
}

/** Members in the order of their names: two senders of one fact need not agree on order. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** Our receive time and what we concluded about the sender's clock from it are no part of what was said. */
export function contentHash(record: FeedRecord): string {
  const { receivedAt: _received, quality, ...said } = record;
  const flags = quality.flags.filter((flag) => flag !== 'clock_ahead' && flag !== 'late').sort();
  return createHash('sha256')
    .update(canonical({ ...said, flags }))
    .digest('base64url')
    .slice(0, 22);
}

export type LedgerEntry = Remembered & { readonly dedupeKey: string };

/** Memory of what each feed has sent, behind a port: in memory here, in the store where it must outlive the process. */
export type PushLedger = {
  find(feedId: string, dedupeKeys: readonly string[]): Promise<ReadonlyMap<string, Remembered>>;
  /** Called after the records were stored. */
  remember(feedId: string, entries: readonly LedgerEntry[]): Promise<void>;
};

/** Remembers the last keys of each feed, the oldest forgotten first. */
export function memoryLedger(mostPerFeed = 50_000): PushLedger {
  const feeds = new Map<string, Map<string, Remembered>>();
  return {
    async find(feedId, dedupeKeys) {
      const known = feeds.get(feedId);
      return new Map(
        dedupeKeys.flatMap((key) => {
          const found = known?.get(key);
          return found ? [[key, found] as const] : [];
        }),
      );
    },
    async remember(feedId, entries) {
      const known = feeds.get(feedId) ?? new Map<string, Remembered>();
      feeds.set(feedId, known);
      for (const { dedupeKey, revision, contentHash: hash } of entries) {
        known.delete(dedupeKey);
        known.set(ownText(dedupeKey), { revision, contentHash: hash });
        if (known.size > mostPerFeed) known.delete(known.keys().next().value as string);
      }
    },
  };
}
