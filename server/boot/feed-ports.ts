import type { RegisteredFeed } from '@/server/departments/registry.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Station } from '@/server/domain/station.ts';
import { Batcher } from '@/server/feeds/batcher.ts';
import type { IntakePorts } from '@/server/feeds/intake.ts';
import { QuarantineWriter } from '@/server/feeds/quarantine-writer.ts';
import { refuse } from '@/server/feeds/refusal.ts';
import type { AlarmEngine } from '@/server/live/alarm-engine.ts';
import type { LatestReadings } from '@/server/live/latest-readings.ts';
import type { LatestState, LiveUpdate } from '@/server/live/latest-state.ts';
import { createStrangers } from '@/server/live/strangers.ts';
import { scopeOf, type UnitFollower } from '@/server/live/unit-follower.ts';
import type { OpDeps } from '@/server/ops/op.ts';
import { receiveRecords } from '@/server/ops/receive-records.ts';
import type { City } from '@/server/places/load-city.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { NewQuarantined, PositionRow, RawMessage, ReadingRow, Store } from '@/server/store/store.ts';
import type { CapacityRecord, FeedRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { readingUpdate } from './reading-update.ts';

export type FeedPortDeps = OpDeps & {
  readonly store: Store;
  readonly live: LatestState;
  readonly follower: UnitFollower;
  readonly city: City;
  readonly alarms: Pick<AlarmEngine, 'take' | 'takesAlert'>;
  readonly readings: Pick<LatestReadings, 'update'>;
  /** The station of the register that a record speaks of. */
  readonly stationOf: (scheme: string, key: string) => Station | null;
  readonly feedById: (id: string) => RegisteredFeed | null;
  readonly now: () => number;
  readonly onError: (error: unknown, facts: Record<string, unknown>) => void;
};

export type FeedPorts = IntakePorts & { readonly flush: () => Promise<void> };

/** Class 22: a value that the database cannot hold, 54: too large for it. Everything else is no fault of a row. */
const isRowsFault = (error: unknown): boolean => /^(22|54)...$/.test(String((error as { code?: unknown }).code));
const bounds = { everyMs: 400, maxRows: 100_000, isRowsFault };
/** What fits the single precision of the history; nothing real lies beyond it. */
const single = (value: number | null): number | null =>
  value === null || value === 0 || (Math.abs(value) < 3e38 && Math.abs(value) > 2e-38) ? value : null;
const feedActor = systemActor('feeds', '数据接入');

/** One name of a moving thing in the history: the unit where it is known, else the terminal. */
export const historySubject = (follower: UnitFollower, record: FeedRecord): string =>
  follower.unitOf(record.subject.scheme, record.subject.key)?.id ?? `${record.subject.scheme}/${record.subject.key}`;

/** An hour's least and most value are courses of their own: in one line with its mean they would be peaks that never were. */
const historyProperty = ({ property, statistic }: ReadingRecord): string =>
  statistic === 'min' || statistic === 'max' ? `${property}.${statistic}` : property;

/** Of the past only: the picture of now does not show it. */
export const isExtreme = (property: string): boolean => /\.(min|max)$/.test(property);

const capacityRow = (record: CapacityRecord, receivedAt: number): ReadingRow => ({
  subject: `${record.subject.scheme}/${record.subject.key}`,
  property: record.resource,
  at: record.asOf ?? record.observedAt ?? receivedAt,
  receivedAt,
  value: record.available,
  unit: '1',
  quality: record.quality.state,
});

const neverMoves = new Set(['backfill', 'late', 'clock_invalid', 'no_fix', 'zero_position']);

/** Joins the feeds to the store and to the live picture. */
export function feedPorts(deps: FeedPortDeps): FeedPorts {
  const { store, live, follower, city, now, onError } = deps;
  const failing = (name: string) => (error: unknown) => onError(error, { batch: name });
  const positions = new Batcher<PositionRow>((rows) => store.history.appendPositions(rows), {
    ...bounds,
    onError: failing('positions'),
  });
  const readings = new Batcher<ReadingRow>((rows) => store.history.appendReadings(rows), {
    ...bounds,
    onError: failing('readings'),
  });
  const raw = new Batcher<RawMessage>((rows) => store.raw.add(rows), {
    ...bounds,
    maxRows: 20_000,
    onError: failing('raw'),
  });

  const strangers = createStrangers(live);
  const refusals = new QuarantineWriter<NewQuarantined>((rows) => store.quarantine.add(rows), { now });

  const liveUpdate = (feedId: string, record: PositionRecord, receivedAt: number): LiveUpdate | null => {
    if (record.quality.state === 'bad' || record.quality.flags.some((flag) => neverMoves.has(flag))) return null;
    const unit = follower.unitOf(record.subject.scheme, record.subject.key);
    const point = record.geometry?.type === 'Point' ? record.geometry.coordinates : null;
    return {
      unit: unit?.id ?? `${record.subject.scheme}/${record.subject.key}`,
      source: feedId,
      scope: scopeOf(unit ?? { department: deps.feedById(feedId)?.department.id ?? null, district: null }),
      lonLat: point,
      headingDeg: record.headingDeg,
      speedMps: record.speedMps,
      sourceAt: record.sourceAt ?? record.observedAt,
      receivedAt,
      expectedIntervalS: deps.feedById(feedId)?.feed.expectedIntervalS ?? null,
    };
  };

  const quarantine: IntakePorts['quarantine'] = async ({ feed, protocol, refusal, bytes, origin }) => {
    const kept = await refusals.add({
      id: deps.newId(),
      feed,
      protocol,
      receivedAt: origin.receivedAt,
      reason: refusal.refused,
      offset: refusal.offset,
      detail: refusal.detail.slice(0, 2_000),
      bytes,
      source: origin.source,
    });
    return kept;
  };

  return {
    now,
    durable: async (feedId, records, origin) => {
      const registered = deps.feedById(feedId);
      if (!registered) return null;
      const receipts = await receiveRecords(deps, {
        actor: feedActor,
        records,
        context: {
          feed: feedId,
          department: registered.department.id,
          reality: registered.feed.reality,
          receivedAt: origin.receivedAt,
          districtOf: (lonLat) => city.districtOf([lonLat[0], lonLat[1]]),
        },
      });
      if (wasRefused(receipts)) return null;
      let repeated = 0;
      for (const { records: judged, verdicts } of receipts)
        for (const [index, verdict] of verdicts.entries()) {
          if (verdict === 'same' || verdict === 'older') repeated += 1;
          // Same key, other content: neither is thrown away; a person decides.
          if (verdict === 'conflict')
            await quarantine({
              feed: feedId,
              protocol: registered.feed.protocol,
              refusal: refuse('conflict', judged[index]?.dedupeKey ?? ''),
              bytes: Buffer.from(JSON.stringify(judged[index])),
              origin,
            });
        }
      return { repeated };
    },
    alarms: {
      takesAlert: deps.alarms.takesAlert,
      take: (feedId, records) => {
        const registered = deps.feedById(feedId);
        if (!registered) return false;
        const { department, feed } = registered;
        return deps.alarms.take(records, { feed: feedId, department: department.id, reality: feed.reality });
      },
    },
    live: (feedId, record, receivedAt) => {
      const update = liveUpdate(feedId, record, receivedAt);
      if (!update) return;
      // First it makes room: where every place is taken a stranger has none.
      const subject = `${record.subject.scheme}/${record.subject.key}`;
      if (update.unit === subject) strangers.seen(subject);
      else strangers.forget(subject);
      live.update(update);
    },
    readingsNow: (feedId, records, receivedAt) => {
      const registered = deps.feedById(feedId);
      // The picture of now is of the real city; what a vehicle measures is no station's.
      if (registered?.feed.reality !== 'actual') return;
      const source = {
        feed: feedId,
        department: registered.department.id,
        expectedIntervalS: registered.feed.expectedIntervalS,
        receivedAt,
      };
      for (const record of records) {
        if (follower.unitOf(record.subject.scheme, record.subject.key)) continue;
        const update = readingUpdate(record, source, deps.stationOf);
        if (update) deps.readings.update(update);
      }
      // How many beds or places there were is a course like any other; a count that finds no room is followed by the next.
      const counts = records.flatMap((record) => (record.kind === 'capacity' ? [capacityRow(record, receivedAt)] : []));
      if (counts.length > 0) readings.add(counts);
    },
    positions: (records, receivedAt) =>
      positions.add(
        records.flatMap((record) => {
          if (record.geometry?.type !== 'Point') return [];
          const [lon, lat] = record.geometry.coordinates;
          return [
            {
              subject: historySubject(follower, record),
              at: record.observedAt ?? receivedAt,
              receivedAt,
              lon,
              lat,
              speedMps: single(record.speedMps),
              headingDeg: single(record.headingDeg),
              accuracyM: single(record.accuracyM),
              fixed: record.fixed,
              quality: record.quality.state,
            },
          ];
        }),
      ),
    readings: (records, receivedAt) =>
      readings.add(
        records.map((record) => ({
          subject: historySubject(follower, record),
          property: historyProperty(record),
          at: record.observedAt ?? receivedAt,
          receivedAt,
          value: record.value,
          unit: record.unit,
          quality: record.quality.state,
        })),
      ),
    raw: (feed, bytes, receivedAt) => void raw.add([{ id: deps.newId(), feed, receivedAt, bytes }]),
    quarantine,
    flush: async () => {
      await Promise.all([positions.flush(), readings.flush(), raw.flush()]);
    },
  };
}
