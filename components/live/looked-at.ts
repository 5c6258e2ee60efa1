import { type Bounds, type CellGrid, cellsInBounds, latitude, longitude } from '@/server/wire/cell-grid.ts';
import { maxViewCells, type ViewMode } from '@/server/wire/realtime.ts';
import type { Look } from './protocol.ts';

/** The cells of a look, with a rim of one cell so that a small pan shows nothing empty. */
export type LookedAt = { readonly mode: ViewMode; readonly cells: readonly number[] };

function widened(grid: CellGrid, [west, south, east, north]: Bounds): Bounds {
  const lon = longitude(grid.originX + grid.size) - longitude(grid.originX);
  const lat = latitude(grid.originY) - latitude(grid.originY + grid.size);
  return [west - lon, south - lat, east + lon, north + lat];
}

/** A view of most of the city is the city: everybody who looks at it gets the very same bytes. */
const mostOf = 0.6;

export function lookedAt(grid: CellGrid, look: Look): LookedAt {
  if (look.mode !== 'cells') return { mode: look.mode, cells: [] };
  if (!look.bounds) return { mode: 'none', cells: [] };
  const cells = cellsInBounds(grid, widened(grid, look.bounds));
  if (cells.length > grid.cellCount * mostOf || cells.length > maxViewCells) return { mode: 'city', cells: [] };
  return { mode: 'cells', cells };
}

export const sameLook = (a: LookedAt, b: LookedAt): boolean =>
  a.mode === b.mode && a.cells.length === b.cells.length && a.cells.every((cell, k) => cell === b.cells[k]);
