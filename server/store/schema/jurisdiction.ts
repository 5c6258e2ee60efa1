import { doublePrecision, pgTable, text } from 'drizzle-orm/pg-core';

export const jurisdiction = pgTable('jurisdiction', {
  code: text('code').primaryKey(),
  parent: text('parent'),
  level: text('level').notNull(),
  name: text('name').notNull(),
  shortName: text('short_name'),
  pinyin: text('pinyin').notNull().default(''),
  initials: text('initials').notNull().default(''),
  lon: doublePrecision('lon'),
  lat: doublePrecision('lat'),
  source: text('source').notNull().default(''),
});
