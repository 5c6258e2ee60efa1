import type { QuietReason } from './alarm.ts';
import type { Rule, SimpleCondition } from './rule.ts';
import { type Priority, priorities } from './scale.ts';

/**
 * The room can follow ten alarms in ten minutes (ISA-18.2, EEMUA 191). Beyond that those of P3 and P4 are collected under one notice, in the list
 * and without a sound; P1 and P2 are always announced.
 */
export type Flood = {
  /** When alarms came that would be announced, collected ones too; within the time, oldest first. */
  readonly asked: readonly number[];
  /** When alarms were announced. */
  readonly announced: readonly number[];
  readonly since: number | null;
  readonly collected: number;
};
export const noFlood: Flood = { asked: [], announced: [], since: null, collected: 0 };

export type FloodLimits = Omit<Extract<SimpleCondition, { of: 'flood' }>, 'of'>;
export const floodLimitsOf = (rule: Rule | null): FloodLimits | null =>
  rule?.enabled && 'of' in rule.condition && rule.condition.of === 'flood' ? rule.condition : null;

const mostKept = 2_000;
const within = (times: readonly number[], now: number, { withinS }: FloodLimits): number[] =>
  times.filter((at) => now - at < withinS * 1_000).slice(-mostKept);

const alwaysAnnounced = (priority: Priority): boolean => priorities.indexOf(priority) <= priorities.indexOf('P2');

export type Coming = {
  readonly priority: Priority;
  readonly raises: Rule['raises'];
  readonly shelved: boolean;
  readonly chattering: boolean;
};
export type Announced = {
  readonly flood: Flood;
  readonly quiet: QuietReason | null;
  /** With this one the flood begins: one notice is due. */
  readonly begins: boolean;
};

/** Whether a new alarm is announced, and what becomes of the flood. The notice takes one of the places that there are. */
export function announce(flood: Flood, coming: Coming, limits: FloodLimits | null, now: number): Announced {
  const silent = (quiet: QuietReason): Announced => ({ flood, quiet, begins: false });
  if (coming.raises === 'status') return silent('status');
  if (coming.shelved && coming.priority !== 'P1') return silent('shelved');
  if (coming.chattering) return silent('chatter');
  if (!limits) return { flood, quiet: null, begins: false };
  const asked = [...within(flood.asked, now, limits), now];
  const announced = within(flood.announced, now, limits);
  const full = flood.since !== null || announced.length >= limits.alarms - 1;
  if (full && !alwaysAnnounced(coming.priority)) {
    const begins = flood.since === null;
    const heard = begins ? [...announced, now] : announced;
    return {
      flood: { asked, announced: heard, since: flood.since ?? now, collected: begins ? 1 : flood.collected + 1 },
      quiet: 'flood',
      begins,
    };
  }
  return { flood: { ...flood, asked, announced: [...announced, now] }, quiet: null, begins: false };
}

/** Over when few enough came within the time, or nobody counts any more. */
export function ebb(
  flood: Flood,
  limits: FloodLimits | null,
  now: number,
): { readonly flood: Flood; readonly ended: boolean } {
  if (!limits) return { flood: noFlood, ended: flood.since !== null };
  const asked = within(flood.asked, now, limits);
  if (asked.length === flood.asked.length && flood.since === null) return { flood, ended: false };
  const over = flood.since !== null && asked.length < limits.endsBelow;
  const announced = within(flood.announced, now, limits);
  return over
    ? { flood: { asked, announced, since: null, collected: 0 }, ended: true }
    : { flood: { ...flood, asked, announced }, ended: false };
}
