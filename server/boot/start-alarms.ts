import type { Alarm } from '@/server/domain/alarm.ts';
import type { AlarmChange } from '@/server/domain/alarm-decide.ts';
import type { Feed } from '@/server/domain/feed.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Rule } from '@/server/domain/rule.ts';
import type { Station } from '@/server/domain/station.ts';
import { createTokenBuckets } from '@/server/feeds/transport/token-buckets.ts';
import { AlarmEngine } from '@/server/live/alarm-engine.ts';
import type { UnitFollower } from '@/server/live/unit-follower.ts';
import { changeAlarms } from '@/server/ops/change-alarms.ts';
import type { OpDeps } from '@/server/ops/op.ts';
import type { City } from '@/server/places/load-city.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { Store } from '@/server/store/store.ts';

export type AlarmsDeps = OpDeps & {
  readonly store: Store;
  readonly follower: Pick<UnitFollower, 'unitOf'>;
  readonly stationOf: (scheme: string, key: string) => Station | null;
  readonly city: Pick<City, 'districtOf'>;
  readonly now: () => number;
  readonly onError: (error: unknown, facts: Record<string, unknown>) => void;
};

export type RunningAlarms = {
  readonly engine: AlarmEngine;
  /** Takes rules, standing alarms and feeds from the record, and follows them; after seeding. */
  follow(): Promise<void>;
  start(): void;
  close(): Promise<void>;
};

const actor = systemActor('alarms', '告警规则');
const tickEveryMs = 1_000;
const mostStanding = 100_000;

/** The alarm engine and what it lives on: rules, alarms and feeds of the record, a clock, and a way into the record. */
export function startAlarms(deps: AlarmsDeps): RunningAlarms {
  const { store, follower, city, now, onError } = deps;
  const strangers = createTokenBuckets({ perSecond: 1, burst: 60 });
  const context = {
    unitOf: follower.unitOf,
    nearDistrictOf: (lonLat: readonly [number, number]) => city.districtOf([lonLat[0], lonLat[1]]).nearDistrict,
  };

  /** What the record cannot hold must not stand before what it can: it is told as a fault and left out. */
  async function write(changes: readonly AlarmChange[]): Promise<boolean> {
    try {
      return !wasRefused(await changeAlarms(deps, { changes, context, actor }));
    } catch (error) {
      onError(error, { alarms: changes.map(({ to, id }) => `${to} ${id}`).slice(0, 5) });
      if (changes.length === 1) return true;
      for (const change of changes) if (!(await write([change]))) return false;
      return true;
    }
  }

  const engine = new AlarmEngine({
    now,
    write,
    stationOf: deps.stationOf,
    unitOf: follower.unitOf,
    districtOf: ([lon, lat]) => city.districtOf([lon, lat]).district,
    mayRaise: (feed) => strangers.take(feed, now()) === 0,
  });

  let position = 0;
  let following: Promise<void> | null = null;
  let closed = false;
  let unsubscribe: (() => void) | null = null;
  let clock: NodeJS.Timeout | null = null;
  let ticking: Promise<unknown> = Promise.resolve();

  const take = (type: string, body: unknown): void => {
    if (!body) return;
    if (type === 'rule') engine.setRule(body as Rule);
    else if (type === 'alarm') engine.setAlarm(body as Alarm);
    else if (type === 'feed') void Promise.resolve(engine.takeFeed(body as Feed)).catch(failed);
  };
  const failed = (error: unknown) => onError(error, { alarms: 'follow' });

  async function readOn(): Promise<void> {
    try {
      while (!closed && position < store.sealedUpTo()) {
        const upTo = store.sealedUpTo();
        const { changes } = await store.changes(actor, position, upTo);
        for (const { type, body } of changes) take(type, body);
        position = upTo;
      }
    } catch (error) {
      failed(error);
    }
  }

  const follow = (): Promise<void> => {
    following ??= readOn().finally(() => {
      following = null;
    });
    return following;
  };

  return {
    engine,
    async follow() {
      // What is sealed while the lists are read comes once more, and changes nothing.
      position = store.sealedUpTo();
      const held = await store.read(actor, async (tx) => ({
        rules: await tx.list('rule', { limit: mostStanding }),
        alarms: await tx.list('alarm', { live: true, limit: mostStanding }),
        feeds: await tx.list('feed', { limit: mostStanding }),
      }));
      for (const { state } of held.rules) engine.setRule(state);
      for (const { state } of held.alarms) engine.restore(state);
      for (const { state } of held.feeds) take('feed', state);
      unsubscribe = store.onSealed(() => void follow());
      await follow();
    },
    start() {
      clock = setInterval(() => {
        ticking = Promise.resolve(engine.tick()).catch((error: unknown) => onError(error, { alarms: 'tick' }));
      }, tickEveryMs);
    },
    async close() {
      if (clock) clearInterval(clock);
      closed = true;
      unsubscribe?.();
      await Promise.all([ticking, following]);
    },
  };
}
