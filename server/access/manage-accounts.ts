import { type Refused, refused } from '@/server/domain/refusal.ts';
import type { Role } from '@/server/domain/role.ts';
import { type AccountRow, accountColumns, findByLogin, insertAccount, type NewAccount } from './account.ts';
import type { AccessDatabase } from './database.ts';
import { hashPassword, passwordFault } from './password.ts';
import { endSessions } from './session.ts';

export type AccountView = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly department: string | null;
  readonly district: string | null;
  readonly disabled: boolean;
  readonly demo: boolean;
  readonly createdAt: number;
};

const viewOf = (row: AccountRow): AccountView => ({
  id: row.id,
  login: row.login,
  name: row.name,
  roles: row.roles,
  department: row.department,
  district: row.district,
  disabled: row.disabled,
  demo: row.demo,
  createdAt: row.created_at,
});

export type AccountChange = Partial<Omit<NewAccount, 'login'>> & {
  readonly disabled?: boolean;
  readonly password?: string;
};

/** Apart by rule (PRODUCT.md §7): nobody is two of these at once, and who audits changes nothing. */
const apart: readonly Role[] = ['system-admin', 'security-admin', 'auditor'];
const mixed = (roles: readonly Role[]): boolean =>
  apart.filter((role) => roles.includes(role)).length > 1 || (roles.includes('wall') && roles.length > 1);

const badPassword = (password: string, login: string): Refused | null => {
  const fault = passwordFault(password, login);
  return fault ? refused('bad_input', `password: ${fault}`, { subject: 'password' }) : null;
};

type Parts = {
  readonly database: AccessDatabase;
  readonly now: () => number;
  readonly newId: () => string;
  readonly demo: boolean;
};

export const listAccounts = ({ database }: Parts): Promise<AccountView[]> =>
  database.tx(async (query) =>
    (await query<AccountRow>(`select ${accountColumns} from account order by login limit 5000`)).map(viewOf),
  );

export async function createAccount(
  { database, now, newId, demo }: Parts,
  given: NewAccount & { readonly password: string },
): Promise<AccountView | Refused> {
  if (mixed(given.roles)) return refused('bad_input', 'roles that are kept apart', { subject: 'roles' });
  const bad = badPassword(given.password, given.login);
  if (bad) return bad;
  const passwordHash = await hashPassword(given.password);
  return database.tx(async (query) => {
    const stored = await insertAccount(query, { ...given, id: newId(), passwordHash, demo, now: now() });
    const row = stored ? await findByLogin(query, given.login) : null;
    return row ? viewOf(row) : refused('bad_input', 'the login name is taken', { subject: 'login' });
  });
}

/** Gives the sessions that ended with it: a new password or a disabled account signs out everywhere. */
export async function changeAccount(
  { database, now }: Parts,
  by: { readonly actor: string },
  given: AccountChange & { readonly id: string },
): Promise<{ readonly account: AccountView; readonly ended: string[] } | Refused> {
  if (given.id === by.actor && (given.disabled || given.roles))
    return refused('not_allowed', 'nobody disables or raises the own account');
  if (given.roles && mixed(given.roles)) return refused('bad_input', 'roles that are kept apart', { subject: 'roles' });
  return database.tx(async (query) => {
    const rows = await query<AccountRow>(`select ${accountColumns} from account where id = $1 for update`, [given.id]);
    const held = rows[0];
    if (!held) return refused('not_found', 'account');
    const bad = given.password === undefined ? null : badPassword(given.password, held.login);
    if (bad) return bad;
    const passwordHash = given.password === undefined ? held.password_hash : await hashPassword(given.password);
    const next = { ...held, ...given, password_hash: passwordHash };
    await query(
      `update account set name = $2, roles = $3, department = $4, district = $5, disabled = $6, password_hash = $7,
         changed_at = $8, failed_count = 0, locked_until = null where id = $1`,
      [held.id, next.name, next.roles, next.department, next.district, next.disabled, passwordHash, now()],
    );
    const cut = given.password !== undefined || next.disabled;
    return { account: viewOf(next), ended: cut ? await endSessions(query, held.id, now(), null) : [] };
  });
}
