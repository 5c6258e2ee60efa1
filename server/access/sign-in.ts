import { type Refused, refused } from '@/server/domain/refusal.ts';
import type { Query } from '@/server/store/store.ts';
import { type AccountRow, findByLogin } from './account.ts';
import type { AccessDatabase } from './database.ts';
import { checkPassword } from './password.ts';
import { openSession, signedInFrom } from './session.ts';
import { type Attempt, paces, pauseMs, type Throttle } from './throttle.ts';

export type Visitor = { readonly address: string; readonly agent: string | null };
export type Opened = { readonly account: AccountRow; readonly token: string; readonly maxAgeS: number };

export type SignInParts = {
  readonly database: AccessDatabase;
  readonly throttle: Throttle;
  readonly now: () => number;
};

const tooMany = (waitMs: number): Refused => refused('too_many_attempts', `wait ${Math.ceil(waitMs / 1000)} s`);

/** What strangers did to an account survives a restart; the statement runs for an unknown name too, and changes nothing. */
const countFailure = (query: Query, account: AccountRow | null, now: number): Promise<unknown> => {
  const failures = (account?.failed_count ?? 0) + 1;
  const pause = pauseMs(failures, paces.account);
  return query('update account set failed_count = $2, locked_until = $3 where id = $1', [
    account?.id ?? '',
    failures,
    pause ? now + pause : null,
  ]);
};

/** Every way to fail takes the same path and gives the same answer: which names exist is not told. */
export async function signIn(
  { database, throttle, now }: SignInParts,
  given: { readonly login: string; readonly password: string },
  visitor: Visitor,
): Promise<Opened | Refused> {
  const startedAt = now();
  const { account, known } = await database.tx(async (query) => {
    const account = await findByLogin(query, given.login);
    return { account, known: await signedInFrom(query, account?.id ?? '', visitor.address, startedAt) };
  });
  const attempt: Attempt = { login: given.login, address: visitor.address, known };
  const wait = Math.max(
    throttle.begin(attempt),
    known || !account?.locked_until ? 0 : Math.max(0, account.locked_until - startedAt),
  );
  if (wait > 0) return tooMany(wait);

  const right = await checkPassword(account?.disabled ? null : (account?.password_hash ?? null), given.password);
  if (right === 'busy') return tooMany(1_000);
  return database.tx(async (query) => {
    const at = now();
    if (!right || !account) {
      if (!known) await countFailure(query, account, at);
      return refused('bad_credentials');
    }
    throttle.succeeded(attempt);
    if (account.failed_count > 0)
      await query('update account set failed_count = 0, locked_until = null where id = $1', [account.id]);
    return { account, ...(await openSession(query, { account, now: at, ...visitor })) };
  });
}
