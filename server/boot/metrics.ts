import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { FeedFigures } from '@/server/feeds/feed-monitor.ts';
import type { Gateway } from '@/server/realtime/gateway.ts';
import type { Store } from '@/server/store/store.ts';

export type Metrics = {
  served(kind: string, status: number, seconds: number): void;
  page(): Promise<{ readonly type: string; readonly body: string }>;
};

export type MetricsParts = {
  readonly store: Pick<Store, 'health'>;
  readonly gateway: () => Gateway | null;
  readonly feeds: () => readonly FeedFigures[];
  readonly liveUnits: () => number;
};

/** Figures are read when somebody asks; a series per feed and reason, so their number stays small. */
export function createMetrics({ store, gateway, feeds, liveUnits }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'one_network_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['kind', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `one_network_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('store_ready', '1 when the database answers', () => Number(store.health().ready));
  gauge('sealed_position', 'Position of the last sealed event', () => store.health().sealedUpTo);
  gauge('unsealed_seconds', 'Age of the oldest event without a number', () => store.health().unsealedMs / 1000);
  gauge('database_connections', 'Open connections', () => store.health().connections.total);
  gauge('database_waiting', 'Requests that wait for a connection', () => store.health().connections.waiting);
  gauge('socket_clients', 'Screens on the socket', () => gateway()?.clients().length ?? 0);
  gauge('live_units', 'Units in the live picture', liveUnits);
  for (const total of ['messages', 'bytes', 'skipped'] as const) {
    new Counter({
      name: `one_network_telemetry_${total}_total`,
      help: `Telemetry: ${total}`,
      registers,
      collect() {
        this.reset();
        this.inc(gateway()?.totals[total] ?? 0);
      },
    });
  }
  const perFeed = (name: string, help: string, read: (feed: FeedFigures) => number): void => {
    new Counter({
      name: `one_network_feed_${name}_total`,
      help,
      labelNames: ['feed'] as const,
      registers,
      collect() {
        this.reset();
        for (const feed of feeds()) this.inc({ feed: feed.id }, read(feed));
      },
    });
  };
  perFeed('messages', 'Messages read', (feed) => feed.messages);
  perFeed('records', 'Records made of them', (feed) => feed.records);
  perFeed('refused', 'Messages refused', (feed) => Object.values(feed.refused).reduce((sum, count) => sum + count, 0));

  return {
    served: (kind, status, seconds) => requests.observe({ kind, status: `${Math.floor(status / 100)}xx` }, seconds),
    page: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
