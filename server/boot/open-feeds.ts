import { pushProfileSchema } from '@/server/feeds/push/profile.ts';
import type { PushPrincipal } from '@/server/feeds/transport/authenticate-token.ts';
import { openHttpPush } from '@/server/feeds/transport/http-push.ts';
import { openMqttBroker } from '@/server/feeds/transport/mqtt/broker.ts';
import type { FeedPort } from '@/server/feeds/transport/port.ts';
import { createTurns } from '@/server/feeds/transport/turns.ts';
import { type OpenedFeed, openers, openSubscriber, pushFeedOf, type Shared } from './feed-openers.ts';
import type { Address } from './feed-setting.ts';
import type { SettledFeed } from './settle-feeds.ts';

export type OpenFeedsWith = {
  readonly feeds: readonly SettledFeed[];
  readonly intake: FeedPort;
  readonly authenticate: (token: string) => PushPrincipal | null | Promise<PushPrincipal | null>;
  readonly push: Address;
  readonly now: () => number;
  /** Connections that all listeners may hold together. */
  readonly mostConnections: number;
};

export type OpenFeeds = {
  /** Every first attempt is over: what does not stand says so under its feed and goes on trying. */
  readonly ready: Promise<unknown>;
  /** Where a feed really listens, once it does. */
  addressOf(feedId: string): Address | null;
  push(): Address | null;
  close(): Promise<void>;
};

/** Listeners, connections and pollers of all feeds that are on. */
export function openFeeds({ feeds, intake, authenticate, push, now, mostConnections }: OpenFeedsWith): OpenFeeds {
  const opened = new Map<string, OpenedFeed>();
  const mayAccept = () =>
    [...new Set(opened.values())].reduce((sum, one) => sum + one.connections(), 0) < mostConnections;
  const shared: Shared = { intake, turns: createTurns(), mayAccept, now };

  const pushed = feeds.filter(({ feed }) => feed.transport === 'http-push');
  const listener = openHttpPush({
    feeds: pushed.map(pushFeedOf),
    authenticate,
    port: intake,
    host: push.host,
    listenPort: push.port,
    schema: pushProfileSchema,
    now,
    turns: shared.turns,
  });
  const asOpened: OpenedFeed = { ...listener, connections: () => 0 };
  for (const { feed } of pushed) opened.set(feed.id, asOpened);
  for (const [id, one] of openMqttFeeds(feeds, { shared, authenticate })) opened.set(id, one);
  for (const of of feeds) {
    const { transport } = of.feed;
    if (transport in openers) opened.set(of.feed.id, openers[transport as keyof typeof openers](of, shared));
  }
  const all = [...new Set([...opened.values(), asOpened])];
  return {
    ready: Promise.all(all.map((one) => one.ready)),
    addressOf: (feedId) => opened.get(feedId)?.address() ?? null,
    push: listener.address,
    close: async () => {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}

type Authenticate = OpenFeedsWith['authenticate'];

/** Feeds of an outside broker are subscribed one by one; the others share the broker at their address. */
function openMqttFeeds(
  feeds: readonly SettledFeed[],
  { shared, authenticate }: { shared: Shared; authenticate: Authenticate },
): Map<string, OpenedFeed> {
  const opened = new Map<string, OpenedFeed>();
  const byAddress = new Map<string, SettledFeed[]>();
  for (const of of feeds) {
    if (of.feed.transport !== 'mqtt') continue;
    if (of.url !== null) opened.set(of.feed.id, openSubscriber(of, shared));
    else if (of.listen) {
      const at = `${of.listen.host} ${of.listen.port}`;
      byAddress.set(at, [...(byAddress.get(at) ?? []), of]);
    }
  }
  for (const together of byAddress.values()) {
    const broker = openMqttBroker({
      feeds: together.map((of) => ({ ...pushFeedOf(of), topics: of.topics })),
      authenticate,
      port: shared.intake,
      host: together[0]?.listen?.host,
      listenPort: together[0]?.listen?.port ?? 0,
      now: shared.now,
      mayAccept: shared.mayAccept,
      turns: shared.turns,
    });
    for (const { feed } of together) opened.set(feed.id, broker);
  }
  return opened;
}
