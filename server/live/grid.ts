import { type CellGrid, cellAt } from '@/server/wire/cell-grid.ts';

/**
 * Which slots are in which cell: doubly linked lists in typed arrays, so that a move allocates nothing and costs some
 * nanoseconds. The same lists serve the frames of a cell and the search for the nearest.
 */
export type SlotGrid = {
  /** World mercator by slot. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  cellOf(slot: number): number;
  countOf(cell: number): number;
  /** Puts the slot where it is now; gives its cell. */
  place(slot: number, x: number, y: number): number;
  remove(slot: number): void;
  /** Writes the slots of a cell into `into`; gives how many. */
  list(cell: number, into: Uint16Array): number;
  /** Nearest first, at most `count` that `accept` takes; squared mercator distances in `distances`. */
  nearest(at: { x: number; y: number }, found: Nearest, accept: (slot: number) => boolean): number;
};

export type Nearest = { readonly slots: Uint16Array; readonly distances: Float64Array };

export function createSlotGrid(grid: CellGrid, capacity: number): SlotGrid {
  const x = new Float64Array(capacity);
  const y = new Float64Array(capacity);
  const head = new Int32Array(grid.cellCount).fill(-1);
  const counts = new Uint32Array(grid.cellCount);
  const next = new Int32Array(capacity).fill(-1);
  const previous = new Int32Array(capacity).fill(-1);
  const cell = new Int32Array(capacity).fill(-1);

  function unlink(slot: number): void {
    const from = cell[slot] as number;
    if (from < 0) return;
    const before = previous[slot] as number;
    const after = next[slot] as number;
    if (before >= 0) next[before] = after;
    else head[from] = after;
    if (after >= 0) previous[after] = before;
    counts[from] = (counts[from] as number) - 1;
    cell[slot] = -1;
  }

  function link(slot: number, to: number): void {
    const first = head[to] as number;
    next[slot] = first;
    previous[slot] = -1;
    if (first >= 0) previous[first] = slot;
    head[to] = slot;
    counts[to] = (counts[to] as number) + 1;
    cell[slot] = to;
  }

  /** Keeps the best in order; gives the new count. */
  function scan(
    from: number,
    search: { x: number; y: number; found: Nearest; accept: (slot: number) => boolean; n: number },
  ): number {
    const { slots, distances } = search.found;
    const limit = slots.length;
    let n = search.n;
    for (let slot = head[from] as number; slot >= 0; slot = next[slot] as number) {
      const dx = (x[slot] as number) - search.x;
      const dy = (y[slot] as number) - search.y;
      const distance = dx * dx + dy * dy;
      if (n === limit && distance >= (distances[limit - 1] as number)) continue;
      if (!search.accept(slot)) continue;
      let at = n < limit ? n++ : limit - 1;
      while (at > 0 && (distances[at - 1] as number) > distance) {
        distances[at] = distances[at - 1] as number;
        slots[at] = slots[at - 1] as number;
        at--;
      }
      distances[at] = distance;
      slots[at] = slot;
    }
    return n;
  }

  function nearest(at: { x: number; y: number }, found: Nearest, accept: (slot: number) => boolean): number {
    const search = { ...at, found, accept, n: 0 };
    const limit = found.slots.length;
    if (limit === 0) return 0;
    const col = Math.max(0, Math.min(grid.cols - 1, Math.floor((at.x - grid.x0) / grid.size)));
    const row = Math.max(0, Math.min(grid.rows - 1, Math.floor((at.y - grid.y0) / grid.size)));
    const reach = Math.max(col, grid.cols - 1 - col, row, grid.rows - 1 - row);
    for (let ring = 0; ring <= reach; ring++) {
      if (search.n === limit) {
        // Everything nearer than this border has been looked at.
        const left = at.x - (grid.x0 + (col - ring + 1) * grid.size);
        const right = grid.x0 + (col + ring) * grid.size - at.x;
        const top = at.y - (grid.y0 + (row - ring + 1) * grid.size);
        const bottom = grid.y0 + (row + ring) * grid.size - at.y;
        const border = Math.min(left, right, top, bottom);
        if (border > 0 && border * border > (found.distances[limit - 1] as number)) break;
      }
      for (let r = row - ring; r <= row + ring; r++) {
        if (r < 0 || r >= grid.rows) continue;
        const step = r === row - ring || r === row + ring ? 1 : 2 * ring;
        for (let c = col - ring; c <= col + ring; c += step || 1)
          if (c >= 0 && c < grid.cols) search.n = scan(r * grid.cols + c, search);
      }
    }
    search.n = scan(grid.regionCell, search);
    return scan(grid.worldCell, search);
  }

  return {
    x,
    y,
    cellOf: (slot) => cell[slot] as number,
    countOf: (of) => counts[of] as number,
    place(slot, px, py) {
      x[slot] = px;
      y[slot] = py;
      const to = cellAt(grid, px, py);
      if (cell[slot] !== to) {
        unlink(slot);
        link(slot, to);
      }
      return to;
    },
    remove: unlink,
    list(of, into) {
      let n = 0;
      for (let slot = head[of] as number; slot >= 0; slot = next[slot] as number) into[n++] = slot;
      return n;
    },
    nearest,
  };
}
