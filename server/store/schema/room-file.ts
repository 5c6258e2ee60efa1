import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea } from './column.ts';

/** The bytes of an incident's files; the log holds their names and hashes. */
export const roomFile = pgTable('room_file', {
  id: text('id').primaryKey(),
  incidentId: text('incident_id').notNull(),
  mime: text('mime').notNull(),
  sha256: text('sha256').notNull(),
  bytes: bytea('bytes').notNull(),
  addedAt: bigint('added_at', { mode: 'number' }).notNull(),
});
