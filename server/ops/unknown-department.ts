import { connectedDepartments } from '@/server/domain/department.ts';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import type { Tx } from '@/server/store/store.ts';

/** Refuses what nobody would ever see or answer for: a department that is neither the regulation's nor one that was added here. */
export async function unknownDepartment(tx: Pick<Tx, 'load'>, names: Iterable<string | null>): Promise<Refused | null> {
  for (const name of new Set(names)) {
    if (name === null || (connectedDepartments as readonly string[]).includes(name)) continue;
    if (!(await tx.load('department', name))) return refused('department_unknown', name, { subject: name });
  }
  return null;
}
