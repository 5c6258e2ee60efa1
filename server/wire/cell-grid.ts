/**
 * The fixed grid of cells in which telemetry travels. Cells are squares of Web Mercator (x east, y south, world = 0..1), so a
 * browser turns a position into drawing coordinates with one multiplication and one addition.
 * Two more cells hold what lies outside: `regionCell` (8° around, about 10 m a step) and `worldCell` (about 500 m a step).
 */
export type GridSpec = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** Side of a cell on the ground at the middle of the box. */
  readonly cellM: number;
  readonly marginM: number;
};

export type CellGrid = {
  readonly spec: GridSpec;
  readonly cols: number;
  readonly rows: number;
  /** North-west corner and side of a cell, in world mercator. */
  readonly x0: number;
  readonly y0: number;
  readonly size: number;
  /** Middle of the box; origin of the browser's 32-bit coordinates. */
  readonly originX: number;
  readonly originY: number;
  readonly regionCell: number;
  readonly worldCell: number;
  readonly cellCount: number;
};

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The default city: Nanjing. */
export const nanjingGrid: GridSpec = {
  west: 118.359,
  south: 31.231,
  east: 119.24,
  north: 32.616,
  cellM: 2_300,
  marginM: 5_000,
};

const earthM = 40_075_016.68557849;
const maxLatitude = 85.051128779806;
const regionSize = 8 / 360;

export const mercatorX = (lon: number): number => lon / 360 + 0.5;
export const mercatorY = (lat: number): number => {
  const bounded = Math.max(-maxLatitude, Math.min(maxLatitude, lat));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
export const longitude = (x: number): number => (x - 0.5) * 360;
export const latitude = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** Ground metres of one unit of world mercator at this latitude. */
export const metresPerWorld = (lat: number): number => earthM * Math.cos((lat * Math.PI) / 180);

export function createCellGrid(spec: GridSpec): CellGrid {
  const middle = (spec.south + spec.north) / 2;
  const perWorld = metresPerWorld(middle);
  const size = spec.cellM / perWorld;
  const margin = spec.marginM / perWorld;
  const x0 = mercatorX(spec.west) - margin;
  const y0 = mercatorY(spec.north) - margin;
  const cols = Math.ceil((mercatorX(spec.east) + margin - x0) / size);
  const rows = Math.ceil((mercatorY(spec.south) + margin - y0) / size);
  const regular = cols * rows;
  if (!(regular > 0) || regular > 65_000)
    throw new RangeError(`${regular} cells: choose a larger cell for this box (65,000 at most)`);
  return {
    spec,
    cols,
    rows,
    x0,
    y0,
    size,
    originX: x0 + (cols * size) / 2,
    originY: y0 + (rows * size) / 2,
    regionCell: regular,
    worldCell: regular + 1,
    cellCount: regular + 2,
  };
}

export function cellAt(grid: CellGrid, x: number, y: number): number {
  const col = Math.floor((x - grid.x0) / grid.size);
  const row = Math.floor((y - grid.y0) / grid.size);
  if (col >= 0 && col < grid.cols && row >= 0 && row < grid.rows) return row * grid.cols + col;
  const near = Math.abs(x - grid.originX) < regionSize / 2 && Math.abs(y - grid.originY) < regionSize / 2;
  return near ? grid.regionCell : grid.worldCell;
}

export type CellBox = { readonly x: number; readonly y: number; readonly size: number };

export function cellBox(grid: CellGrid, cell: number): CellBox {
  if (cell === grid.worldCell) return { x: 0, y: 0, size: 1 };
  if (cell === grid.regionCell)
    return { x: grid.originX - regionSize / 2, y: grid.originY - regionSize / 2, size: regionSize };
  const row = Math.floor(cell / grid.cols);
  return { x: grid.x0 + (cell - row * grid.cols) * grid.size, y: grid.y0 + row * grid.size, size: grid.size };
}

const steps = 65_536;
/** One 16-bit step in a box of this size. */
export const stepOf = (size: number): number => size / steps;
/** Position inside a box as a 16-bit step; the middle of the step is what `unquantise` gives back. */
export const quantise = (value: number, start: number, size: number): number =>
  Math.max(0, Math.min(steps - 1, Math.floor(((value - start) / size) * steps)));
export const unquantise = (step: number, start: number, size: number): number => start + ((step + 0.5) / steps) * size;

/** The cells a view needs, ascending; the outside cells when it reaches past the grid. */
export function cellsInBounds(grid: CellGrid, [west, south, east, north]: Bounds): number[] {
  const left = Math.floor((mercatorX(west) - grid.x0) / grid.size);
  const right = Math.floor((mercatorX(east) - grid.x0) / grid.size);
  const top = Math.floor((mercatorY(north) - grid.y0) / grid.size);
  const bottom = Math.floor((mercatorY(south) - grid.y0) / grid.size);
  const cells: number[] = [];
  for (let row = Math.max(0, top); row <= Math.min(grid.rows - 1, bottom); row++)
    for (let col = Math.max(0, left); col <= Math.min(grid.cols - 1, right); col++) cells.push(row * grid.cols + col);
  if (left < 0 || top < 0 || right >= grid.cols || bottom >= grid.rows) cells.push(grid.regionCell, grid.worldCell);
  return cells;
}
