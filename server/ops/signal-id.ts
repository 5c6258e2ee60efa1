import { createHash } from 'node:crypto';

export const shortHash = (...parts: (string | number | null)[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 22);

/** A call's or a case's signal: one for its number at its source, through all revisions. */
export const signalIdOf = (
  kind: 'call' | 'case',
  of: { readonly feed: string; readonly scheme: string; readonly number: string },
): string => `${kind}-${shortHash(of.feed, of.scheme, of.number)}`;
