import type { SlotsMessage } from '@/server/wire/realtime.ts';

/** Which unit a slot is: from the record lane, because the frames carry numbers only. */
export type SlotNames = {
  readonly version: number;
  unitOf(slot: number): string | null;
  slotOf(unit: string): number | null;
  take(message: SlotsMessage): void;
};

export function createSlotNames(): SlotNames {
  const units = new Map<number, string>();
  const slots = new Map<string, number>();
  let version = 0;

  function name(slot: number, unit: string | null): void {
    const before = units.get(slot);
    if (before !== undefined && slots.get(before) === slot) slots.delete(before);
    if (unit === null) units.delete(slot);
    else {
      units.set(slot, unit);
      slots.set(unit, slot);
    }
  }

  return {
    get version() {
      return version;
    },
    unitOf: (slot) => units.get(slot) ?? null,
    slotOf: (unit) => slots.get(unit) ?? null,
    take(message) {
      if (message.all) {
        units.clear();
        slots.clear();
      }
      for (const [slot, unit] of message.slots) name(slot, unit);
      version++;
    },
  };
}
