import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core';

export const timer = pgTable('timer', {
  id: text('id').primaryKey(),
  dueAt: bigint('due_at', { mode: 'number' }).notNull(),
  kind: text('kind').notNull(),
  stream: text('stream').notNull(),
  content: jsonb('content').notNull(),
  claimedAt: bigint('claimed_at', { mode: 'number' }),
  firedAt: bigint('fired_at', { mode: 'number' }),
});
