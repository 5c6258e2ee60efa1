/** What picking and drawing read of the units: columns by slot, positions in world mercator from an origin. */
export type UnitPicture = {
  /** Slots below this may be alive. */
  readonly high: number;
  readonly version: number;
  readonly originX: number;
  readonly originY: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Of 255 parts of a turn; 255: unknown. */
  readonly heading: Uint8Array;
  readonly status: Uint8Array;
  readonly freshness: Uint8Array;
  readonly alive: Uint8Array;
};

export type UnitGrid = {
  size: number;
  left: number;
  top: number;
  columns: number;
  rows: number;
  /** Slots sorted by cell; those of cell c are from `starts[c]` to `starts[c + 1]`. */
  slots: Uint32Array;
  starts: Uint32Array;
};

const maxCells = 1 << 16;

/** One counting sort over the arrays: 50,000 units in about a millisecond, and no object per unit. */
export function buildUnitGrid(units: UnitPicture, size: number): UnitGrid {
  const { x, y, alive, high } = units;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let slot = 0; slot < high; slot++) {
    if (alive[slot] === 0) continue;
    left = Math.min(left, x[slot]!);
    right = Math.max(right, x[slot]!);
    top = Math.min(top, y[slot]!);
    bottom = Math.max(bottom, y[slot]!);
  }
  if (left > right)
    return { size, left: 0, top: 0, columns: 0, rows: 0, slots: new Uint32Array(0), starts: new Uint32Array(1) };
  let side = size;
  const cellsAt = (length: number) =>
    (Math.floor((right - left) / length) + 1) * (Math.floor((bottom - top) / length) + 1);
  while (cellsAt(side) > maxCells) side *= 2; // one unit far away must not make the grid huge
  const columns = Math.floor((right - left) / side) + 1;
  const rows = Math.floor((bottom - top) / side) + 1;
  const starts = new Uint32Array(columns * rows + 1);
  const cellOf = (slot: number) => Math.floor((y[slot]! - top) / side) * columns + Math.floor((x[slot]! - left) / side);
  for (let slot = 0; slot < high; slot++) if (alive[slot] !== 0) starts[cellOf(slot) + 1]!++;
  for (let cell = 0; cell < columns * rows; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const slots = new Uint32Array(starts[columns * rows]!);
  for (let slot = 0; slot < high; slot++) if (alive[slot] !== 0) slots[next[cellOf(slot)]!++] = slot;
  return { size: side, left, top, columns, rows, slots, starts };
}

export type Circle = { x: number; y: number; radius: number };

/** Visits every unit in the cells that a box touches. */
export function visitBox(
  grid: UnitGrid,
  box: { left: number; top: number; right: number; bottom: number },
  visit: (slot: number) => void,
): void {
  const column = (value: number) =>
    Math.max(0, Math.min(grid.columns - 1, Math.floor((value - grid.left) / grid.size)));
  const row = (value: number) => Math.max(0, Math.min(grid.rows - 1, Math.floor((value - grid.top) / grid.size)));
  if (grid.columns === 0) return;
  for (let r = row(box.top); r <= row(box.bottom); r++)
    for (let c = column(box.left); c <= column(box.right); c++) {
      const cell = r * grid.columns + c;
      for (let i = grid.starts[cell]!; i < grid.starts[cell + 1]!; i++) visit(grid.slots[i]!);
    }
}

/** The unit nearest to a point within a radius, or -1; what lies on top (`rank` higher) wins over what is nearer. */
export function nearestUnit(
  grid: UnitGrid,
  units: UnitPicture,
  at: Circle & { rank?: (slot: number) => number; shown?: (slot: number) => boolean },
): number {
  let best = -1;
  let bestRank = -Infinity;
  let bestGap = Infinity;
  const box = { left: at.x - at.radius, top: at.y - at.radius, right: at.x + at.radius, bottom: at.y + at.radius };
  visitBox(grid, box, (slot) => {
    const gap = Math.hypot(units.x[slot]! - at.x, units.y[slot]! - at.y);
    if (gap > at.radius || units.alive[slot] === 0 || at.shown?.(slot) === false) return;
    const rank = at.rank?.(slot) ?? 0;
    if (rank < bestRank || (rank === bestRank && gap >= bestGap)) return;
    best = slot;
    bestRank = rank;
    bestGap = gap;
  });
  return best;
}
