import { type CellGrid, createCellGrid, type GridSpec } from '@/server/wire/cell-grid.ts';
import { createListeners } from './listeners.ts';
import { capacityFor, copyColumns, createColumns, mapColumns, type UnitColumns } from './unit-columns.ts';

/**
 * What the GPU layer reads: the newest picture of all units, resident in the page and overwritten in place between frames. Take
 * `current()` anew each frame: its columns are replaced when they have to grow.
 */
export type UnitArrays = UnitColumns & {
  /** Slots below this may be alive; `alive` says which are. */
  readonly high: number;
  /** Counts every change. */
  readonly version: number;
  readonly tick: number;
  /** Server time of the newest frame in it. */
  readonly timeMs: number;
  /** World mercator of the origin that `x` and `y` count from. */
  readonly originX: number;
  readonly originY: number;
};

export type UnitStore = {
  current(): UnitArrays;
  grid(): CellGrid | null;
  onTick(listener: (units: UnitArrays) => void): () => void;
  setGrid(spec: GridSpec): void;
  take(message: { buffer: ArrayBuffer; capacity: number; high: number; tick: number; timeMs: number }): void;
};

export function createUnitStore(): UnitStore {
  const ticks = createListeners<[UnitArrays]>();
  let grid: CellGrid | null = null;
  let now: UnitArrays = {
    ...createColumns(capacityFor(0)),
    high: 0,
    version: 0,
    tick: 0,
    timeMs: 0,
    originX: 0,
    originY: 0,
  };
  return {
    current: () => now,
    grid: () => grid,
    onTick: ticks.add,
    setGrid(spec) {
      grid = createCellGrid(spec);
      now = { ...now, originX: grid.originX, originY: grid.originY };
    },
    take({ buffer, capacity, high, tick, timeMs }) {
      const columns = capacity > now.capacity ? createColumns(capacity) : now;
      copyColumns(mapColumns(buffer, capacity), columns);
      const { originX, originY, version } = now;
      now = { ...columns, high, version: version + 1, tick, timeMs, originX, originY };
      ticks.tell(now);
    },
  };
}
