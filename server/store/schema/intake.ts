import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea } from './column.ts';

export const rawMessage = pgTable('raw_message', {
  id: text('id').notNull(),
  feed: text('feed').notNull(),
  receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
  bytes: bytea('bytes').notNull(),
});

export const quarantine = pgTable('quarantine', {
  id: text('id').primaryKey(),
  feed: text('feed').notNull(),
  protocol: text('protocol').notNull(),
  receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
  reason: text('reason').notNull(),
  offset: integer('offset'),
  detail: text('detail').notNull(),
  bytes: bytea('bytes').notNull(),
  source: text('source'),
  decodedAt: bigint('decoded_at', { mode: 'number' }),
});

export const seenRecord = pgTable(
  'seen_record',
  {
    feed: text('feed').notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    revision: bigint('revision', { mode: 'number' }).notNull(),
    contentHash: text('content_hash').notNull(),
    at: bigint('at', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.dedupeKey] })],
);
