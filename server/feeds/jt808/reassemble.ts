import { type Refusal, refuse } from '../refusal.ts';
import { idText } from './header.ts';
import type { Jt808Message } from './message.ts';

/** Bounds of one connection. A photograph of a few hundred kilobytes must pass; a liar must not fill the memory. */
export const partLimits = { groups: 8, parts: 4096, bytes: 4 * 1024 * 1024, idleMs: 60_000 };
export type PartLimits = typeof partLimits;

type Group = {
  readonly total: number;
  readonly parts: ReadonlyMap<number, Uint8Array>;
  readonly bytes: number;
  readonly at: number;
  readonly name: string;
};

/** The oldest group first. */
export type Parts = ReadonlyMap<string, Group>;
export const noParts: Parts = new Map();

export type Reassembled = {
  readonly state: Parts;
  readonly whole: Uint8Array | null;
  readonly refusal: Refusal | null;
  readonly expired: readonly Refusal[];
};

export const incomplete = (group: { name: string; parts: ReadonlyMap<number, unknown>; total: number }): Refusal =>
  refuse('truncated', `${group.name}: ${group.parts.size} of ${group.total} parts came`);

/**
 * Puts the parts of split messages together. Groups are told apart by terminal, message and number of parts: serial numbers are meant to
 * be consecutive, but many terminals send other messages in between. A part that comes again unchanged is a resend; one that comes
 * again with other bytes begins the next message of its kind.
 */
export function reassemble(state: Parts, message: Jt808Message, now: number, limits = partLimits): Reassembled {
  const { part, terminal, messageId } = message.header;
  if (!part) return { state, whole: null, refusal: null, expired: [] };
  const groups = new Map(state);
  const expired: Refusal[] = [];
  const giveUp = (key: string) => {
    const group = groups.get(key);
    if (group) expired.push(incomplete(group));
    groups.delete(key);
  };
  for (const [key, group] of state) if (now - group.at > limits.idleMs) giveUp(key);

  const bytes = message.body.bytes as Uint8Array;
  const key = `${terminal}/${messageId}/${part.total}`;
  const name = `${idText(messageId)} ${message.name}`;
  if (part.total > limits.parts)
    return { state: groups, whole: null, refusal: refuse('too_large', `${name} in ${part.total} parts`), expired };

  const known = groups.get(key)?.parts.get(part.index);
  if (known && !sameBytes(known, bytes)) giveUp(key);
  const before = groups.get(key);
  const parts = new Map(before?.parts).set(part.index, known && before ? known : Uint8Array.from(bytes));
  const size = (before?.bytes ?? 0) + (known && before ? 0 : bytes.length);
  groups.delete(key);
  if (parts.size === part.total) return { state: groups, whole: join(parts, size), refusal: null, expired };
  groups.set(key, { total: part.total, parts, bytes: size, at: now, name });

  while (groups.size > limits.groups || sizeOf(groups) > limits.bytes) giveUp(groups.keys().next().value as string);
  return { state: groups, whole: null, refusal: null, expired };
}

const sizeOf = (groups: Parts): number => [...groups.values()].reduce((sum, group) => sum + group.bytes, 0);

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

function join(parts: ReadonlyMap<number, Uint8Array>, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (let index = 1; index <= parts.size; index++) {
    const bytes = parts.get(index)!;
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
