import type { Connection } from '@/components/live/connection-store.ts';

export type LinkState = 'live' | 'connecting' | 'resyncing' | 'lost' | 'delayed' | 'signed-out';

/** The server is heard every two seconds; three missed beats are worth a word before the link itself is given up. */
const quietMs = 6_000;

/** What the wall says of its link, and how old its picture is. Connected alone does not make it live. */
export function linkOf(
  of: Connection,
  now: number | null,
): { readonly state: LinkState; readonly ageS: number | null } {
  const heard =
    of.lastHeardAt === null || now === null ? null : Math.max(0, now - (of.clockOffsetMs ?? 0) - of.lastHeardAt);
  const ageS = heard === null ? null : Math.floor(heard / 1_000);
  if (of.state === 'live' && of.recordsDelayedSince !== null) return { state: 'delayed', ageS };
  if (of.state === 'live' && heard !== null && heard > quietMs) return { state: 'resyncing', ageS };
  return { state: of.state, ageS };
}
