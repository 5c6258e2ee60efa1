import { capLinks } from '@/server/feeds/cap/links.ts';
import type { CapDocument } from '@/server/feeds/cap/message.ts';
import type { PushFeed } from '@/server/feeds/transport/accept-push.ts';
import { openHttpPoll } from '@/server/feeds/transport/http-poll.ts';
import type { FeedPort } from '@/server/feeds/transport/port.ts';
import { openTcpFeed } from '@/server/feeds/transport/tcp.ts';
import type { Turns } from '@/server/feeds/transport/turns.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import type { Address } from './feed-setting.ts';
import type { SettledFeed } from './settle-feeds.ts';

/** Something that takes in bytes of one feed or of several, until it is closed. */
export type OpenedFeed = {
  /** The first attempt is over, well or not. */
  readonly ready: Promise<unknown>;
  address(): Address | null;
  connections(): number;
  close(): Promise<void>;
};

/** What all feeds of a process share. */
export type Shared = {
  readonly intake: FeedPort;
  readonly turns: Turns;
  readonly mayAccept: () => boolean;
  readonly now: () => number;
};

export const pushFeedOf = ({ feed, department, protocol, options }: SettledFeed): PushFeed => ({
  id: feed.id,
  protocol,
  crs: feed.crs,
  options,
  kinds: feed.kinds,
  map: (record: FeedRecord, receivedAt: number) => department.map(record, { feedId: feed.id, receivedAt }),
});

/** The transport's door with the department's own mapping in between. */
export const mappedPort = (intake: FeedPort, { department }: SettledFeed): FeedPort => ({
  received: (feedId, byteCount, origin) => intake.received(feedId, byteCount, origin),
  refused: (feedId, refusal, bytes, origin) => intake.refused(feedId, refusal, bytes, origin),
  noise: (feedId, byteCount, origin) => intake.noise(feedId, byteCount, origin),
  status: (feedId, status) => intake.status(feedId, status),
  records: (feedId, delivery, origin) => {
    const context = { feedId, receivedAt: origin.receivedAt };
    const records = delivery.records.map((one) => department.map(one, context));
    return intake.records(feedId, { ...delivery, records }, origin);
  },
});

const streamOf = (of: SettledFeed, { intake, turns, now, mayAccept }: Shared) => ({
  feedId: of.feed.id,
  protocol: of.protocol,
  options: of.stated,
  crs: of.feed.crs,
  port: mappedPort(intake, of),
  now,
  mayAccept,
  turns,
});

function openPoll(of: SettledFeed, { intake, now }: Shared): OpenedFeed {
  const poll = openHttpPoll({
    feed: pushFeedOf(of),
    port: intake,
    url: of.url ?? '',
    intervalMs: of.intervalS * 1000,
    linksOf: of.feed.protocol === 'cap' ? (message) => capLinks(message as CapDocument) : undefined,
    now,
  });
  return { ready: Promise.resolve(), address: () => null, connections: () => 0, close: poll.close };
}

/** Feeds that stand for themselves; those that share a listener are opened together (open-feeds.ts). */
export const openers = {
  tcp: (of: SettledFeed, shared: Shared): OpenedFeed =>
    openTcpFeed({ ...streamOf(of, shared), host: of.listen?.host, listenPort: of.listen?.port ?? 0 }),
  'http-poll': openPoll,
} as const;
