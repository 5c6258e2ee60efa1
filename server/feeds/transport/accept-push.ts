import type { CrsName, FeedRecord, RecordKind } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { FeedPort, Origin } from './port.ts';
import { contentHash, judgeRepeat, type LedgerEntry, type PushLedger, type Remembered } from './push-ledger.ts';
import { inTurn, type Turns } from './turns.ts';

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

type Push = {
  readonly feed: PushFeed;
  readonly bytes: Uint8Array;
  readonly origin: Origin;
  readonly into: FeedPort;
  readonly ledger: PushLedger;
  /** A large message is work that everybody waits for: it is done by turns with all others. None: what came has had its turn. */
  readonly turns?: Turns | null;
};
type Judged = ReturnType<typeof judgeAll>;

/** Records judged and handed over in one turn: some milliseconds, and one command of those that need a person. */
export const recordsATurn = 100;

/** One body from bytes to stored, or the refusal of the whole. Nothing is called accepted before the port has said so. */
export async function acceptPush(push: Push): Promise<PushOutcome | Refusal | 'unstored'> {
  const { feed, bytes, origin, into, turns } = push;
  const read = () => {
    const decoded = feed.protocol.decode(bytes);
    return isRefusal(decoded) ? decoded : { message: decoded, mapped: mapAll(feed, decoded, origin.receivedAt) };
  };
  const opened = turns ? await inTurn(turns, 1, read) : read();
  if (isRefusal(opened)) {
    await into.refused(feed.id, opened, bytes, origin);
    return opened;
  }
  const { message, mapped } = opened;
  const results: PushResult[] = [];
  // A message that says nothing is delivered too.
  for (let from = 0; from === 0 || from < mapped.length; from += recordsATurn) {
    const part = mapped.slice(from, from + recordsATurn);
    const judged = await store(push, { message, part, from });
    if (!judged) return 'unstored';
    results.push(...judged.results);
  }
  const count = (result: PushResult['result']) => results.filter((one) => one.result === result).length;
  return {
    received: mapped.length,
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    refused: count('refused'),
    results,
  };
}

function mapAll(feed: PushFeed, message: unknown, receivedAt: number): (FeedRecord | Refusal)[] {
  const context = { receivedAt, crs: feed.crs, options: feed.options ?? {} };
  return feed.protocol.map(message, context).map((value) => {
    if (isRefusal(value)) return value;
    if (feed.kinds && !feed.kinds.includes(value.kind))
      return refuse('unsupported', `${feed.id} sends ${feed.kinds.join(', ')}, not ${value.kind}`);
    return feed.map ? feed.map(value, receivedAt) : value;
  });
}

type Part = { readonly message: unknown; readonly part: readonly (FeedRecord | Refusal)[]; readonly from: number };

/** One part of a message, remembered once it is stored; null: it is not. What was stored before it is known when all comes again. */
async function store(push: Push, { message, part, from }: Part): Promise<Judged | null> {
  const { feed, bytes, origin, into, ledger, turns } = push;
  const keys = part.flatMap((value) => (isRefusal(value) ? [] : [value.dedupeKey]));
  const known = new Map(await ledger.find(feed.id, keys));
  const handOver = async (): Promise<Judged | null> => {
    const judged = judgeAll(part, from, known);
    const { records, refusals, results } = judged;
    const repeated = results.filter(({ result }) => result === 'duplicate').length;
    const delivery = { raw: bytes, message, records, refusals, repeated, continued: from > 0 };
    return (await into.records(feed.id, delivery, origin).catch(() => false)) ? judged : null;
  };
  const inItsTurn = async (): Promise<Judged | null> => {
    if (!turns) return handOver();
    // What is no more than a share has had its turn with its reading.
    if (from === 0 && part.length <= turns.share) return turns.small(handOver());
    await turns.afterSmall();
    return inTurn(turns, part.length, handOver);
  };
  const stored = await inItsTurn();
  if (stored) await ledger.remember(feed.id, stored.entries);
  return stored;
}

function judgeAll(part: readonly (FeedRecord | Refusal)[], from: number, known: Map<string, Remembered>) {
  const records: FeedRecord[] = [];
  const refusals: Refusal[] = [];
  const entries: LedgerEntry[] = [];
  const results = part.map((value, at): PushResult => {
    const index = from + at;
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
