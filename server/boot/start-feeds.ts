import type { ListedFeed } from '@/server/api/deps.ts';
import { type DepartmentFeed, loopback } from '@/server/departments/contract.ts';
import { departmentFeeds, feedById, type RegisteredFeed } from '@/server/departments/registry.ts';
import type { FeedState } from '@/server/domain/feed.ts';
import { capLinks } from '@/server/feeds/cap/links.ts';
import type { CapDocument } from '@/server/feeds/cap/message.ts';
import { Intake } from '@/server/feeds/intake.ts';
import { pushProfileSchema } from '@/server/feeds/push/profile.ts';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import type { PushPrincipal } from '@/server/feeds/transport/authenticate-token.ts';
import { openHttpPoll } from '@/server/feeds/transport/http-poll.ts';
import { openHttpPush } from '@/server/feeds/transport/http-push.ts';
import type { FeedPort } from '@/server/feeds/transport/port.ts';
import { openTcpFeed } from '@/server/feeds/transport/tcp.ts';
import { createTurns } from '@/server/feeds/transport/turns.ts';
import { changeFeed, registerFeed } from '@/server/ops/change-feed.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { FeedRecord } from '@/server/wire/record.ts';
import { type FeedPortDeps, feedPorts } from './feed-ports.ts';
import { socketShares } from './open-files.ts';

type Address = { readonly host: string; readonly port: number };
export type FeedAddresses = {
  readonly jt808: { readonly host: string; readonly port: number };
  readonly push: { readonly host: string; readonly port: number };
  /** Stream feeds by id that the installation moves or turns on. */
  readonly listen: ReadonlyMap<string, Address>;
  readonly capPollUrl: string | null;
};
export type FeedsDeps = Omit<FeedPortDeps, 'feedById'> & {
  readonly addresses: FeedAddresses;
  readonly authenticatePush: (token: string) => PushPrincipal | null | Promise<PushPrincipal | null>;
};

type Closable = { close(): Promise<void> };
export type Feeds = {
  readonly intake: Intake;
  readonly listed: readonly ListedFeed[];
  /** Where it really listens, once it does; ports of 0 are known then. */
  addresses(): { jt808: { host: string; port: number } | null; push: { host: string; port: number } | null };
  redecode(row: {
    feed: string;
    protocol: string;
    bytes: Uint8Array;
    receivedAt: number;
  }): Promise<{ records: number } | { refused: string; detail: string }>;
  start(): Promise<void>;
  close(): Promise<void>;
};

const system = systemActor('feeds', '数据接入');
const stateEveryMs = 1_000;
const pollEveryMs = 60_000;

function listedOf({ department, feed }: RegisteredFeed, addresses: FeedAddresses): ListedFeed {
  const at =
    feed.transport === 'tcp'
      ? `tcp ${tcpAddress(feed, addresses).host}:${tcpAddress(feed, addresses).port}`
      : feed.transport === 'http-push'
        ? `http ${addresses.push.host}:${addresses.push.port}/v1/${feed.protocol}`
        : `poll ${pollUrl(feed, addresses) ?? '—'}`;
  return {
    id: feed.id,
    title: feed.title['zh-CN'],
    protocol: feed.protocol,
    standard: protocolById(feed.protocol)?.standard ?? '',
    department: department.id,
    address: at,
    expectedIntervalS: feed.expectedIntervalS,
    crs: feed.crs,
    personal: feed.kinds.includes('call'),
  };
}

function tcpAddress(feed: DepartmentFeed, { jt808, listen }: FeedAddresses): Address {
  return listen.get(feed.id) ?? (feed.protocol === 'jt808' ? jt808 : feed.listen) ?? { host: loopback, port: 0 };
}

const isOn = ({ feed }: RegisteredFeed, addresses: FeedAddresses): boolean =>
  feed.transport === 'http-poll' ? pollUrl(feed, addresses) !== null : feed.enabled || addresses.listen.has(feed.id);

const pollUrl = (feed: DepartmentFeed, { capPollUrl }: FeedAddresses): string | null =>
  feed.protocol === 'cap' ? (capPollUrl ?? feed.url) : feed.url;

/** Listeners, pollers and what watches over them. */
export function startFeeds(deps: FeedsDeps): Feeds {
  const { addresses, now, onError } = deps;
  const feeds = departmentFeeds.filter((registered) => isOn(registered, addresses));
  const ports = feedPorts({ ...deps, feedById });
  const intake = new Intake(
    feeds.map(({ feed }) => ({ id: feed.id, protocol: feed.protocol, expectedIntervalS: feed.expectedIntervalS })),
    ports,
  );
  const listed = feeds.map((registered) => listedOf(registered, addresses));
  const open: Closable[] = [];
  const tcp = new Map<string, ReturnType<typeof openTcpFeed>>();
  let push: ReturnType<typeof openHttpPush> | null = null;
  let watch: NodeJS.Timeout | null = null;
  let closed = false;
  const known = new Map<string, FeedState>();
  const { feeds: mostConnections } = socketShares();
  const turns = createTurns();
  const mayAccept = () => [...tcp.values()].reduce((sum, one) => sum + one.connections(), 0) < mostConnections;

  const pushFeedOf = (registered: RegisteredFeed) => ({
    id: registered.feed.id,
    protocol: protocolById(registered.feed.protocol)!,
    crs: registered.feed.crs,
    kinds: registered.feed.kinds,
    map: (record: FeedRecord, receivedAt: number) =>
      registered.department.map(record, { feedId: registered.feed.id, receivedAt }),
  });

  /** A change of state is one entry in the log, whatever happens in between. */
  async function watchStates(): Promise<void> {
    for (const { id, state, reason } of intake.states()) {
      if (known.get(id) === state) continue;
      const answer = await changeFeed(deps, { id, state, reason }, system);
      if (!('refused' in answer)) known.set(id, state);
    }
  }

  return {
    intake,
    listed,
    addresses: () => ({ jt808: tcp.get('transport-jt808')?.address() ?? null, push: push?.address() ?? null }),
    async redecode({ feed, protocol: id, bytes, receivedAt }) {
      const protocol = protocolById(id);
      const registered = feedById(feed);
      if (!protocol || !registered) return { refused: 'unsupported', detail: `${id} ${feed}` };
      const message = protocol.decode(bytes);
      if (isRefusal(message)) return { refused: message.refused, detail: message.detail };
      const options = protocol.options.safeParse({});
      const mapped = protocol.map(message, { receivedAt, crs: registered.feed.crs, options: options.data });
      const context = { feedId: feed, receivedAt };
      const { kinds } = registered.feed;
      const records = mapped.flatMap((one) =>
        isRefusal(one) || !kinds.includes(one.kind) ? [] : [registered.department.map(one, context)],
      );
      const origin = { receivedAt, source: 'quarantine', connection: `quarantine/${receivedAt}` };
      const stored = await intake.records(feed, { raw: bytes, message, records, refusals: [] }, origin);
      return stored ? { records: records.length } : { refused: 'not_saved', detail: '' };
    },
    async start() {
      for (const of of listed) {
        const feed = {
          id: of.id,
          title: of.title,
          protocol: of.protocol,
          department: of.department,
          address: of.address,
        };
        const more = {
          expectedIntervalS: of.expectedIntervalS,
          crs: of.crs,
          state: 'unknown',
          since: now(),
          reason: null,
        } as const;
        await registerFeed(deps, { ...feed, ...more }, system);
      }
      for (const { department, feed } of feeds.filter((one) => one.feed.transport === 'tcp')) {
        const listening = openTcpFeed({
          feedId: feed.id,
          protocol: protocolById(feed.protocol)!,
          crs: feed.crs,
          port: mappedPort(intake, department.map),
          host: tcpAddress(feed, addresses).host,
          listenPort: tcpAddress(feed, addresses).port,
          now,
          mayAccept,
          turns,
        });
        tcp.set(feed.id, listening);
        open.push(listening);
      }
      const pushed = feeds.filter((one) => one.feed.transport === 'http-push');
      push = openHttpPush({
        feeds: pushed.map(pushFeedOf),
        authenticate: deps.authenticatePush,
        port: intake,
        host: addresses.push.host,
        listenPort: addresses.push.port,
        schema: pushProfileSchema,
        now,
      });
      open.push(push);
      for (const registered of feeds.filter((one) => one.feed.transport === 'http-poll')) {
        const url = pollUrl(registered.feed, addresses)!;
        open.push(
          openHttpPoll({
            feed: pushFeedOf(registered),
            port: intake,
            url,
            intervalMs: pollEveryMs,
            linksOf: registered.feed.protocol === 'cap' ? (message) => capLinks(message as CapDocument) : undefined,
            now,
          }),
        );
      }
      await Promise.all([...[...tcp.values()].map((one) => one.ready), push.ready]);
      const round = () => {
        if (closed) return;
        watch = setTimeout(() => {
          watchStates()
            .catch((error) => onError(error, { watch: 'feeds' }))
            .finally(round);
        }, stateEveryMs);
      };
      round();
    },
    async close() {
      closed = true;
      if (watch) clearTimeout(watch);
      await Promise.all(open.map((one) => one.close()));
      await ports.flush();
    },
  };
}

/** The transport's door with the department's own mapping in between. */
const mappedPort = (intake: FeedPort, map: RegisteredFeed['department']['map']): FeedPort => ({
  received: (feedId, byteCount, origin) => intake.received(feedId, byteCount, origin),
  refused: (feedId, refusal, bytes, origin) => intake.refused(feedId, refusal, bytes, origin),
  noise: (feedId, byteCount, origin) => intake.noise(feedId, byteCount, origin),
  status: (feedId, status) => intake.status(feedId, status),
  records: (feedId, delivery, origin) => {
    const context = { feedId, receivedAt: origin.receivedAt };
    return intake.records(feedId, { ...delivery, records: delivery.records.map((one) => map(one, context)) }, origin);
  },
});
