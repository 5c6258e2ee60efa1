import type { ListedFeed } from '@/server/api/deps.ts';
import { departmentFeeds } from '@/server/departments/registry.ts';
import type { FeedState } from '@/server/domain/feed.ts';
import { Intake } from '@/server/feeds/intake.ts';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import type { PushPrincipal } from '@/server/feeds/transport/authenticate-token.ts';
import { changeFeed, registerFeed } from '@/server/ops/change-feed.ts';
import { systemActor } from '@/server/store/actor.ts';
import { completingPorts } from './completing-ports.ts';
import { createDescribedStations } from './described-stations.ts';
import { type FeedPortDeps, feedPorts } from './feed-ports.ts';
import type { Address } from './feed-setting.ts';
import { listedFeed } from './list-feeds.ts';
import { type OpenFeeds, openFeeds } from './open-feeds.ts';
import { socketShares } from './open-files.ts';
import { readFeedsFile, refuseFaults } from './read-feeds-file.ts';
import { type SettleWith, settleFeeds } from './settle-feeds.ts';
import type { StationRegister } from './station-register.ts';

export type FeedAddresses = Omit<SettleWith, 'protocolById' | 'file'> & {
  readonly file: { readonly path: string; readonly named: boolean };
};
export type FeedsDeps = Omit<FeedPortDeps, 'feedById' | 'stationOf'> & {
  readonly register: Pick<StationRegister, 'stationOf' | 'byId' | 'list'>;
  readonly addresses: FeedAddresses;
  readonly authenticatePush: (token: string) => PushPrincipal | null | Promise<PushPrincipal | null>;
};

export type Feeds = {
  readonly intake: Intake;
  readonly listed: readonly ListedFeed[];
  /** Where it really listens, once it does; ports of 0 are known then. */
  addresses(): {
    readonly jt808: Address | null;
    readonly push: Address | null;
    /** By feed, those that listen by themselves. */
    readonly feeds: Readonly<Record<string, Address>>;
  };
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

/** Listeners, pollers and what watches over them. Refuses to start where the installation's word on a feed makes no sense. */
export function startFeeds(deps: FeedsDeps): Feeds {
  const { addresses, now, onError } = deps;
  const file = readFeedsFile(addresses.file.path, addresses.file.named);
  const settled = settleFeeds(departmentFeeds, { ...addresses, protocolById, file });
  refuseFaults(addresses.file.path, settled.faults);
  const feeds = settled.feeds.filter(({ on }) => on);
  const byId = new Map(settled.feeds.map((one) => [one.feed.id, one]));
  const described = createDescribedStations({ ...deps, districtOf: (at) => deps.city.districtOf(at).district });
  const ports = {
    ...completingPorts(
      feedPorts({ ...deps, stationOf: deps.register.stationOf, feedById: (id) => byId.get(id) ?? null }),
      deps.register,
    ),
    described(id: string, message: unknown) {
      const of = byId.get(id);
      if (!of?.protocol.describe || of.feed.reality !== 'actual') return;
      const { crs, expectedIntervalS } = of.feed;
      const description = of.protocol.describe(message, { crs, expectedIntervalS, department: of.department.id });
      if (description) described.take(id, description, addresses.simulated?.has(id) ?? false);
    },
  };
  const intake = new Intake(
    feeds.map(({ feed }) => ({ id: feed.id, protocol: feed.protocol, expectedIntervalS: feed.expectedIntervalS })),
    ports,
  );
  const listed = feeds.map(listedFeed);
  let open: OpenFeeds | null = null;
  let watch: NodeJS.Timeout | null = null;
  let closed = false;
  const known = new Map<string, FeedState>();

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
    addresses() {
      const found = feeds.flatMap(({ feed }) => {
        const at = feed.transport === 'http-push' ? null : open?.addressOf(feed.id);
        return at ? [[feed.id, at] as const] : [];
      });
      return {
        jt808: open?.addressOf('transport-jt808') ?? null,
        push: open?.push() ?? null,
        feeds: Object.fromEntries(found),
      };
    },
    async redecode({ feed, protocol: id, bytes, receivedAt }) {
      const of = byId.get(feed);
      const protocol = protocolById(id);
      if (!protocol || !of) return { refused: 'unsupported', detail: `${id} ${feed}` };
      const message = protocol.decode(bytes);
      if (isRefusal(message)) return { refused: message.refused, detail: message.detail };
      // Options are those of the feed's own protocol; bytes of an earlier one are read with that one's defaults.
      const options = protocol === of.protocol ? of.options : protocol.options.safeParse({}).data;
      const mapped = protocol.map(message, { receivedAt, crs: of.feed.crs, options });
      const context = { feedId: feed, receivedAt };
      const { kinds } = of.feed;
      const records = mapped.flatMap((one) =>
        isRefusal(one) || !kinds.includes(one.kind) ? [] : [of.department.map(one, context)],
      );
      const origin = { receivedAt, source: 'quarantine', connection: `quarantine/${receivedAt}` };
      // What it says of now counts by its time; what it says of stations has none, and is as old as it is.
      const stored = await intake.records(feed, { raw: bytes, message: null, records, refusals: [] }, origin);
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
      open = openFeeds({
        feeds,
        intake,
        authenticate: deps.authenticatePush,
        push: addresses.push,
        now,
        mostConnections: socketShares().feeds,
      });
      await open.ready;
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
      await open?.close();
      await Promise.all([ports.flush(), described.close()]);
    },
  };
}
