export type TurnsOptions = {
  /** Messages of all senders together, a second; a long one counts as several. */
  readonly perSecond: number;
  readonly burst: number;
  /** Messages of one sender before the next one's turn. */
  readonly share: number;
  /** How much of the time may go into reading; the rest is for storing, the screens and everything else. */
  readonly ofTime: number;
  /** How long somebody with much to store lets small ones go first, each time. */
  readonly yieldMs: number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
};
export const turnsOptions: TurnsOptions = {
  perSecond: 40_000,
  burst: 6_000,
  share: 16,
  ofTime: 0.7,
  yieldMs: 20,
  now: () => performance.now(),
};

export type Turns = {
  readonly share: number;
  /** `read` handles messages up to `share` and says how much it was. */
  ask(read: () => number): void;
  /** A small message on its way into the store. */
  small<T>(stored: Promise<T>): Promise<T>;
  /** For whoever has much to store: until no small one is on its way, or it was patient long enough. */
  afterSmall(): Promise<void>;
};

/** Between two looks at everything else that waits: sockets, timers, the tick of the screens. Whichever comes first. */
const turnsAtOnce = 20;
const roundMs = 10;
const pauseMs = 5;
/** What may be read at once after a quiet time: a fifth of a tick of the screens. */
const burstMs = 50;

/**
 * Whoever has something to read gets a turn, one after the other, and all together only so much a second: a sender that floods slows itself
 * down, by its own full socket, and neither the others nor the screens.
 */
export function createTurns(options: Partial<TurnsOptions> = {}): Turns {
  const { perSecond, burst, share, ofTime, yieldMs, now } = { ...turnsOptions, ...options };
  let waiting: (() => number)[] = [];
  let head = 0;
  let left = burst;
  let leftMs = burstMs;
  let filledAt = now();
  let busy = false;
  let smallOnes = 0;
  const patient = new Set<() => void>();

  function fill(): void {
    const at = now();
    left = Math.min(burst, left + ((at - filledAt) / 1000) * perSecond);
    leftMs = Math.min(burstMs, leftMs + (at - filledAt) * ofTime);
    filledAt = at;
  }

  function run(): void {
    busy = true;
    fill();
    let usedMs = 0;
    for (let given = 0; given < turnsAtOnce && usedMs < roundMs && mayGoOn(usedMs); given += 1) {
      left -= (waiting[head++] as () => number)();
      usedMs = now() - filledAt;
    }
    // One turn that took very long is nobody's debt for long: everything else waited meanwhile, the others' turns too.
    leftMs = Math.max(-burstMs, leftMs - usedMs);
    if (head > 1_024 || head === waiting.length) {
      waiting = waiting.slice(head);
      head = 0;
    }
    if (waiting.length === 0) busy = false;
    else if (left > 0 && leftMs > 0) setImmediate(run);
    else setTimeout(run, pauseMs);
  }

  const mayGoOn = (usedMs: number): boolean => head < waiting.length && left > 0 && leftMs > usedMs;

  return {
    share,
    ask(read) {
      waiting.push(read);
      if (!busy) run();
    },
    small(stored) {
      smallOnes++;
      return stored.finally(() => {
        smallOnes--;
        if (smallOnes === 0) for (const goOn of [...patient]) goOn();
      });
    },
    async afterSmall() {
      if (smallOnes === 0) return;
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          clearTimeout(timer);
          patient.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, yieldMs);
        patient.add(goOn);
      });
    },
  };
}

/**
 * Does one thing when its turn comes, after one look at everything else. Where it answers later, the turn is over all the same, and
 * the others go on.
 */
export const inTurn = <T>(turns: Turns, cost: number, work: () => T | Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const take = (): number => {
      try {
        resolve(work());
      } catch (fault) {
        reject(fault);
      }
      return cost;
    };
    setImmediate(() => turns.ask(take));
  });
