/** Unit ↔ slot. Slots are dense; a freed one rests as long as possible before somebody else gets it. */
export type SlotTable = {
  readonly size: number;
  readonly high: number;
  slotOf(unit: string): number | null;
  unitOf(slot: number): string | null;
  /** The slot of this unit, a new one if need be; null when all are taken. */
  claim(unit: string): number | null;
  free(slot: number): void;
};

export function createSlotTable(capacity: number): SlotTable {
  const slots = new Map<string, number>();
  const units: (string | null)[] = [];
  const rested: number[] = [];
  let restedFrom = 0;

  function next(): number | null {
    if (units.length < capacity) return units.push(null) - 1;
    if (restedFrom >= rested.length) return null;
    const slot = rested[restedFrom++] as number;
    if (restedFrom > 1_024 && restedFrom * 2 > rested.length) {
      rested.splice(0, restedFrom);
      restedFrom = 0;
    }
    return slot;
  }

  return {
    get size() {
      return slots.size;
    },
    get high() {
      return units.length;
    },
    slotOf: (unit) => slots.get(unit) ?? null,
    unitOf: (slot) => units[slot] ?? null,
    claim(unit) {
      const held = slots.get(unit);
      if (held !== undefined) return held;
      const slot = next();
      if (slot === null) return null;
      slots.set(unit, slot);
      units[slot] = unit;
      return slot;
    },
    free(slot) {
      const unit = units[slot];
      if (unit === null || unit === undefined) return;
      slots.delete(unit);
      units[slot] = null;
      rested.push(slot);
    },
  };
}
