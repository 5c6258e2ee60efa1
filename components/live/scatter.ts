import { type CellGrid, cellBox, stepOf, unquantise } from '@/server/wire/cell-grid.ts';
import {
  type FrameSpan,
  freshnessCode,
  freshnessOfByte,
  noCell,
  statusOfByte,
  totalsOf,
  walkFrames,
} from '@/server/wire/frame.ts';
import type { PlacedTotal } from './protocol.ts';
import { capacityFor, copyColumns, createColumns, type UnitColumns } from './unit-columns.ts';

/** Puts decoded frames into the resident columns. A frame is all of its cell: what was there and is not in it has left. */
export type Scatter = {
  readonly columns: UnitColumns;
  /** One more than the highest slot that is or was alive. */
  readonly high: number;
  readonly tick: number;
  readonly timeMs: number;
  readonly totals: ReadonlyMap<number, PlacedTotal>;
  /** What changed, or why the message could not be read. */
  take(message: ArrayBuffer | Uint8Array): { units: boolean; totals: boolean } | { fault: string };
  /** From now on only these cells count; null: all. Units of the others go. */
  look(cells: ReadonlySet<number> | null): void;
  /** Nobody vouches for any position any more (link lost). */
  fade(): void;
  clear(): void;
};

type Members = { slots: Uint16Array; count: number };

export function createScatter(grid: CellGrid): Scatter {
  let columns = createColumns(1_024);
  let cellOf = new Uint16Array(1_024).fill(noCell);
  let high = 0;
  let tick = 0;
  let timeMs = 0;
  let inView: ReadonlySet<number> | null = null;
  /** By cell: the slots of its last frame. */
  const members = new Map<number, Members>();
  const totals = new Map<number, PlacedTotal>();

  function grow(slot: number): void {
    if (slot < columns.capacity) return;
    const larger = createColumns(capacityFor(slot));
    copyColumns(columns, larger);
    columns = larger;
    const cells = new Uint16Array(larger.capacity).fill(noCell);
    cells.set(cellOf);
    cellOf = cells;
  }

  function empty(cell: number): void {
    const last = members.get(cell);
    if (!last) return;
    const { slots, count } = last;
    const { alive } = columns;
    for (let k = 0; k < count; k++) {
      const slot = slots[k] as number;
      if (cellOf[slot] !== cell) continue;
      cellOf[slot] = noCell;
      alive[slot] = 0;
    }
    last.count = 0;
  }

  function membersOf(cell: number, count: number): Members {
    const held = members.get(cell);
    if (held && held.slots.length >= count) return held;
    const made = { slots: new Uint16Array(count + (count >> 2) + 8), count: 0 };
    members.set(cell, made);
    return made;
  }

  function fill({ cell, count, words, bytes, wordAt, byteAt }: FrameSpan): void {
    empty(cell);
    if (count === 0) return;
    const held = membersOf(cell, count);
    held.count = count;
    let highest = 0;
    for (let k = 0; k < count; k++) {
      const slot = words[wordAt + k] as number;
      held.slots[k] = slot;
      if (slot > highest) highest = slot;
    }
    grow(highest);
    if (highest >= high) high = highest + 1;
    // Everything the loop touches is a local: this is the browser's hot path.
    const box = cellBox(grid, cell);
    const step = stepOf(box.size);
    const left = box.x - grid.originX + step / 2;
    const top = box.y - grid.originY + step / 2;
    const { x, y, heading, status, freshness, alive } = columns;
    const cells = cellOf;
    const xAt = wordAt + count;
    const yAt = xAt + count;
    const statusAt = byteAt + count;
    for (let k = 0; k < count; k++) {
      const slot = words[wordAt + k] as number;
      const byte = bytes[statusAt + k] as number;
      x[slot] = left + (words[xAt + k] as number) * step;
      y[slot] = top + (words[yAt + k] as number) * step;
      heading[slot] = bytes[byteAt + k] as number;
      status[slot] = statusOfByte(byte);
      freshness[slot] = freshnessOfByte(byte);
      alive[slot] = 1;
      cells[slot] = cell;
    }
  }

  function count(span: FrameSpan): void {
    for (const total of totalsOf(span)) {
      if (total.cell >= grid.cellCount) continue;
      const box = cellBox(grid, total.cell);
      if (total.counts.every((n) => n === 0)) totals.delete(total.cell);
      else
        totals.set(total.cell, {
          ...total,
          x: unquantise(total.x, box.x, box.size),
          y: unquantise(total.y, box.y, box.size),
        });
    }
  }

  function clear(): void {
    for (const cell of members.keys()) empty(cell);
    members.clear();
    totals.clear();
    high = 0;
  }

  return {
    get columns() {
      return columns;
    },
    get high() {
      return high;
    },
    get tick() {
      return tick;
    },
    get timeMs() {
      return timeMs;
    },
    totals,
    take(message) {
      const changed = { units: false, totals: false };
      const fault = walkFrames(message, (span) => {
        if (span.type === 'reset') {
          clear();
          tick = span.tick;
          timeMs = span.timeMs;
          changed.units = true;
          changed.totals = true;
          return;
        }
        if (span.tick > tick) tick = span.tick;
        if (span.timeMs > timeMs) timeMs = span.timeMs;
        if (span.type === 'totals') {
          count(span);
          changed.totals = true;
        } else if (span.cell < grid.cellCount && (inView === null || inView.has(span.cell))) {
          fill(span);
          changed.units = true;
        }
      });
      if (fault) return { fault: `${fault.fault} at ${fault.offset}` };
      return changed;
    },
    look(cells) {
      inView = cells;
      if (cells === null) return;
      for (const cell of [...members.keys()])
        if (!cells.has(cell)) {
          empty(cell);
          members.delete(cell);
        }
    },
    fade() {
      for (let slot = 0; slot < high; slot++)
        if (columns.freshness[slot] !== freshnessCode.unknown) columns.freshness[slot] = freshnessCode.stale;
    },
    clear,
  };
}
