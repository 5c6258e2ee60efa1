import { type Refused, refused } from '@/server/domain/refusal.ts';
import { anyAccount, findByLogin, insertAccount, type NewAccount } from './account.ts';
import type { AccessDatabase } from './database.ts';
import { hashPassword, passwordFault } from './password.ts';
import { hashSecret, newSetupCode, plainCode, sameSecret } from './secret.ts';
import { openSession } from './session.ts';
import type { Opened, Visitor } from './sign-in.ts';
import type { Throttle } from './throttle.ts';

/**
 * A city without any account is opened by whoever reads the code that its server prints at start. It is made anew at every start and
 * is worth nothing once an account exists.
 */
export type SetUp = {
  readonly code: string;
  run(
    given: { code: string; login: string; name: string; password: string },
    visitor: Visitor,
  ): Promise<Opened | Refused>;
};

/** Takes turns, so that two at once do not both become the first. */
const lockKey = 0x6f6e_7375; // "onsu"

export function createSetUp(parts: {
  database: AccessDatabase;
  throttle: Throttle;
  now: () => number;
  newId: () => string;
}): SetUp {
  const { database, throttle, now, newId } = parts;
  const code = newSetupCode();
  const wanted = hashSecret(plainCode(code));

  return {
    code,
    async run(given, visitor) {
      const attempt = { login: 'set-up', address: visitor.address, known: false };
      if (throttle.begin(attempt) > 0) return refused('too_many_attempts');
      if (!sameSecret(plainCode(given.code), wanted)) return refused('bad_credentials');
      const fault = passwordFault(given.password, given.login);
      if (fault) return refused('bad_input', `password: ${fault}`, { subject: 'password' });
      const passwordHash = await hashPassword(given.password);
      return database.tx(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [lockKey]);
        if (await anyAccount(query)) return refused('wrong_state', 'this city has its administrator');
        const who: NewAccount = {
          login: given.login,
          name: given.name,
          roles: ['system-admin'],
          department: null,
          district: null,
        };
        await insertAccount(query, { ...who, id: newId(), passwordHash, demo: false, now: now() });
        const account = await findByLogin(query, given.login);
        if (!account) throw new Error('the first account was not stored');
        throttle.succeeded(attempt);
        return { account, ...(await openSession(query, { account, now: now(), ...visitor })) };
      });
    },
  };
}
