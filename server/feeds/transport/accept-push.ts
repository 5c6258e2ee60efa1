import type { CrsName, FeedRecord, RecordKind } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { FeedPort, Origin } from './port.ts';
import { contentHash, judgeRepeat, type LedgerEntry, type PushLedger, type Remembered } from './push-ledger.ts';

/** One source behind the listener: its token names it, its protocol says at which path it may speak. */
export type PushFeed = {
  readonly id: string;
  readonly protocol: Protocol;
  readonly crs: CrsName;
  /** As `Protocol.options` gave them; the protocol's defaults where left out. */
  readonly options?: unknown;
  /** What this source may speak of; a water gauge files no calls. Everything where left out. */
  readonly kinds?: readonly RecordKind[];
  /** What the department says differs; identity where nothing does. */
  readonly map?: (record: FeedRecord, receivedAt: number) => FeedRecord;
};

/** What became of one record, in the order sent. */
export type PushResult =
  | {
      readonly index: number;
      readonly result: 'accepted' | 'duplicate';
      readonly dedupeKey: string;
      readonly revision: number;
    }
  | {
      readonly index: number;
      readonly result: 'refused';
      readonly reason: string;
      readonly path: string | null;
      readonly detail: string;
    };

export type PushOutcome = {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly results: readonly PushResult[];
};

type Push = { feed: PushFeed; bytes: Uint8Array; origin: Origin; into: FeedPort; ledger: PushLedger };

/** One body from bytes to stored, or the refusal of the whole. Nothing is called accepted before the port has said so. */
export async function acceptPush({
  feed,
  bytes,
  origin,
  into,
  ledger,
}: Push): Promise<PushOutcome | Refusal | 'unstored'> {
  const message = feed.protocol.decode(bytes);
  if (isRefusal(message)) {
    await into.refused(feed.id, message, bytes, origin);
    return message;
  }
  const context = { receivedAt: origin.receivedAt, crs: feed.crs, options: feed.options ?? {} };
  const mapped = feed.protocol.map(message, context).map((value) => {
    if (isRefusal(value)) return value;
    if (feed.kinds && !feed.kinds.includes(value.kind))
      return refuse('unsupported', `${feed.id} sends ${feed.kinds.join(', ')}, not ${value.kind}`);
    return feed.map ? feed.map(value, origin.receivedAt) : value;
  });
  const keys = mapped.flatMap((value) => (isRefusal(value) ? [] : [value.dedupeKey]));
  const judged = judgeAll(mapped, new Map(await ledger.find(feed.id, keys)));
  const delivery = { raw: bytes, message, records: judged.records, refusals: judged.refusals };
  const stored = await into.records(feed.id, delivery, origin).catch(() => false);
  if (!stored) return 'unstored';
  await ledger.remember(feed.id, judged.entries);
  const count = (result: PushResult['result']) => judged.results.filter((one) => one.result === result).length;
  return {
    received: mapped.length,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    refused: count('refused'),
    results: judged.results,
  };
}

function judgeAll(mapped: readonly (FeedRecord | Refusal)[], known: Map<string, Remembered>) {
  const records: FeedRecord[] = [];
  const refusals: Refusal[] = [];
  const entries: LedgerEntry[] = [];
  const results = mapped.map((value, index): PushResult => {
    if (isRefusal(value)) return refusedResult(value, index, refusals);
    const { dedupeKey, revision } = value;
    const now = { revision, contentHash: contentHash(value) };
    const verdict = judgeRepeat(known.get(dedupeKey) ?? null, now);
    if (verdict === 'conflict') {
      const detail = `${dedupeKey.slice(0, 200)}: came before with other content; a correction needs a higher revision`;
      return refusedResult(refuse('conflict', detail), index, refusals);
    }
    if (verdict === 'accepted') {
      known.set(dedupeKey, now);
      records.push(value);
      entries.push({ dedupeKey, ...now });
    }
    return { index, result: verdict, dedupeKey, revision };
  });
  return { records, refusals, entries, results };
}

function refusedResult(refusal: Refusal, index: number, into: Refusal[]): PushResult {
  into.push(refusal);
  const path = 'path' in refusal && typeof refusal.path === 'string' ? refusal.path : null;
  return { index, result: 'refused', reason: refusal.refused, path, detail: refusal.detail };
}
