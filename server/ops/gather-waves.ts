import { type Refused, wasRefused } from '@/server/domain/refusal.ts';

type Waiting<W, R> = {
  readonly wave: W;
  readonly settle: (answer: R | Refused) => void;
  readonly fail: (error: unknown) => void;
};
type Run<W, R> = (waves: readonly [W, ...W[]]) => Promise<readonly R[] | Refused>;

export type Gathering<W> = {
  readonly most: number;
  readonly size: (wave: W) => number;
  readonly mayGoTogether: (a: W, b: W) => boolean;
  /** Waves that speak of one thing go into two commands, in their order. */
  readonly speaksOf: (wave: W) => readonly string[];
};

/** What waits, from the front, until one does not fit to the others: nobody is overtaken. */
export function takeTogether<W>(waiting: readonly W[], { most, size, mayGoTogether, speaksOf }: Gathering<W>): number {
  const spoken = new Set<string>();
  let total = 0;
  let taken = 0;
  for (const wave of waiting) {
    const about = speaksOf(wave);
    const fits = taken === 0 || (total + size(wave) <= most && mayGoTogether(waiting[0]!, wave));
    if (!fits || about.some((one) => spoken.has(one))) break;
    for (const one of about) spoken.add(one);
    total += size(wave);
    taken += 1;
  }
  return taken;
}

/**
 * One command at a time for each owner; what comes meanwhile goes into the next together. Each is answered for itself, after the command
 * that holds it; where several could not be written together, each is tried alone, so that one that cannot be stored refuses no other.
 */
export function gathererFor<W, R>(gathering: Gathering<W>) {
  const gatherers = new WeakMap<object, ReturnType<typeof gatherer>>();

  function gatherer() {
    const waiting: Waiting<W, R>[] = [];
    let running = false;

    async function settle(some: readonly Waiting<W, R>[], run: Run<W, R>): Promise<void> {
      const [first, ...rest] = some;
      if (!first) return;
      try {
        const answer = await run([first.wave, ...rest.map((one) => one.wave)]);
        if (!wasRefused(answer)) {
          for (const [n, one] of some.entries()) one.settle(answer[n]!);
          return;
        }
        // Not stored is not stored for all of them: to try each would only take the longer to say so.
        if (some.length === 1 || answer.refused === 'not_saved') {
          for (const one of some) one.settle(answer);
          return;
        }
      } catch (error) {
        if (some.length === 1) return first.fail(error);
      }
      for (const one of some) await settle([one], run);
    }

    async function work(run: Run<W, R>): Promise<void> {
      running = true;
      while (waiting.length > 0) {
        const count = takeTogether(
          waiting.map((one) => one.wave),
          gathering,
        );
        await settle(waiting.splice(0, count), run);
      }
      running = false;
    }

    return {
      add: (wave: W, run: Run<W, R>): Promise<R | Refused> =>
        new Promise((settled, fail) => {
          waiting.push({ wave, settle: settled, fail });
          if (!running) void work(run);
        }),
    };
  }

  return (owner: object) => {
    const held = gatherers.get(owner) ?? gatherer();
    gatherers.set(owner, held);
    return held;
  };
}
