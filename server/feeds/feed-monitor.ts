import { type FeedState, feedStateOf } from '@/server/domain/feed.ts';
import type { RefusalReason } from './refusal.ts';
import type { TransportStatus } from './transport/port.ts';

/** What a feed has done since the process started, and how fast it goes now. Memory only: what must last is in the store. */
export type FeedFigures = {
  readonly id: string;
  readonly messages: number;
  readonly records: number;
  readonly bytes: number;
  readonly noiseBytes: number;
  readonly duplicates: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** Of these, counted only: the quarantine keeps so much of one feed and no more. */
  readonly refusedUnkept: number;
  readonly lastReceivedAt: number | null;
  readonly lastGoodAt: number | null;
  readonly messagesPerMinute: number;
  readonly recordsPerMinute: number;
  /** Peers heard in the last minute: sockets, push sources, polled addresses. */
  readonly connections: number;
  readonly transport: TransportStatus | null;
  readonly state: FeedState;
};

const windowS = 60;

/** Counts per second in a ring of one minute. */
class Rate {
  private readonly counts = new Uint32Array(windowS);
  private second = 0;

  add(count: number, now: number): void {
    this.turn(now);
    this.counts[this.second % windowS] = (this.counts[this.second % windowS] ?? 0) + count;
  }

  perMinute(now: number): number {
    this.turn(now);
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  private turn(now: number): void {
    const second = Math.floor(now / 1000);
    const empty = Math.min(windowS, second - this.second);
    for (let step = 1; step <= empty; step += 1) this.counts[(this.second + step) % windowS] = 0;
    if (second > this.second) this.second = second;
  }
}

export class FeedMonitor {
  private messages = 0;
  private records = 0;
  private bytes = 0;
  private noiseBytes = 0;
  private duplicates = 0;
  private unkept = 0;
  private refused: Partial<Record<RefusalReason, number>> = {};
  private lastReceivedAt: number | null = null;
  private lastGoodAt: number | null = null;
  private transport: TransportStatus | null = null;
  private readonly messageRate = new Rate();
  private readonly recordRate = new Rate();
  private readonly seen = new Map<string, number>();

  constructor(
    readonly id: string,
    private readonly expectedIntervalS: number | null,
  ) {}

  received(byteCount: number, origin: { source: string; receivedAt: number }): void {
    this.bytes += byteCount;
    this.lastReceivedAt = origin.receivedAt;
    this.seen.set(origin.source, origin.receivedAt);
  }

  read(messageCount: number, recordCount: number, now: number): void {
    this.messages += messageCount;
    this.records += recordCount;
    this.lastGoodAt = now;
    this.messageRate.add(messageCount, now);
    this.recordRate.add(recordCount, now);
  }

  refuse(reason: RefusalReason): void {
    this.refused = { ...this.refused, [reason]: (this.refused[reason] ?? 0) + 1 };
  }

  leaveOut(): void {
    this.unkept += 1;
  }

  repeat(count: number): void {
    this.duplicates += count;
  }

  noise(byteCount: number): void {
    this.noiseBytes += byteCount;
  }

  tell(status: TransportStatus): void {
    this.transport = status;
  }

  state(now: number): FeedState {
    const transportDown = this.transport?.state === 'down' || this.transport?.state === 'stopped';
    return feedStateOf({ lastGoodAt: this.lastGoodAt, expectedIntervalS: this.expectedIntervalS, transportDown, now });
  }

  figures(now: number): FeedFigures {
    for (const [source, at] of this.seen) if (now - at > windowS * 1000) this.seen.delete(source);
    return {
      id: this.id,
      messages: this.messages,
      records: this.records,
      bytes: this.bytes,
      noiseBytes: this.noiseBytes,
      duplicates: this.duplicates,
      refused: this.refused,
      refusedUnkept: this.unkept,
      lastReceivedAt: this.lastReceivedAt,
      lastGoodAt: this.lastGoodAt,
      messagesPerMinute: this.messageRate.perMinute(now),
      recordsPerMinute: this.recordRate.perMinute(now),
      connections: this.seen.size,
      transport: this.transport,
      state: this.state(now),
    };
  }
}
