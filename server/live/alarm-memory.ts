import { createHash } from 'node:crypto';
import { isIdle, type Memory } from '@/server/domain/alarm-evaluate.ts';
import type { About } from './alarm-raising.ts';

/** One rule about one subject. */
export type Slot = {
  readonly key: string;
  /** The alarm's id. */
  readonly id: string;
  readonly rule: string;
  memory: Memory;
  /** Null: nothing that is on, or from before the start. */
  about: About | null;
  /** The feed that raised it, where nobody here has heard of it since the start. */
  readonly from: string | null;
  /** Since room was last made. */
  touched: boolean;
};

const longestProperty = 128;

export const propertyKey = (property: string | null): string | null => property?.slice(0, longestProperty) ?? null;

export const slotKey = (rule: string, scheme: string, key: string, property: string | null): string =>
  `${rule}\u0000${scheme}\u0000${key}\u0000${property === null ? '' : property.toLowerCase()}`;

export const alarmIdOf = (rule: string, slot: string): string =>
  `${rule}.${createHash('sha256').update(slot).digest('base64url').slice(0, 22)}`;

/** Bounded: what has not been touched for long is forgotten first, one that is raised never is. */
export class AlarmMemory {
  private readonly slots = new Map<string, Slot>();

  constructor(
    private readonly most: number,
    private readonly forgotten: (slot: Slot) => void,
  ) {}

  get size(): number {
    return this.slots.size;
  }

  get(key: string): Slot | null {
    return this.slots.get(key) ?? null;
  }

  all(): Slot[] {
    return [...this.slots.values()];
  }

  put(slot: Slot): void {
    slot.touched = true;
    this.slots.set(slot.key, slot);
    if (this.slots.size > this.most) this.makeRoom();
  }

  drop(key: string): void {
    this.slots.delete(key);
  }

  /** A tenth at a time, in turns: whoever was touched since the last turn goes to the end of the line once more. */
  private makeRoom(): void {
    let left = Math.ceil(this.most / 10);
    let looks = this.slots.size;
    for (const [key, slot] of this.slots) {
      if (left <= 0 || looks-- <= 0) return;
      this.slots.delete(key);
      if (isIdle(slot.memory) && !slot.touched) {
        left -= 1;
        this.forgotten(slot);
      } else {
        slot.touched = false;
        this.slots.set(key, slot);
      }
    }
  }
}
