import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A nonce that can be checked without having been stored: its time, and a keyed hash of that and of whom it was given to. The key lives as
 * long as the process; after it devices are challenged once more.
 */
const key = randomBytes(32);

const seal = (time: string, owner: string): string =>
  createHmac('sha256', key).update(`${time}\n${owner}`).digest('hex').slice(0, 32);

export const nonceFor = (owner: string, now: number): string => {
  const time = Math.max(0, Math.floor(now)).toString(16);
  return `${time}.${seal(time, owner)}`;
};

/** Ours, for this owner, and not too old. */
export function isFresh(nonce: string, owner: string, { now, lifeMs }: { now: number; lifeMs: number }): boolean {
  const [time = '', given = '', ...more] = nonce.split('.');
  if (more.length > 0 || !/^[0-9a-f]{1,14}$/.test(time) || !/^[0-9a-f]{32}$/.test(given)) return false;
  if (!timingSafeEqual(Buffer.from(seal(time, owner)), Buffer.from(given))) return false;
  const age = now - Number.parseInt(time, 16);
  return age >= -1_000 && age <= lifeMs;
}
