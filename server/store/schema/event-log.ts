import { sql } from 'drizzle-orm';
import { bigint, integer, json, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, xid8 } from './column.ts';

export const command = pgTable('command', {
  id: text('id').primaryKey(),
  actorId: text('actor_id').notNull(),
  name: text('name').notNull(),
  inputHash: bytea('input_hash').notNull(),
  answer: json('answer').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
});

export const event = pgTable('event', {
  id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  stream: text('stream').notNull(),
  version: integer('version').notNull(),
  kind: text('kind').notNull(),
  content: json('content').notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  commandId: text('command_id').notNull(),
  ordinal: integer('ordinal').notNull(),
  occurredAt: bigint('occurred_at', { mode: 'number' }),
  receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
  recordedAt: bigint('recorded_at', { mode: 'number' }).notNull(),
  xact: xid8('xact').notNull().default(sql`pg_current_xact_id()`),
});

export const sealed = pgTable('sealed', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  eventId: bigint('event_id', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
});
