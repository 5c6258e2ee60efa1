import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A nonce that can be checked without having been stored: its time, and a keyed hash of that and of whom it was given to. The key lives as
 * long as the process; after it devices are challenged once more.
 */
const key = randomBytes(32);

const seal = (of: string, owner: string): string =>
  createHmac('sha256', key).update(`${of}\n${owner}`).digest('hex').slice(0, 32);

/** `request` tells challenges of the same millisecond apart. */
export const nonceFor = (owner: string, request: string, now: number): string => {
  const of = `${Math.max(0, Math.floor(now)).toString(16)}.${seal(request, 'request').slice(0, 12)}`;
  return `${of}.${seal(of, owner)}`;
};

/** When it was given, where it is ours and was given to this owner; else null. */
export function issuedAt(nonce: string, owner: string): number | null {
  const match = /^(([0-9a-f]{1,14})\.[0-9a-f]{12})\.([0-9a-f]{32})$/.exec(nonce);
  if (!match) return null;
  const [, of = '', time = '', given = ''] = match;
  return timingSafeEqual(Buffer.from(seal(of, owner)), Buffer.from(given)) ? Number.parseInt(time, 16) : null;
}
