import { connectedDepartments } from '@/server/domain/department.ts';
import type { DepartmentName } from '@/server/domain/presence.ts';
import type { Records } from './record-store.ts';
import { useRecords } from './use-live.ts';

type Added = ReadonlyMap<string, DepartmentName>;

/** Departments beside the regulation's, by id, as the records name them. The same map until one is named differently: seats change far more often. */
export function createAddedDepartments(): (records: Pick<Records, 'all'>) => Added {
  let from: unknown = null;
  let text = '[]';
  let added: Added = new Map();
  return (records) => {
    const held = records.all('department');
    if (held === from) return added;
    from = held;
    const named = Array.from(held.values()).flatMap(({ body: { id, name } }) => (name ? [[id, name] as const] : []));
    named.sort(([one], [other]) => (one < other ? -1 : 1));
    const now = JSON.stringify(named);
    if (now !== text) [text, added] = [now, new Map(named)];
    return added;
  };
}

const addedOf = createAddedDepartments();
/** Asked by every row of a list: at once is one comparison, paced would be a timer each. */
const same = { hz: 0, equal: Object.is };

export const useAddedDepartments = (): Added => useRecords(addedOf, same);

/** Every department of this city: the regulation's in its order, then the added ones. */
export function useDepartments(): readonly string[] {
  return [...connectedDepartments, ...useAddedDepartments().keys()];
}
