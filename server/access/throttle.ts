/**
 * Slows guessing down without letting a stranger lock anybody out: a place from which an account has signed in before is only held
 * by its own failures there; strangers are also held by what all strangers did to this account, and by what their address did to others.
 */
export type Tries = { readonly count: number; readonly lastAt: number };
export type Pace = { readonly free: number; readonly longestMs: number };

export const paces = {
  pair: { free: 5, longestMs: 15 * 60_000 },
  account: { free: 10, longestMs: 60_000 },
  address: { free: 30, longestMs: 60_000 },
} as const satisfies Record<string, Pace>;

const forgottenAfterMs = 30 * 60_000;

/** How long after the last failure the next try may come: 1 s, 2 s, 4 s … */
export const pauseMs = (failures: number, pace: Pace): number =>
  failures < pace.free ? 0 : Math.min(pace.longestMs, 1_000 * 2 ** Math.min(20, failures - pace.free));

export const waitMs = (tries: Tries | undefined, pace: Pace, now: number): number =>
  tries ? Math.max(0, tries.lastAt + pauseMs(tries.count, pace) - now) : 0;

export const counted = (tries: Tries | undefined, now: number): Tries => ({
  count: tries && now - tries.lastAt < forgottenAfterMs ? tries.count + 1 : 1,
  lastAt: now,
});

export type Attempt = { readonly login: string; readonly address: string; readonly known: boolean };

export type Throttle = {
  /** Counts the try as a failure from its beginning, so that a hundred at once are a hundred. 0: go on. */
  begin(attempt: Attempt): number;
  /** It was the right password after all. */
  succeeded(attempt: Attempt): void;
};

const most = 20_000;

export function createThrottle(now: () => number): Throttle {
  const held = new Map<string, Tries>();
  const keysOf = ({ login, address, known }: Attempt): readonly (readonly [string, Pace])[] => {
    const name = login.toLowerCase();
    const pair = [`pair ${name} ${address}`, paces.pair] as const;
    if (known) return [pair];
    return [pair, [`account ${name}`, paces.account], [`address ${address}`, paces.address]];
  };

  const keep = (key: string, tries: Tries): void => {
    held.delete(key);
    held.set(key, tries);
    if (held.size > most) held.delete(held.keys().next().value as string);
  };

  return {
    begin(attempt) {
      const at = now();
      const keys = keysOf(attempt);
      const wait = Math.max(...keys.map(([key, pace]) => waitMs(held.get(key), pace, at)));
      if (wait > 0) return wait;
      for (const [key] of keys) keep(key, counted(held.get(key), at));
      return 0;
    },
    succeeded(attempt) {
      for (const [key] of keysOf(attempt)) {
        const tries = held.get(key);
        if (!tries) continue;
        if (key.startsWith('pair') || tries.count <= 1) held.delete(key);
        else held.set(key, { ...tries, count: tries.count - 1 });
      }
    },
  };
}
