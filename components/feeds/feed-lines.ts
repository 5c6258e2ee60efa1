import type { Feed, FeedState } from '@/server/domain/feed.ts';
import type { FeedRate } from '@/server/wire/realtime.ts';

/** What the process has counted of a feed since it started (`feed.list`). */
export type Figures = {
  readonly messages: number;
  readonly records: number;
  readonly bytes: number;
  readonly noiseBytes: number;
  readonly duplicates: number;
  readonly refused: Readonly<Record<string, number | undefined>>;
  readonly lastReceivedAt: number | null;
  readonly lastGoodAt: number | null;
  readonly messagesPerMinute: number;
  readonly recordsPerMinute: number;
  readonly connections: number;
  readonly transport: {
    readonly state: string;
    readonly at: number;
    readonly code: string;
    readonly facts: Readonly<Record<string, string | number>>;
  } | null;
};

export type ListedFeed = {
  readonly id: string;
  readonly title: string;
  readonly protocol: string;
  readonly standard: string;
  readonly department: string | null;
  readonly address: string;
  readonly expectedIntervalS: number | null;
  readonly crs: string;
  readonly figures: Figures | null;
};

export type HeldBack = {
  readonly feed: string;
  readonly reason: string;
  readonly open: number;
  readonly decoded: number;
};

export type FeedLine = Omit<ListedFeed, 'figures'> & {
  /** From the record: durable, and live. Null where the list was answered before the record arrived. */
  readonly state: FeedState;
  readonly since: number | null;
  readonly reason: string | null;
  /** Configured in this installation now; a record of an earlier one stays in the log. */
  readonly configured: boolean;
  readonly figures: Figures | null;
  readonly lastMessageAt: number | null;
  readonly lastGoodAt: number | null;
  readonly messagesPerMinute: number | null;
  readonly connections: number | null;
  readonly refusedTotal: number | null;
  /** Messages that wait in the quarantine; null where the viewer may not know. */
  readonly heldBack: number | null;
};

export type FeedSources = {
  readonly listed: readonly ListedFeed[];
  readonly records: readonly Feed[];
  readonly rates: readonly FeedRate[];
  readonly heldBack: readonly HeldBack[] | null;
};

const newest = (a: number | null | undefined, b: number | null | undefined): number | null =>
  a == null ? (b ?? null) : b == null ? a : Math.max(a, b);

function line(listed: ListedFeed | null, record: Feed | null, sources: FeedSources): FeedLine {
  const of = (listed ?? record) as Pick<
    Feed,
    'id' | 'title' | 'protocol' | 'department' | 'address' | 'expectedIntervalS' | 'crs'
  >;
  const rate = sources.rates.find((one) => one.feed === of.id);
  const figures = listed?.figures ?? null;
  return {
    id: of.id,
    title: of.title,
    protocol: of.protocol,
    standard: listed?.standard ?? '',
    department: of.department,
    address: of.address,
    expectedIntervalS: of.expectedIntervalS,
    crs: of.crs,
    state: record?.state ?? 'unknown',
    since: record?.since ?? null,
    reason: record?.reason ?? null,
    configured: listed !== null,
    figures,
    lastMessageAt: newest(rate?.lastMessageAt, figures?.lastReceivedAt),
    lastGoodAt: newest(rate?.lastGoodAt, figures?.lastGoodAt),
    messagesPerMinute: rate ? rate.messagesPerS * 60 : (figures?.messagesPerMinute ?? null),
    connections: rate?.connections ?? figures?.connections ?? null,
    refusedTotal: figures ? Object.values(figures.refused).reduce<number>((sum, count) => sum + (count ?? 0), 0) : null,
    heldBack:
      sources.heldBack?.filter((one) => one.feed === of.id).reduce((sum, one) => sum + Number(one.open), 0) ?? null,
  };
}

/** One line a feed, in the order of the list, which does not jump about when states change. */
export function feedLines(sources: FeedSources): FeedLine[] {
  const records = new Map(sources.records.map((record) => [record.id, record]));
  const listed = sources.listed.map((one) => line(one, records.get(one.id) ?? null, sources));
  const known = new Set(sources.listed.map((one) => one.id));
  const gone = sources.records
    .filter((record) => !known.has(record.id))
    .sort((a, b) => a.id.localeCompare(b.id))
    .map((record) => line(null, record, sources));
  return [...listed, ...gone];
}

export const isTrouble = (of: Pick<FeedLine, 'state' | 'configured'>): boolean =>
  of.configured && (of.state === 'late' || of.state === 'stale' || of.state === 'down');
