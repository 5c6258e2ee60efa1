import { bigint, boolean, doublePrecision, pgTable, text } from 'drizzle-orm/pg-core';

export const fusionSubject = pgTable('fusion_subject', {
  stream: text('stream').primaryKey(),
  head: boolean('head').notNull(),
  target: text('target').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  lon: doublePrecision('lon'),
  lat: doublePrecision('lat'),
  district: text('district'),
  marks: text('marks').array().notNull(),
});
