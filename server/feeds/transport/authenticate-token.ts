import { createHash, timingSafeEqual } from 'node:crypto';

/** Who a token speaks for: one source, which is one feed of one department. */
export type PushPrincipal = { readonly feedId: string; readonly department: string };
export type TokenHolder = PushPrincipal & { readonly tokenHash: string };

/** Tokens are long random strings, so a plain hash keeps them as safe as a slow one would, and costs nothing per request. */
export const hashToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');

/** Compares with every holder in constant time: how long it takes says nothing about which token was nearly right. */
export function authenticateToken(holders: readonly TokenHolder[], token: string): PushPrincipal | null {
  const given = Buffer.from(hashToken(token), 'hex');
  let found: PushPrincipal | null = null;
  for (const { feedId, department, tokenHash } of holders) {
    const wanted = Buffer.from(tokenHash, 'hex');
    if (wanted.length === given.length && timingSafeEqual(wanted, given)) found = { feedId, department };
  }
  return found;
}
