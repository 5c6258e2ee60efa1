import { bigint, pgTable, text } from 'drizzle-orm/pg-core';

export const counter = pgTable('counter', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});
