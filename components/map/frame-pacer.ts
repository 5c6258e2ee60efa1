/**
 * When the picture is drawn anew for what moves by itself. Drawing takes at most a quarter of the time: a weak machine that draws slowly
 * draws less often, and keeps the rest for everything else. Never less than once a second, so that what is seen is never older than that.
 */
export const drawnShare = 0.25;
export const longestGapMs = 1_000;

/** Gap from the start of one frame to the start of the next, by what the last ones took. */
export const gapFor = (costMs: number): number => Math.min(longestGapMs, costMs / drawnShare);

/** The newest cost counts half: one slow frame (a new font, another program) is not the machine's pace, three of them are. */
export const costAfter = (knownMs: number, newestMs: number): number =>
  knownMs === 0 ? newestMs : (knownMs + newestMs) / 2;

export type FramePacer = {
  /** A frame soon: at once on a quick machine, within a second on a slow one. Asked many times, it is one frame. */
  soon(): void;
  /** A frame has begun, whoever asked for it: it shows the newest of everything. True: say when it is out, nobody measures another now. */
  began(): boolean;
  /** The measured frame is out. */
  ended(): void;
  /** Present gap between frames, in ms. */
  gapMs(): number;
  stop(): void;
};

export type FramePacerOptions = {
  readonly draw: () => void;
  readonly now: () => number;
  readonly later: (work: () => void, ms: number) => () => void;
};

export function createFramePacer({ draw, now, later }: FramePacerOptions): FramePacer {
  let cost = 0;
  let beganAt = Number.NEGATIVE_INFINITY;
  /** Start of the frame that is being measured. */
  let measuredAt: number | null = null;
  let wanted = false;
  let cancel: (() => void) | null = null;

  function plan(): void {
    if (!wanted || cancel) return;
    // The frame before is not out yet: one more in the queue would only come later. But nobody waits for ever for a lost answer.
    const wait = beganAt + (measuredAt === null ? gapFor(cost) : longestGapMs) - now();
    if (wait > 0) {
      cancel = later(() => {
        cancel = null;
        measuredAt = null;
        plan();
      }, wait);
      return;
    }
    wanted = false;
    draw();
  }

  function replan(): void {
    cancel?.();
    cancel = null;
    plan();
  }

  return {
    soon() {
      wanted = true;
      plan();
    },
    began() {
      beganAt = now();
      wanted = false;
      cancel?.();
      cancel = null;
      if (measuredAt !== null && beganAt - measuredAt < longestGapMs) return false;
      measuredAt = beganAt;
      return true;
    },
    ended() {
      if (measuredAt === null) return;
      cost = costAfter(cost, now() - measuredAt);
      measuredAt = null;
      replan();
    },
    gapMs: () => gapFor(cost),
    stop() {
      wanted = false;
      cancel?.();
      cancel = null;
    },
  };
}
