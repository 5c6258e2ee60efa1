import { readFileSync } from 'node:fs';

/** How many files and sockets this process may have open; where the system does not say, what is usual. */
export function openFilesLimit(): number {
  try {
    const found = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(found ?? 10_240);
  } catch {
    return 10_240; // not Linux
  }
}

export type SocketShares = {
  /** All connections of the feeds' listeners together. */
  readonly feeds: number;
  readonly web: number;
};

/**
 * Sockets that anybody can open never take what the database, the logs and the other port need: strangers on a feed's port do not lock
 * the operators out, nor the other way round.
 */
export function socketShares(limit = openFilesLimit()): SocketShares {
  const reserve = Math.min(2_000, Math.ceil(limit / 4));
  const half = Math.floor((limit - reserve) / 2);
  return { feeds: Math.min(half, 60_000), web: Math.min(half, 20_000) };
}
