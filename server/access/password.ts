import { hash, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes: OWASP's first recommendation; about 30 ms here. The default algorithm of the package is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const passwordLength = { shortest: 12, longest: 128 };

/** Hashing is dear on purpose: only so many at once and so many waiting, or it would be a lever against everybody. */
const together = 2;
const mostWaiting = 64;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T | 'busy'> {
  if (running >= together) {
    if (waiting.length >= mostWaiting) return 'busy';
    await new Promise<void>((next) => waiting.push(next));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** The same word typed on another keyboard or system has to match. */
const normal = (password: string): string => password.normalize('NFKC');

export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), cost);
}

let decoy: Promise<string> | null = null;

/** Takes as long for an account that does not exist, or has no password, as for one that does. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean | 'busy'> {
  decoy ??= hashPassword('nobody has this password');
  const against = stored ?? (await decoy);
  const right = await inTurn(() => verify(against, normal(password)).catch(() => false));
  if (right === 'busy') return 'busy';
  return right && stored !== null;
}

export type PasswordFault = 'short' | 'long' | 'login' | 'plain';

/** What a new password may not be. Length counts, not character classes. */
export function passwordFault(password: string, login: string): PasswordFault | null {
  const letters = [...normal(password)];
  if (letters.length < passwordLength.shortest) return 'short';
  if (letters.length > passwordLength.longest) return 'long';
  if (normal(password).toLowerCase().includes(login.toLowerCase()) && login.length >= 4) return 'login';
  return new Set(letters).size < 5 ? 'plain' : null;
}
