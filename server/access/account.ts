import { z } from 'zod';
import type { Actor, Role } from '@/server/domain/role.ts';
import { roles } from '@/server/domain/role.ts';
import type { Query } from '@/server/store/store.ts';

export const loginName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u, 'letters, digits, . _ @ -');

export const newAccount = z.object({
  login: loginName,
  name: z.string().trim().min(1).max(100),
  roles: z.array(z.enum(roles)).min(1).max(roles.length),
  department: z.string().max(64).nullable(),
  district: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
});
export type NewAccount = z.infer<typeof newAccount>;

export type AccountRow = {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly password_hash: string | null;
  readonly roles: Role[];
  readonly department: string | null;
  readonly district: string | null;
  readonly disabled: boolean;
  readonly demo: boolean;
  readonly created_at: number;
  readonly failed_count: number;
  readonly locked_until: number | null;
};

export const accountColumns =
  'account.id, account.name, account.login, account.password_hash, account.roles, account.department, account.district, account.disabled, account.demo, account.created_at, account.failed_count, account.locked_until';

export const actorOf = (row: Pick<AccountRow, 'id' | 'name' | 'roles' | 'department' | 'district'>): Actor => ({
  id: row.id,
  name: row.name,
  roles: row.roles,
  department: row.department,
  district: row.district,
});

export async function findByLogin(query: Query, login: string): Promise<AccountRow | null> {
  const rows = await query<AccountRow>(`select ${accountColumns} from account where lower(login) = lower($1)`, [login]);
  return rows[0] ?? null;
}

export const anyAccount = async (query: Query): Promise<boolean> =>
  (await query('select 1 from account limit 1')).length > 0;

export type InsertAccount = NewAccount & {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly demo: boolean;
  readonly now: number;
};

/** False when the login name is taken. */
export async function insertAccount(query: Query, of: InsertAccount): Promise<boolean> {
  const rows = await query(
    `insert into account (id, name, login, password_hash, roles, department, district, demo, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing returning 1`,
    [of.id, of.name, of.login, of.passwordHash, of.roles, of.department, of.district, of.demo, of.now],
  );
  return rows.length > 0;
}
