import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Long random strings need no slow hash: what is stored cannot be turned back, and a look-up costs nothing. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

export const sameSecret = (given: string, wanted: Buffer): boolean => timingSafeEqual(hashSecret(given), wanted);

/** Without letters and digits that are mistaken for each other when read from another screen. */
const readable = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

export const newSetupCode = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('')).join(
    '-',
  );

export const plainCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
