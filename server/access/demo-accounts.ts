import { randomUUID } from 'node:crypto';
import { stationedDepartments } from '@/server/domain/department.ts';
import type { Role } from '@/server/domain/role.ts';
import { insertAccount, type NewAccount } from './account.ts';
import type { AccessDatabase } from './database.ts';
import { hashPassword } from './password.ts';

/** In demo data only; the start page names them and the password, which opens nothing else. */
export const demoPassword = 'demo-2026';

const account = (login: string, name: string, roles: Role[], of: Partial<NewAccount> = {}): NewAccount => ({
  login,
  name,
  roles,
  department: null,
  district: null,
  ...of,
});

const liaisonNames: Record<(typeof stationedDepartments)[number], string> = {
  police: '孙志远',
  ecology: '周海燕',
  transport: '吴昊',
  water: '郑江',
  'urban-management': '冯丽',
  'culture-tourism': '沈悦',
  health: '韩梅',
  'emergency-management': '杨帆',
  'market-regulation': '朱琳',
  fire: '许刚',
};

export const demoAccounts: readonly NewAccount[] = [
  account('operator1', '王敏', ['call-taker', 'dispatcher']),
  account('operator2', '李强', ['call-taker', 'dispatcher']),
  account('chief', '陈建国', ['duty-chief']),
  account('commander', '林涛', ['commander']),
  account('verifier', '赵雪', ['verifier']),
  ...stationedDepartments.map((department) =>
    account(`liaison-${department}`, liaisonNames[department], ['liaison'], { department }),
  ),
  account('district-gulou', '何静', ['district-operator'], { district: '320106' }),
  account('auditor', '高远', ['auditor']),
  account('admin', '系统管理员', ['system-admin']),
  account('wall', '大屏', ['wall']),
];

/** Adds what is missing; one hash serves all, so that the first start stays quick. */
export async function seedDemoAccounts(database: AccessDatabase, now: number): Promise<number> {
  const missing = await database.tx(async (query) => {
    const held = await query<{ login: string }>('select login from account');
    const known = new Set(held.map((row) => row.login));
    return demoAccounts.filter((one) => !known.has(one.login));
  });
  if (missing.length === 0) return 0;
  const passwordHash = await hashPassword(demoPassword);
  await database.tx(async (query) => {
    for (const one of missing)
      await insertAccount(query, {
        ...one,
        id: `demo-${one.login}-${randomUUID().slice(0, 8)}`,
        passwordHash,
        demo: true,
        now,
      });
  });
  return missing.length;
}
