import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { capLinks } from '@/server/feeds/cap/links.ts';
import type { CapDocument } from '@/server/feeds/cap/message.ts';
import type { PushFeed } from '@/server/feeds/transport/accept-push.ts';
import { openHttpPoll } from '@/server/feeds/transport/http-poll.ts';
import { withLinkBack } from '@/server/feeds/transport/link-back.ts';
import { openMqttSubscriber } from '@/server/feeds/transport/mqtt/subscriber.ts';
import { ownTopics } from '@/server/feeds/transport/mqtt/topic.ts';
import type { FeedPort } from '@/server/feeds/transport/port.ts';
import { openTcpFeed } from '@/server/feeds/transport/tcp.ts';
import { openTcpClient } from '@/server/feeds/transport/tcp-client.ts';
import type { Turns } from '@/server/feeds/transport/turns.ts';
import { openUdpFeed } from '@/server/feeds/transport/udp.ts';
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

const streamOf = (of: SettledFeed, { intake, turns, now }: Shared) => ({
  feedId: of.feed.id,
  protocol: of.protocol,
  options: of.stated,
  crs: of.feed.crs,
  port: mappedPort(intake, of),
  now,
  turns,
});
const listenOf = ({ listen }: SettledFeed) => ({ host: listen?.host, listenPort: listen?.port ?? 0 });
const nowhere = { address: () => null, connections: () => 0 };

/** Documents that name their next page carry it as `nextLink` (SensorThings). */
const nextLinkIn = (message: unknown): string | null =>
  typeof message === 'object' && message !== null && 'nextLink' in message && typeof message.nextLink === 'string'
    ? message.nextLink
    : null;

function openPoll(of: SettledFeed, { intake, turns, now }: Shared): OpenedFeed {
  const poll = openHttpPoll({
    feed: pushFeedOf(of),
    port: intake,
    url: of.url ?? '',
    headers: of.headers,
    intervalMs: of.intervalS * 1000,
    firstAfterMs: of.firstAfterMs,
    linksOf: of.feed.protocol === 'cap' ? (message) => capLinks(message as CapDocument) : undefined,
    nextLinkOf: (message) => nextLinkIn(message),
    turns,
    now,
  });
  return { ...nowhere, ready: Promise.resolve(), close: poll.close };
}

/** The same at every start of this machine, and of no other one: the broker keeps what came while we were away. */
const clientIdOf = (feedId: string): string =>
  `one-network-${feedId}-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}`;

export const openSubscriber = (of: SettledFeed, { intake, turns, now }: Shared): OpenedFeed => {
  const subscriber = openMqttSubscriber({
    feed: pushFeedOf(of),
    url: of.url ?? '',
    topics: of.topics.length > 0 ? of.topics : [ownTopics(of.feed.id)],
    clientId: clientIdOf(of.feed.id),
    port: intake,
    turns,
    now,
  });
  // A broker that does not answer holds up no start.
  return { ...nowhere, ready: Promise.resolve(), close: subscriber.close };
};

/** Feeds that stand for themselves; those that share a listener are opened together (open-feeds.ts). */
export const openers = {
  tcp: (of: SettledFeed, shared: Shared): OpenedFeed => {
    const stream = streamOf(of, shared);
    const { protocol, port, ...linked } = withLinkBack(stream);
    const feed = openTcpFeed({ ...stream, protocol, port, ...listenOf(of), mayAccept: shared.mayAccept });
    const close = () => linked.close().then(feed.close);
    return { ...feed, connections: () => feed.connections() + linked.links(), close };
  },
  udp: (of: SettledFeed, shared: Shared): OpenedFeed => {
    const feed = openUdpFeed({ ...streamOf(of, shared), ...listenOf(of) });
    // Its peers are remembered, and hold no socket.
    return { ...feed, connections: () => 1 };
  },
  'tcp-client': (of: SettledFeed, shared: Shared): OpenedFeed => {
    const { host = '', port: connectPort = 0 } = of.connect ?? {};
    const client = openTcpClient({ ...streamOf(of, shared), host, connectPort });
    return { ...nowhere, ...client, ready: Promise.resolve() };
  },
  'http-poll': openPoll,
} as const;
