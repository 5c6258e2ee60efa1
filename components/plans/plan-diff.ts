import type { Plan, PlanDepartment, PlanLevel, PlanTask, UnitNeed } from '@/server/domain/plan.ts';

/** What one version says that the other did not, part by part, so that a person can read it. */
type Of<K extends string, T> = { readonly of: K; readonly from: T | null; readonly to: T | null };
type InLevel<K extends string, T> = Of<K, T> & { readonly level: number };
export type PlanChange =
  | Of<'title' | 'priority' | 'triggers' | 'source' | 'enabled', Plan>
  | InLevel<'level' | 'when' | 'levelSource', PlanLevel>
  | InLevel<'unit', UnitNeed>
  | InLevel<'department', PlanDepartment>
  | InLevel<'task', PlanTask>;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function parts<T>(before: readonly T[], after: readonly T[], keyOf: (of: T) => string) {
  const find = (list: readonly T[], key: string) => list.find((one) => keyOf(one) === key) ?? null;
  const keys = [...new Set([...before, ...after].map(keyOf))];
  return keys.flatMap((key) => {
    const [from, to] = [find(before, key), find(after, key)];
    return same(from, to) ? [] : [{ from, to }];
  });
}

function levelDiff(from: PlanLevel, to: PlanLevel): PlanChange[] {
  const { level } = to;
  return [
    ...(same(from.when, to.when) ? [] : [{ of: 'when', level, from, to } as const]),
    ...parts(from.units, to.units, (one) => one.id).map((one) => ({ of: 'unit', level, ...one }) as const),
    ...parts(from.departments, to.departments, (one) => one.department).map(
      (one) => ({ of: 'department', level, ...one }) as const,
    ),
    ...parts(from.tasks, to.tasks, (one) => one.id).map((one) => ({ of: 'task', level, ...one }) as const),
    ...(same(from.source, to.source) ? [] : [{ of: 'levelSource', level, from, to } as const]),
  ];
}

export function planDiff(from: Plan, to: Plan): PlanChange[] {
  const fields = ['title', 'priority', 'triggers', 'source', 'enabled'] as const;
  return [
    ...fields.flatMap((of) => (same(from[of], to[of]) ? [] : [{ of, from, to }])),
    ...parts(from.levels, to.levels, (one) => String(one.level)).flatMap<PlanChange>((one) =>
      one.from && one.to ? levelDiff(one.from, one.to) : [{ of: 'level', level: (one.to ?? one.from)!.level, ...one }],
    ),
  ];
}
