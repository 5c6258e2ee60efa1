import { bigint, boolean, doublePrecision, integer, pgTable, real, text } from 'drizzle-orm/pg-core';

export const positionHistory = pgTable('position_history', {
  subject: text('subject').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
  lon: doublePrecision('lon').notNull(),
  lat: doublePrecision('lat').notNull(),
  speedMps: real('speed_mps'),
  headingDeg: real('heading_deg'),
  accuracyM: real('accuracy_m'),
  fixed: boolean('fixed'),
  quality: text('quality').notNull(),
});

export const positionMinute = pgTable('position_minute', {
  subject: text('subject').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  lon: doublePrecision('lon').notNull(),
  lat: doublePrecision('lat').notNull(),
  speedMps: real('speed_mps'),
  headingDeg: real('heading_deg'),
});

export const positionHour = pgTable('position_hour', {
  subject: text('subject').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  lon: doublePrecision('lon').notNull(),
  lat: doublePrecision('lat').notNull(),
  speedMps: real('speed_mps'),
  headingDeg: real('heading_deg'),
});

export const readingHistory = pgTable('reading_history', {
  subject: text('subject').notNull(),
  property: text('property').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  receivedAt: bigint('received_at', { mode: 'number' }).notNull(),
  value: doublePrecision('value'),
  unit: text('unit'),
  quality: text('quality').notNull(),
});

export const readingMinute = pgTable('reading_minute', {
  subject: text('subject').notNull(),
  property: text('property').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  count: integer('count').notNull(),
  mean: doublePrecision('mean'),
  low: doublePrecision('low'),
  high: doublePrecision('high'),
  unit: text('unit'),
});

export const readingHour = pgTable('reading_hour', {
  subject: text('subject').notNull(),
  property: text('property').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  count: integer('count').notNull(),
  mean: doublePrecision('mean'),
  low: doublePrecision('low'),
  high: doublePrecision('high'),
  unit: text('unit'),
});

export const historySubject = pgTable('history_subject', {
  subject: text('subject').primaryKey(),
  firstAt: bigint('first_at', { mode: 'number' }).notNull(),
});
