import { randomUUID } from 'node:crypto';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { type AccountRow, accountColumns, anyAccount, type NewAccount } from './account.ts';
import { cookieName, readCookie } from './cookie.ts';
import type { AccessDatabase } from './database.ts';
import { type AccountChange, type AccountView, changeAccount, createAccount, listAccounts } from './manage-accounts.ts';
import { checkPassword, hashPassword, passwordFault } from './password.ts';
import { issuePushToken, listPushTokens, type PushSource, type PushTokenView, revokePushToken } from './push-tokens.ts';
import {
  endSession,
  endSessions,
  findSession,
  findSessions,
  forgetSessions,
  listSessions,
  type Session,
  type SessionView,
} from './session.ts';
import { createSetUp } from './set-up.ts';
import { type Opened, signIn, type Visitor } from './sign-in.ts';
import { createThrottle } from './throttle.ts';

/** Who is there, for the API and the socket alike. Calls reject while the database is gone. */
export type Access = {
  /** Whether cookies are for TLS only, and so have the prefixed name. */
  readonly secure: boolean;
  /** The code that opens a city without accounts. */
  readonly setUpCode: string;
  authenticate(cookieHeader: string | undefined): Promise<Session | null>;
  stillValid(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Actor>>;
  signIn(given: { login: string; password: string }, visitor: Visitor): Promise<Opened | Refused>;
  setUpNeeded(): Promise<boolean>;
  setUp(
    given: { code: string; login: string; name: string; password: string },
    visitor: Visitor,
  ): Promise<Opened | Refused>;
  changePassword(session: Session, given: { current: string; next: string }): Promise<{ ended: number } | Refused>;
  sessions(session: Session): Promise<SessionView[]>;
  /** Ends one session of the same account, or all but (or with) this one. */
  end(session: Session, which: { id: string } | 'all' | 'others'): Promise<number>;
  accounts(): Promise<AccountView[]>;
  createAccount(given: NewAccount & { password: string }): Promise<AccountView | Refused>;
  changeAccount(by: Actor, given: AccountChange & { id: string }): Promise<AccountView | Refused>;
  pushTokens(): Promise<PushTokenView[]>;
  /** The token in the clear, this once. */
  issuePushToken(source: PushSource): Promise<{ id: string; token: string }>;
  revokePushToken(id: string): Promise<boolean>;
  /** Ids of sessions that were ended by somebody: their sockets are cut at once. */
  onEnded(listener: (sessionId: string) => void): void;
  forget(): Promise<void>;
};

export type AccessOptions = {
  readonly database: AccessDatabase;
  readonly secure: boolean;
  /** Accounts that are made in demo data are demo accounts. */
  readonly demo?: boolean;
  readonly now?: () => number;
  readonly newId?: () => string;
};

/** Asked before every command, whose own answer has to be there within 3 s (DESIGN.md §9). */
const knock = { patienceMs: 1_500, again: true };

export function createAccess(options: AccessOptions): Access {
  const { database, secure, demo = false, now = Date.now, newId = randomUUID } = options;
  const parts = { database, now, newId, demo, throttle: createThrottle(now) };
  const firstRun = createSetUp(parts);
  const listeners: ((sessionId: string) => void)[] = [];
  const tell = (ended: readonly string[]): number => {
    for (const id of ended) for (const listener of listeners) listener(id);
    return ended.length;
  };

  return {
    secure,
    setUpCode: firstRun.code,
    async authenticate(header) {
      const token = readCookie(header, cookieName(secure));
      return token ? database.tx((query) => findSession(query, token, now()), knock) : null;
    },
    async stillValid(ids) {
      const held = await database.tx((query) => findSessions(query, ids, now()));
      return new Map(held.map((session) => [session.id, session.actor]));
    },
    signIn: (given, visitor) => signIn(parts, given, visitor),
    setUpNeeded: () => database.tx(async (query) => !(await anyAccount(query))),
    setUp: firstRun.run,
    async changePassword(session, { current, next }) {
      const account = await database.tx(
        async (query) =>
          (await query<AccountRow>(`select ${accountColumns} from account where id = $1`, [session.actor.id]))[0],
      );
      if (!account) return refused('signed_out');
      const attempt = { login: account.login, address: `session ${session.id}`, known: true };
      if (parts.throttle.begin(attempt) > 0) return refused('too_many_attempts');
      const right = await checkPassword(account.password_hash, current);
      if (right === 'busy') return refused('too_many_attempts');
      if (!right) return refused('bad_credentials');
      parts.throttle.succeeded(attempt);
      if (account.demo) return refused('not_allowed', 'demo accounts keep their password');
      const fault = next === current ? 'same' : passwordFault(next, account.login);
      if (fault) return refused('bad_input', `password: ${fault}`, { subject: 'password' });
      const hash = await hashPassword(next);
      const ended = await database.tx(async (query) => {
        await query('update account set password_hash = $2, changed_at = $3 where id = $1', [account.id, hash, now()]);
        return endSessions(query, account.id, now(), session.id);
      });
      return { ended: tell(ended) };
    },
    sessions: (session) => database.tx((query) => listSessions(query, session.actor.id, now(), session.id)),
    async end(session, which) {
      const account = session.actor.id;
      const ended = await database.tx((query) =>
        typeof which === 'object'
          ? endSession(query, account, which.id, now())
          : endSessions(query, account, now(), which === 'others' ? session.id : null),
      );
      return tell(ended);
    },
    accounts: () => listAccounts(parts),
    createAccount: (given) => createAccount(parts, given),
    async changeAccount(by, given) {
      const changed = await changeAccount(parts, { actor: by.id }, given);
      if (wasRefused(changed)) return changed;
      tell(changed.ended);
      return changed.account;
    },
    pushTokens: () => listPushTokens(database),
    async issuePushToken(source) {
      const id = newId();
      return { id, token: await issuePushToken(database, { source, id, now: now() }) };
    },
    revokePushToken: (id) => revokePushToken(database, id, now()),
    onEnded: (listener) => {
      listeners.push(listener);
    },
    forget: async () => {
      await database.tx((query) => forgetSessions(query, now()));
    },
  };
}
