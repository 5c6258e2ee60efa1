import { type CellGrid, cellBox, unquantise } from '@/server/wire/cell-grid.ts';
import {
  type CellFrame,
  decodeFrames,
  freshnessCode,
  freshnessOfByte,
  noCell,
  statusOfByte,
  type TotalsFrame,
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

export function createScatter(grid: CellGrid): Scatter {
  let columns = createColumns(1_024);
  let cellOf = new Uint16Array(1_024).fill(noCell);
  let high = 0;
  let tick = 0;
  let timeMs = 0;
  let inView: ReadonlySet<number> | null = null;
  /** By cell: the slots of its last frame. */
  const members = new Map<number, Uint16Array>();
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
    for (const slot of last)
      if (cellOf[slot] === cell) {
        cellOf[slot] = noCell;
        columns.alive[slot] = 0;
      }
    members.delete(cell);
  }

  function fill(frame: CellFrame): void {
    empty(frame.cell);
    if (frame.count === 0) return;
    const box = cellBox(grid, frame.cell);
    const left = box.x - grid.originX;
    const top = box.y - grid.originY;
    const { slots, count } = frame;
    for (let k = 0; k < count; k++) {
      const slot = slots[k] as number;
      grow(slot);
      const byte = frame.status[k] as number;
      columns.x[slot] = unquantise(frame.x[k] as number, left, box.size);
      columns.y[slot] = unquantise(frame.y[k] as number, top, box.size);
      columns.heading[slot] = frame.heading[k] as number;
      columns.status[slot] = statusOfByte(byte);
      columns.freshness[slot] = freshnessOfByte(byte);
      columns.alive[slot] = 1;
      cellOf[slot] = frame.cell;
      if (slot >= high) high = slot + 1;
    }
    members.set(frame.cell, slots.slice());
  }

  function count(frame: TotalsFrame): void {
    for (const total of frame.totals) {
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
    for (const cell of [...members.keys()]) empty(cell);
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
      const frames = decodeFrames(message);
      if ('fault' in frames) return { fault: `${frames.fault} at ${frames.offset}` };
      const changed = { units: false, totals: false };
      for (const frame of frames) {
        tick = Math.max(tick, frame.tick);
        timeMs = Math.max(timeMs, frame.timeMs);
        if (frame.type === 'reset') {
          clear();
          tick = frame.tick;
          timeMs = frame.timeMs;
          changed.units = true;
          changed.totals = true;
        } else if (frame.type === 'totals') {
          count(frame);
          changed.totals = true;
        } else if (frame.cell < grid.cellCount && (inView === null || inView.has(frame.cell))) {
          fill(frame);
          changed.units = true;
        }
      }
      return changed;
    },
    look(cells) {
      inView = cells;
      if (cells === null) return;
      for (const cell of [...members.keys()]) if (!cells.has(cell)) empty(cell);
    },
    fade() {
      for (let slot = 0; slot < high; slot++)
        if (columns.freshness[slot] !== freshnessCode.unknown) columns.freshness[slot] = freshnessCode.stale;
    },
    clear,
  };
}
