/**
 * What the live region says: at most one message per two seconds, the critical first, a flood as one sum. Pure: the caller
 * owns the timer.
 */
export type News = { readonly key: string; readonly critical: boolean; readonly words: string };
export type Announcements = { readonly waiting: readonly News[]; readonly saidAt: number };

export const quietMs = 2_000;
export const floodFrom = 4;
export const silent: Announcements = { waiting: [], saidAt: 0 };

/** A later word about the same thing replaces the earlier one that was not said yet. */
export const hear = (of: Announcements, news: readonly News[]): Announcements => {
  const keys = new Set(news.map((one) => one.key));
  return { ...of, waiting: [...of.waiting.filter((one) => !keys.has(one.key)), ...news].slice(-500) };
};

export type Said =
  | { readonly kind: 'one'; readonly words: string }
  | { readonly kind: 'flood'; readonly count: number; readonly critical: number };

export function say(of: Announcements, now: number): { readonly next: Announcements; readonly said: Said | null } {
  if (of.waiting.length === 0 || now - of.saidAt < quietMs) return { next: of, said: null };
  const critical = of.waiting.filter((one) => one.critical);
  if (of.waiting.length >= floodFrom && critical.length !== 1)
    return {
      next: { waiting: [], saidAt: now },
      said: { kind: 'flood', count: of.waiting.length, critical: critical.length },
    };
  const first = critical[0] ?? of.waiting[0];
  if (!first) return { next: of, said: null };
  return {
    next: { waiting: of.waiting.filter((one) => one !== first), saidAt: now },
    said: { kind: 'one', words: first.words },
  };
}
