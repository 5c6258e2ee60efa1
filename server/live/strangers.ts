import type { LatestState } from './latest-state.ts';

/** Terminals that nobody has registered share at most so many places of the live picture: anybody can make them up. */
export const mostStrangers = 8_000;

export type Strangers = {
  /** Heard of again; the one that was silent longest makes room. */
  seen(subject: string): void;
  /** It has a name now, or is gone. */
  forget(subject: string): void;
  readonly size: number;
};

export function createStrangers(state: Pick<LatestState, 'slotOf' | 'remove'>, most = mostStrangers): Strangers {
  /** In the order in which they were last heard of. */
  const known = new Set<string>();
  return {
    seen(subject) {
      known.delete(subject);
      known.add(subject);
      if (known.size <= most) return;
      const [oldest = ''] = known;
      known.delete(oldest);
      const slot = state.slotOf(oldest);
      if (slot !== null) state.remove(slot);
    },
    forget: (subject) => void known.delete(subject),
    get size() {
      return known.size;
    },
  };
}
