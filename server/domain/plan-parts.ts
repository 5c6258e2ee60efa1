import type { Plan, PlanDepartment, PlanLevel, PlanTask, UnitNeed } from './plan.ts';
import { own, unread, words } from './rule-parts.ts';
import type { ResponseLevel } from './scale.ts';

/** A plan's parts in few words: a level says only what it asks for more than the weaker one. */
export { own, unread, words };

type Department = {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly answerS?: number;
  /** Minutes until its liaison is at the command centre. */
  readonly stationMin?: number;
};
type Task = {
  readonly id: string;
  /** A department, or `role/<role>`. */
  readonly owner: string;
  readonly zh: string;
  readonly en: string;
  readonly withinMin: number;
  readonly evidence?: boolean;
};
export type More = {
  readonly level: ResponseLevel;
  readonly when: readonly [zh: string, en: string];
  /** `fire-engine:4 fire-engine+ladder:1 patrol-car|repair-crew:2`: kinds, the best first, what they must be able to do, how many in all. */
  readonly units: string;
  readonly departments?: readonly Department[];
  readonly tasks?: readonly Task[];
};

const needs = (text: string): UnitNeed[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((one) => {
      const [asked = '', count = '1'] = one.split(':');
      const [kinds = '', ...capabilities] = asked.split('+');
      const list = kinds.split('|');
      const id = [list[0] ?? '', ...capabilities].join('-');
      return { id, kinds: list, capabilities, count: Number(count), role: null };
    });

const department = ({ id, zh, en, answerS = 120, stationMin }: Department): PlanDepartment => ({
  department: id,
  role: words(zh, en),
  answerWithinS: answerS,
  stationWithinS: stationMin === undefined ? null : stationMin * 60,
});

const task = ({ id, owner, zh, en, withinMin, evidence = false }: Task): PlanTask => ({
  id,
  title: words(zh, en),
  owner: owner.startsWith('role/')
    ? { kind: 'role', id: owner.slice('role/'.length) }
    : { kind: 'department', id: owner },
  withinS: withinMin * 60,
  evidence,
});

const over = <T>(held: readonly T[], more: readonly T[], keyOf: (of: T) => string): T[] => [
  ...held.map((one) => more.find((other) => keyOf(other) === keyOf(one)) ?? one),
  ...more.filter((one) => !held.some((other) => keyOf(other) === keyOf(one))),
];

/** From the weakest level up: each holds everything of the one before. */
export function levels(source: PlanLevel['source'], ...steps: readonly More[]): PlanLevel[] {
  const made: PlanLevel[] = [];
  for (const { level, when, units, departments = [], tasks = [] } of steps) {
    const held = made.at(-1);
    made.push({
      level,
      when: words(...when),
      units: over(held?.units ?? [], needs(units), (of) => of.id),
      departments: over(held?.departments ?? [], departments.map(department), (of) => of.department),
      tasks: over(held?.tasks ?? [], tasks.map(task), (of) => of.id),
      source,
    });
  }
  return made;
}

export const seededPlan = (of: Pick<Plan, 'id' | 'title' | 'triggers' | 'priority' | 'levels' | 'source'>): Plan => ({
  ...of,
  enabled: true,
  version: 1,
  changed: null,
});

export const byKind = (...kinds: string[]): Plan['triggers'] => [{ kinds, grade: null, warning: null }];
