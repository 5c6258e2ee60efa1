import { bigint, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea } from './column.ts';

export const account = pgTable('account', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  login: text('login').notNull(),
  passwordHash: text('password_hash'),
  roles: text('roles').array().notNull(),
  department: text('department'),
  district: text('district'),
  disabled: boolean('disabled').notNull().default(false),
  demo: boolean('demo').notNull().default(false),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  changedAt: bigint('changed_at', { mode: 'number' }).notNull(),
  failedCount: integer('failed_count').notNull().default(0),
  lockedUntil: bigint('locked_until', { mode: 'number' }),
});

export const session = pgTable('session', {
  tokenHash: bytea('token_hash').primaryKey(),
  accountId: text('account_id').notNull(),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  seenAt: bigint('seen_at', { mode: 'number' }).notNull(),
  expiresAt: bigint('expires_at', { mode: 'number' }).notNull(),
  revokedAt: bigint('revoked_at', { mode: 'number' }),
  address: text('address'),
  agent: text('agent'),
});

export const pushToken = pgTable('push_token', {
  tokenHash: bytea('token_hash').primaryKey(),
  id: text('id').notNull(),
  feed: text('feed').notNull(),
  name: text('name').notNull(),
  department: text('department'),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  seenAt: bigint('seen_at', { mode: 'number' }),
  revokedAt: bigint('revoked_at', { mode: 'number' }),
});

export const seatCode = pgTable('seat_code', {
  codeHash: bytea('code_hash').primaryKey(),
  seat: text('seat').notNull(),
  department: text('department').notNull(),
  createdAt: bigint('created_at', { mode: 'number' }).notNull(),
  expiresAt: bigint('expires_at', { mode: 'number' }).notNull(),
  usedAt: bigint('used_at', { mode: 'number' }),
  usedBy: text('used_by'),
});
