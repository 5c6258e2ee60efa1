import type { FeedState } from '@/server/domain/feed.ts';
import type { AlertRecord, CapacityRecord, FeedRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { type FeedFigures, FeedMonitor } from './feed-monitor.ts';
import type { Refusal } from './refusal.ts';
import type { Delivery, FeedPort, Origin, TransportStatus } from './transport/port.ts';

/** A feed as the platform knows it, whatever its protocol. */
export type IntakeFeed = { readonly id: string; readonly protocol: string; readonly expectedIntervalS: number | null };

/** Where records go from here. `false` and a rejection mean "not stored": the sender is told and sends again. */
export type IntakePorts = {
  readonly now: () => number;
  /** What needs a person: into the log, resolved after COMMIT. Answers how many were there already; null when not stored. */
  readonly durable: (
    feedId: string,
    records: readonly FeedRecord[],
    origin: Origin,
  ) => Promise<{ repeated: number } | null>;
  /** The alarm rules, asked about every record; resolved when what they found is stored. */
  readonly alarms: {
    take(feedId: string, records: readonly FeedRecord[]): Promise<boolean> | boolean;
    /** A device's own alert is their business; every other one is a warning for people. */
    takesAlert(record: AlertRecord): boolean;
  };
  readonly live: (feedId: string, record: PositionRecord, receivedAt: number) => void;
  /** What stations read and hold now. */
  readonly readingsNow?: (
    feedId: string,
    records: readonly (ReadingRecord | CapacityRecord)[],
    receivedAt: number,
  ) => void;
  readonly positions: (records: readonly PositionRecord[], receivedAt: number) => boolean;
  readonly readings: (records: readonly ReadingRecord[], receivedAt: number) => boolean;
  /** What a message itself says of stations, for the register. */
  readonly described?: (feedId: string, message: unknown) => void;
  readonly raw: (feedId: string, bytes: Uint8Array, receivedAt: number) => void;
  /** False: the feed has used up what is kept of its refusals; this one is counted only. */
  readonly quarantine: (row: {
    feed: string;
    protocol: string;
    refusal: Refusal;
    bytes: Uint8Array;
    origin: Origin;
  }) => Promise<boolean>;
};

const keptRecords = 20;

/**
 * The one implementation of `FeedPort`: sorts records into the two paths of DESIGN.md §1 (what needs a person is durable, the rest
 * is telemetry) and keeps each feed's figures. Records with a bad checksum never come here: they are refusals.
 */
export class Intake implements FeedPort {
  private readonly monitors = new Map<string, FeedMonitor>();
  private readonly latest = new Map<string, (readonly FeedRecord[])[]>();

  constructor(
    private readonly feeds: readonly IntakeFeed[],
    private readonly ports: IntakePorts,
  ) {
    for (const feed of feeds) this.monitors.set(feed.id, new FeedMonitor(feed.id, feed.expectedIntervalS));
  }

  received(feedId: string, byteCount: number, origin: Origin): void {
    this.monitors.get(feedId)?.received(byteCount, origin);
  }

  noise(feedId: string, byteCount: number): void {
    this.monitors.get(feedId)?.noise(byteCount);
  }

  status(feedId: string, status: TransportStatus): void {
    this.monitors.get(feedId)?.tell(status);
  }

  async refused(feedId: string, refusal: Refusal, bytes: Uint8Array, origin: Origin): Promise<void> {
    this.monitors.get(feedId)?.refuse(refusal.refused);
    const protocol = this.feeds.find((feed) => feed.id === feedId)?.protocol ?? '';
    const kept = await this.ports.quarantine({ feed: feedId, protocol, refusal, bytes, origin });
    if (!kept) this.monitors.get(feedId)?.leaveOut();
  }

  async records(feedId: string, delivery: Delivery, origin: Origin): Promise<boolean> {
    const monitor = this.monitors.get(feedId);
    if (!monitor) return false;
    const { records, refusals, raw, repeated = 0, continued = false } = delivery;
    for (const refusal of refusals) await this.refused(feedId, refusal, raw, origin);
    const stored = await this.store(feedId, records, origin);
    if (!stored) return false;
    if (!continued) this.ports.raw(feedId, raw, origin.receivedAt);
    if (!continued && delivery.message !== null) this.ports.described?.(feedId, delivery.message);
    monitor.read(continued ? 0 : 1, records.length, this.ports.now());
    monitor.repeat(stored.repeated + repeated);
    if (records.length > 0) this.keep(feedId, records);
    return true;
  }

  /** The newest message first, its records in their order. Cut to size only when somebody asks: a feed has thousands a second. */
  private keep(feedId: string, records: readonly FeedRecord[]): void {
    const kept = this.latest.get(feedId) ?? [];
    kept.push(records.length > keptRecords ? records.slice(-keptRecords) : records);
    let enough = 0;
    let from = kept.length;
    while (from > 0 && enough < keptRecords) enough += kept[--from]?.length ?? 0;
    if (from > 0) kept.splice(0, from);
    this.latest.set(feedId, kept);
  }

  private async store(
    feedId: string,
    records: readonly FeedRecord[],
    origin: Origin,
  ): Promise<{ repeated: number } | null> {
    // One look at each: most deliveries are one record or a few, ten thousand times a second.
    const positions: PositionRecord[] = [];
    const readings: ReadingRecord[] = [];
    const now: (ReadingRecord | CapacityRecord)[] = [];
    const durable: FeedRecord[] = [];
    for (const record of records) {
      if (record.kind === 'position') positions.push(record);
      if (record.kind === 'reading') readings.push(record);
      if (record.kind === 'reading' || record.kind === 'capacity') now.push(record);
      if (this.needsPerson(record)) durable.push(record);
    }
    for (const record of positions) this.ports.live(feedId, record, origin.receivedAt);
    if (now.length > 0) this.ports.readingsNow?.(feedId, now, origin.receivedAt);
    // Only what there is: a call is not refused because the history of positions cannot be written.
    const kept =
      (positions.length === 0 || this.ports.positions(positions, origin.receivedAt)) &&
      (readings.length === 0 || this.ports.readings(readings, origin.receivedAt));
    // First the calls: an alarm that came as one belongs to its signal.
    const stored = durable.length === 0 ? { repeated: 0 } : await this.ports.durable(feedId, durable, origin);
    const alarmed = await this.ports.alarms.take(feedId, records);
    return stored && kept && alarmed ? stored : null;
  }

  private needsPerson(record: FeedRecord): boolean {
    if (record.kind === 'alert') return !this.ports.alarms.takesAlert(record);
    return record.kind === 'call' || record.kind === 'case';
  }

  figures(): FeedFigures[] {
    const now = this.ports.now();
    return [...this.monitors.values()].map((monitor) => monitor.figures(now));
  }

  states(): { id: string; state: FeedState; reason: string | null }[] {
    const now = this.ports.now();
    return [...this.monitors.values()].map((monitor) => {
      const { state, transport } = monitor.figures(now);
      return { id: monitor.id, state, reason: state === 'down' ? (transport?.code ?? null) : null };
    });
  }

  latestOf(feedId: string): readonly FeedRecord[] {
    const kept = this.latest.get(feedId) ?? [];
    return kept
      .toReversed()
      .flatMap((records) => records.slice(-keptRecords))
      .slice(0, keptRecords);
  }
}
