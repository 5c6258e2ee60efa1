import { bigint, boolean, integer, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { AggregateKind } from '@/server/domain/aggregate.ts';

/** All projections have the same columns: the record, and what lists and visibility hang on. */
const projection = (name: AggregateKind) =>
  pgTable(name, {
    id: text('id').primaryKey(),
    version: integer('version').notNull(),
    body: jsonb('body').notNull(),
    changedAt: bigint('changed_at', { mode: 'number' }).notNull(),
    state: text('state').notNull(),
    live: boolean('live').notNull(),
    reality: text('reality'),
    priority: text('priority'),
    departments: text('departments').array().notNull(),
    district: text('district'),
  });

export const incident = projection('incident');
export const signal = projection('signal');
export const unit = projection('unit');
export const department = projection('department');
export const warning = projection('warning');
export const feed = projection('feed');
export const station = projection('station');
export const rule = projection('rule');
export const alarm = projection('alarm');
export const plan = projection('plan');

export const unitSlot = pgTable(
  'unit_slot',
  {
    unitId: text('unit_id').notNull(),
    slot: smallint('slot').notNull(),
    assignmentId: text('assignment_id').notNull(),
    incidentId: text('incident_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.slot] })],
);
