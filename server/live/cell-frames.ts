import {
  type CellTotal,
  encodeCellFrame,
  encodeResetFrame,
  encodeTotalsFrame,
  freshnessCode,
  freshnessOfByte,
  maxSlots,
  noCell,
  statusOfByte,
  totalClassByCode,
  totalClasses,
} from '@/server/wire/frame.ts';
import type { LatestState } from './latest-state.ts';

/** Viewers who may see the same: each cell is encoded once for all of them. */
export type Audience = { readonly key: string; sees(scope: string): boolean };
export type FrameStamp = { readonly tick: number; readonly timeMs: number };

export type CellFrames = {
  /** The cell as this audience may see it; the same bytes until something in the cell changes. */
  cell(cell: number, audience: Audience, stamp: FrameStamp): Uint8Array;
  /** Whether there is anything in the cell at all (for anybody). */
  isEmpty(cell: number): boolean;
  totals(cells: Iterable<number>, audience: Audience, stamp: FrameStamp): Uint8Array;
  reset(stamp: FrameStamp): Uint8Array;
  /** Nobody of this audience is left. */
  forget(audienceKey: string): void;
  readonly encoded: number;
};

type Kept = { version: number; bytes: Uint8Array };
type Shelf = { frames: Map<number, Kept>; sees: (boolean | undefined)[] };

export function createCellFrames(state: LatestState): CellFrames {
  const shelves = new Map<string, Shelf>();
  const list = new Uint16Array(maxSlots);
  let encoded = 0;

  function shelfOf(audience: Audience): Shelf {
    const held = shelves.get(audience.key);
    if (held) return held;
    const made: Shelf = { frames: new Map(), sees: [] };
    shelves.set(audience.key, made);
    return made;
  }

  function maySee(shelf: Shelf, audience: Audience, scope: number): boolean {
    const known = shelf.sees[scope];
    if (known !== undefined) return known;
    const sees = audience.sees(state.scopeName(scope));
    shelf.sees[scope] = sees;
    return sees;
  }

  /** The slots of a cell that the audience may see, in `list`. */
  function gather(cell: number, audience: Audience): number {
    const shelf = shelfOf(audience);
    const all = state.slots.list(cell, list);
    const { scopes } = state;
    const { sees } = shelf;
    let count = 0;
    for (let k = 0; k < all; k++) {
      const slot = list[k] as number;
      const scope = scopes[slot] as number;
      if (sees[scope] ?? maySee(shelf, audience, scope)) list[count++] = slot;
    }
    return count;
  }

  function total(cell: number, audience: Audience): CellTotal {
    const count = gather(cell, audience);
    const counts = totalClasses.map(() => 0);
    let x = 0;
    let y = 0;
    let notFresh = 0;
    for (let k = 0; k < count; k++) {
      const slot = list[k] as number;
      const byte = state.columns.status[slot] as number;
      const group = totalClassByCode[statusOfByte(byte)] as number;
      counts[group] = (counts[group] as number) + 1;
      if (freshnessOfByte(byte) !== freshnessCode.fresh) notFresh++;
      x += state.columns.x[slot] as number;
      y += state.columns.y[slot] as number;
    }
    return { cell, x: count ? Math.round(x / count) : 0, y: count ? Math.round(y / count) : 0, counts, notFresh };
  }

  return {
    get encoded() {
      return encoded;
    },
    cell(cell, audience, stamp) {
      const shelf = shelfOf(audience);
      const version = state.cellVersion(cell);
      const kept = shelf.frames.get(cell);
      if (kept && kept.version === version) return kept.bytes;
      const count = gather(cell, audience);
      const bytes = encodeCellFrame({ cell, ...stamp }, list, { count, columns: state.columns });
      shelf.frames.set(cell, { version, bytes });
      encoded++;
      return bytes;
    },
    isEmpty: (cell) => state.slots.countOf(cell) === 0,
    totals: (cells, audience, stamp) =>
      encodeTotalsFrame(
        { cell: noCell, ...stamp },
        [...cells].map((cell) => total(cell, audience)),
      ),
    reset: (stamp) => encodeResetFrame({ cell: noCell, ...stamp }),
    forget: (key) => {
      shelves.delete(key);
    },
  };
}
