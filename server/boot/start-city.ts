import { join } from 'node:path';
import type { ApiDeps } from '@/server/api/deps.ts';
import { openAssist } from '@/server/assist/open-assist.ts';
import type { Unit } from '@/server/domain/unit.ts';
import type { Env } from '@/server/env.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import type { PushPrincipal } from '@/server/feeds/transport/authenticate-token.ts';
import { createLatestReadings, type LatestReadings } from '@/server/live/latest-readings.ts';
import { createLatestState } from '@/server/live/latest-state.ts';
import { createTicker, type Ticker } from '@/server/live/tick.ts';
import { createUnitFollower } from '@/server/live/unit-follower.ts';
import { fireTimer } from '@/server/ops/fire-timer.ts';
import { loadCity } from '@/server/places/load-city.ts';
import { openMapFolder } from '@/server/places/map-folder.ts';
import { createTileService, type TileService } from '@/server/places/tiles/serve-tiles.ts';
import { openTravelTime } from '@/server/places/travel/open-travel-time.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { Store } from '@/server/store/store.ts';
import { TimerRunner } from '@/server/timers/timer-runner.ts';
import { createCellGrid, nanjingGrid } from '@/server/wire/cell-grid.ts';
import type { FeedRate } from '@/server/wire/realtime.ts';
import { createFeedRates } from './feed-rates.ts';
import { recallReadings } from './recall-readings.ts';
import type { SimulatedFeeds } from './simulated-feeds.ts';
import { startAlarms } from './start-alarms.ts';
import { type Feeds, startFeeds } from './start-feeds.ts';
import { createStationRegister } from './station-register.ts';

export type CityParts = {
  readonly root: string;
  readonly store: Store;
  readonly now: () => number;
  readonly newId: () => string;
  readonly onError: (error: unknown, facts?: Record<string, unknown>) => void;
  /** One line a use of the helper. */
  readonly onAssist: (message: string, facts: Record<string, unknown>) => void;
  readonly env: Env;
  readonly authenticatePush: (token: string) => Promise<PushPrincipal | null>;
  /** What the demo's simulator brings along, by feed. */
  readonly simulated: SimulatedFeeds['byFeed'];
};

type Addresses = ReturnType<Feeds['addresses']>;

export type RunningCity = {
  /** For the procedures. */
  readonly deps: ApiDeps;
  readonly tiles: TileService;
  readonly ticker: Ticker;
  readonly readings: LatestReadings;
  /** Takes the units of the record into the live picture; after seeding. */
  follow(): Promise<void>;
  /** Opens the listeners, fires timers, tells the feeds' rates to the screens. */
  start(publish: (feeds: readonly FeedRate[]) => void): Promise<void>;
  addresses(): Addresses;
  /** Where it listens, in words for the last lines of a start. */
  listening(): string[];
  close(): Promise<void>;
};

const system = systemActor('live', '实时态势');
const clockActor = systemActor('timer', '计时');
const ratesEveryMs = 2_000;
const lastSeenMs = 24 * 3_600_000;
const usualIntervalS = 30;
const mostStations = 1_000_000;

/** Everything of the running city that is not a screen: feeds, the live picture, timers. */
export async function startCity(parts: CityParts): Promise<RunningCity> {
  const { root, store, now, newId, onError, env } = parts;
  const map = openMapFolder(join(env.dataDir, 'map'), { now, onError });
  const tiles = createTileService(map, onError);
  const city = loadCity(root, 'nanjing', map.names);
  const live = createLatestState(createCellGrid(nanjingGrid));
  const follower = createUnitFollower({
    state: live,
    sealedUpTo: store.sealedUpTo,
    onSealed: store.onSealed,
    changes: (from, upTo) => store.changes(system, from, upTo),
    async units() {
      const { position, changes } = await store.snapshot(system);
      return {
        position,
        units: changes.flatMap((change) => (change.type === 'unit' && change.body ? [change.body as Unit] : [])),
      };
    },
    onError,
  });
  const register = createStationRegister({
    sealedUpTo: store.sealedUpTo,
    onSealed: store.onSealed,
    changes: (from, upTo) => store.changes(system, from, upTo),
    async stations() {
      const rows = await store.read(system, (tx) => tx.list('station', { live: true, limit: mostStations }));
      return rows.map((row) => row.state);
    },
    onError,
  });
  const readings = createLatestReadings(register.byId);
  const alarms = startAlarms({
    store,
    newId,
    fusion: env.fusion,
    follower,
    stationOf: register.stationOf,
    city,
    now,
    onError,
  });
  register.onChanged(({ id }) => alarms.engine.stationChanged(id));
  const feeds = startFeeds({
    store,
    alarms: alarms.engine,
    readings,
    register,
    newId,
    fusion: env.fusion,
    live,
    follower,
    city,
    now,
    onError,
    addresses: {
      file: env.feedsFile,
      jt808: env.jt808,
      push: env.push,
      listen: env.feedListen,
      capPollUrl: env.capPollUrl,
      simulated: parts.simulated,
    },
    authenticatePush: parts.authenticatePush,
  });
  const timers = new TimerRunner({
    timers: store.timers,
    fire: (timer) => fireTimer({ store, newId }, timer, clockActor),
    now,
    onError: (error, timer) => onError(error, { timer: timer?.id ?? null }),
  });
  const ratesOf = createFeedRates();
  let rates: NodeJS.Timeout | null = null;
  let started = false;

  const deps: ApiDeps = {
    store,
    newId,
    city,
    travel: openTravelTime({ ...env.routing, network: map.network, now }),
    live,
    assist: openAssist({ endpoint: env.ai, now, log: parts.onAssist }),
    intake: feeds.intake,
    feeds: feeds.listed,
    protocolById,
    redecode: feeds.redecode,
    heldBackAlarms: () => alarms.engine.heldBack,
    now,
  };

  return {
    deps,
    tiles,
    ticker: createTicker(live),
    readings,
    async follow() {
      await Promise.all([follower.start(), register.start()]);
      await alarms.follow();
      await recallReadings(store.history, { readings, register, now: now(), onError });
      // Where units were last seen, with the true times: after a restart the map is not empty, and nothing on it looks fresh.
      for (const last of await store.history.positionsAt(now(), lastSeenMs)) {
        const slot = live.slotOf(last.subject);
        if (slot === null) continue;
        live.update({
          unit: last.subject,
          source: 'history',
          scope: live.scopeName(live.scopes[slot] ?? 0),
          lonLat: [last.lon, last.lat],
          headingDeg: last.headingDeg,
          speedMps: last.speedMps,
          sourceAt: last.at,
          receivedAt: last.at,
          expectedIntervalS: usualIntervalS,
        });
      }
    },
    async start(publish) {
      started = true;
      await feeds.start();
      timers.start();
      alarms.start();
      rates = setInterval(() => publish(ratesOf(feeds.intake.figures(), now())), ratesEveryMs);
    },
    addresses: feeds.addresses,
    listening() {
      const { jt808, push, feeds: own } = feeds.addresses();
      const more = Object.keys(own).filter((id) => id !== 'transport-jt808').length;
      return [
        jt808 ? `JT/T 808 on tcp ${jt808.host}:${jt808.port}` : 'JT/T 808 is not listening (see the feeds page)',
        push
          ? `JSON and CAP on http://${push.host}:${push.port}`
          : 'the push listener is not listening (see the feeds page)',
        ...(more > 0 ? [`${more} more at ports of their own (docs/feeds.md)`] : []),
      ];
    },
    async close() {
      if (rates) clearInterval(rates);
      await feeds.close();
      if (started) await timers.stop();
      await alarms.close();
      follower.stop();
      register.stop();
      tiles.close();
    },
  };
}
