import type { DepartmentName } from '@/server/domain/presence.ts';
import type { TransportKind } from '@/server/feeds/contract.ts';
import type { CrsName, FeedRecord, RecordKind } from '@/server/wire/record.ts';

/** One source of a department, as it is before an installation changes addresses. */
export type DepartmentFeed = {
  /** Stable for ever: streams, tokens and history hang on it. */
  readonly id: string;
  /** The source's own name; data, like a street's name. */
  readonly title: { readonly 'zh-CN': string; readonly en: string };
  readonly protocol: string;
  readonly transport: TransportKind;
  /** Where it listens; feeds with the same address share one listener. Null for what is polled or connected to. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  /** What is polled, or the outside broker, unless the installation names another; null: off until one is named (MQTT: the broker of this server). */
  readonly url: string | null;
  readonly enabled: boolean;
  /** Seconds; null where silence says nothing (calls, warnings). */
  readonly expectedIntervalS: number | null;
  /** The datum of its positions where a message does not say. */
  readonly crs: CrsName;
  /** Whether its messages are about the real city. Exercise and test sources never touch the live picture. */
  readonly reality: 'actual' | 'exercise' | 'test';
  /** What it may speak of; anything else is refused. */
  readonly kinds: readonly RecordKind[];
  /** What the protocol has to be told of this source (`Protocol.options`); left out: its defaults. An installation may say more (docs/feeds.md). */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Seconds between two polls; a minute where left out. */
  readonly intervalS?: number;
};

export type DepartmentContext = { readonly feedId: string; readonly receivedAt: number | null };

/** One department: its feeds, and what its messages mean differently from what the protocol says. */
export type Department = {
  /** Kebab-case, that of the file, and for ever: accounts, orders and the log hang on it. */
  readonly id: string;
  /** Needed outside the eleven of the regulation, whose names are with the other words (`domain.department`). */
  readonly name?: DepartmentName;
  /** An added one has seats at the command centre too; left out: connected only. The regulation's own list stands. */
  readonly stationed?: boolean;
  readonly feeds: readonly DepartmentFeed[];
  /** Pure; identity where nothing differs. */
  map(record: FeedRecord, context: DepartmentContext): FeedRecord;
};

/** Real systems' own ports; loopback until an installation opens them (DESIGN.md law 13). */
export const loopback = '127.0.0.1';
export const pushListener = { host: loopback, port: 7080 } as const;
export const mqttListener = { host: loopback, port: 1883 } as const;
