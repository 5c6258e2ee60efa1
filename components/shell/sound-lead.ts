/**
 * Several tabs of one browser, one sound: the tab that holds the lease plays. A lease in storage and not a lock, because locks are missing
 * where the page is no secure context.
 */
export type Lease = { readonly tab: string; readonly at: number; readonly seen: boolean };
export const leaseMs = 3_500;
export const renewMs = 1_000;

export function readLease(text: string | null): Lease | null {
  try {
    const { tab, at, seen } = JSON.parse(text ?? 'null') as Partial<Lease>;
    return typeof tab === 'string' && typeof at === 'number' ? { tab, at, seen: seen === true } : null;
  } catch {
    return null; // nothing there, or not ours
  }
}

/** The lease to write, where this tab has it or may take it: an old one, or a hidden tab's (browsers slow those down). */
export function claimLease(held: Lease | null, me: { tab: string; seen: boolean }, now: number): Lease | null {
  const mine = { ...me, at: now };
  if (!held || held.tab === me.tab) return mine;
  const old = now - held.at > leaseMs || held.at - now > leaseMs;
  return old || (me.seen && !held.seen) ? mine : null;
}
