import { type CellFrames, createCellFrames, type FrameStamp } from './cell-frames.ts';
import type { LatestState, SlotChange } from './latest-state.ts';

/** What one tick found. Frames are made by `frames` only for cells that somebody looks at. */
export type TickResult = FrameStamp & {
  readonly dirty: readonly number[];
  readonly slotChanges: readonly SlotChange[];
};

export type Ticker = {
  readonly frames: CellFrames;
  readonly last: FrameStamp;
  tick(now: number): TickResult;
};

/** Ages are looked at once a second: a change of freshness makes a cell dirty like any other change. */
export function createTicker(state: LatestState, sweepMs = 1_000): Ticker {
  const frames = createCellFrames(state);
  let last: FrameStamp = { tick: 0, timeMs: 0 };
  let sweptAt = Number.NEGATIVE_INFINITY;
  return {
    frames,
    get last() {
      return last;
    },
    tick(now) {
      if (now - sweptAt >= sweepMs || now < sweptAt) {
        state.sweep(now);
        sweptAt = now;
      }
      last = { tick: last.tick + 1, timeMs: now };
      return { ...last, dirty: state.takeDirty(), slotChanges: state.takeSlotChanges() };
    },
  };
}
