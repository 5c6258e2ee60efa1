import { type Plan, plan as planSchema } from '@/server/domain/plan.ts';
import { type PlanFault, planFaults } from '@/server/domain/plan-fault.ts';
import { type ResponseLevel, responseLevels } from '@/server/domain/scale.ts';

/** A plan as somebody writes it: what is typed is text until it is saved. */
export type Tongues = { readonly zh: string; readonly en: string };
export type SourceDraft = Tongues & { readonly verified: boolean };
export type NeedDraft = {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly capabilities: readonly string[];
  readonly count: string;
  readonly role: Tongues;
};
export type DepartmentDraft = {
  readonly department: string;
  readonly role: Tongues;
  readonly answerS: string;
  readonly stationMin: string;
};
export type TaskDraft = {
  readonly id: string;
  readonly title: Tongues;
  /** `department/<id>` or `role/<id>`. */
  readonly owner: string;
  readonly withinMin: string;
  readonly evidence: boolean;
};
export type LevelDraft = {
  readonly level: ResponseLevel;
  readonly when: Tongues;
  readonly units: readonly NeedDraft[];
  readonly departments: readonly DepartmentDraft[];
  readonly tasks: readonly TaskDraft[];
  readonly source: SourceDraft;
};
export type TriggerDraft = {
  readonly kinds: readonly string[];
  readonly grade: Plan['triggers'][number]['grade'];
  readonly warning: Plan['triggers'][number]['warning'];
};
export type PlanDraft = {
  readonly id: string;
  readonly title: Tongues;
  readonly triggers: readonly TriggerDraft[];
  readonly priority: Plan['priority'];
  readonly levels: readonly LevelDraft[];
  readonly source: SourceDraft;
  readonly enabled: boolean;
};
export type GivenPlan = Omit<Plan, 'version' | 'changed'>;

const blank: Tongues = { zh: '', en: '' };
const noSource: SourceDraft = { ...blank, verified: false };
const tongues = (of: { 'zh-CN': string; en: string } | null): Tongues => (of ? { zh: of['zh-CN'], en: of.en } : blank);
const minutes = (seconds: number): string => String(Math.round((seconds / 60) * 100) / 100);
const sourceOf = ({ text, verified }: Plan['source']): SourceDraft => ({ ...tongues(text), verified });

export const draftOfPlan = (plan: GivenPlan, id = plan.id): PlanDraft => ({
  id,
  title: tongues(plan.title),
  triggers: plan.triggers.map((one) => ({ ...one })),
  priority: plan.priority,
  source: sourceOf(plan.source),
  enabled: plan.enabled,
  levels: plan.levels.map((one) => ({
    level: one.level,
    when: tongues(one.when),
    source: sourceOf(one.source),
    units: one.units.map((need) => ({ ...need, count: String(need.count), role: tongues(need.role) })),
    departments: one.departments.map((held) => ({
      department: held.department,
      role: tongues(held.role),
      answerS: String(held.answerWithinS),
      stationMin: held.stationWithinS === null ? '' : minutes(held.stationWithinS),
    })),
    tasks: one.tasks.map((task) => ({
      id: task.id,
      title: tongues(task.title),
      owner: `${task.owner.kind}/${task.owner.id}`,
      withinMin: minutes(task.withinS),
      evidence: task.evidence,
    })),
  })),
});

export const emptyLevel = (level: ResponseLevel): LevelDraft => ({
  level,
  when: blank,
  units: [],
  departments: [],
  tasks: [],
  source: noSource,
});
export const emptyDraft = (id: string): PlanDraft => ({
  id,
  title: blank,
  triggers: [{ kinds: [], grade: null, warning: null }],
  priority: 'P2',
  levels: [emptyLevel(4)],
  source: noSource,
  enabled: true,
});
export const emptyNeed = (id: string): NeedDraft => ({ id, kinds: [], capabilities: [], count: '1', role: blank });
export const emptyDepartment: DepartmentDraft = { department: '', role: blank, answerS: '120', stationMin: '' };
export const emptyTask = (id: string): TaskDraft => ({ id, title: blank, owner: '', withinMin: '30', evidence: false });

/** The first of `<stem>-1`, `<stem>-2` … that nobody has. */
export function freeId(stem: string, taken: ReadonlySet<string>): string {
  for (let at = 1; ; at++) if (!taken.has(`${stem}-${at}`)) return `${stem}-${at}`;
}
/** A part's id says across levels that it is the same one, so a new one is new in the whole plan. */
export const idsIn = (draft: PlanDraft, part: 'units' | 'tasks'): ReadonlySet<string> =>
  new Set(draft.levels.flatMap((one) => one[part].map(({ id }) => id)));

export const missingLevels = (draft: PlanDraft): ResponseLevel[] =>
  [...responseLevels].reverse().filter((level) => !draft.levels.some((one) => one.level === level));
/** A new level begins with everything of the next weaker one: each says all that it asks for. */
export function withLevel(draft: PlanDraft, level: ResponseLevel): PlanDraft {
  const weaker = [...draft.levels].filter((one) => one.level > level).sort((a, b) => a.level - b.level)[0];
  const made = weaker ? { ...weaker, level, when: blank } : emptyLevel(level);
  return { ...draft, levels: [...draft.levels, made].sort((a, b) => b.level - a.level) };
}

/** By path, as the schema names it; `plan`: what stands nowhere in particular. */
export type DraftFaults = Readonly<Record<string, 'missing' | 'number' | 'range' | 'code' | PlanFault['code']>>;

const both = ({ zh, en }: Tongues) => ({ 'zh-CN': zh.trim() || en.trim(), en: en.trim() || zh.trim() });
const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function givenOf(draft: PlanDraft) {
  return {
    id: draft.id.trim(),
    title: both(draft.title),
    triggers: draft.triggers.map(({ kinds, grade, warning }) => ({ kinds: [...kinds], grade, warning })),
    priority: draft.priority,
    source: { text: both(draft.source), verified: draft.source.verified },
    enabled: draft.enabled,
    levels: draft.levels.map((one) => ({
      level: one.level,
      when: both(one.when),
      source: { text: both(one.source), verified: one.source.verified },
      units: one.units.map(({ id, kinds, capabilities, count, role }) => ({
        id,
        kinds: [...kinds],
        capabilities: [...capabilities],
        count: numberIn(count),
        role: role.zh.trim() || role.en.trim() ? both(role) : null,
      })),
      departments: one.departments.map((held) => ({
        department: held.department,
        role: both(held.role),
        answerWithinS: numberIn(held.answerS),
        stationWithinS: held.stationMin.trim() === '' ? null : Math.round(numberIn(held.stationMin) * 60),
      })),
      tasks: one.tasks.map((task) => {
        const [kind, id = ''] = task.owner.split('/');
        return {
          id: task.id,
          title: both(task.title),
          owner: { kind, id },
          withinS: Math.round(numberIn(task.withinMin) * 60),
          evidence: task.evidence,
        };
      }),
    })),
  };
}

/** The plan that a draft says, or what is wrong with it. */
export function planOfDraft(draft: PlanDraft): { readonly plan: GivenPlan } | { readonly faults: DraftFaults } {
  const given = givenOf(draft);
  const read = planSchema.omit({ version: true, changed: true }).safeParse(given);
  const faults: Record<string, DraftFaults[string]> = {};
  if (!read.success)
    for (const { path, code, ...issue } of read.error.issues) {
      const key = path.join('.');
      const isNumber = typeof valueAt(given, path) === 'number';
      faults[key] = isNumber
        ? Number.isNaN(valueAt(given, path))
          ? 'number'
          : 'range'
        : key === 'id'
          ? 'code'
          : code === 'too_small' || 'options' in issue || code === 'invalid_union'
            ? 'missing'
            : 'range';
    }
  draft.levels.forEach((one, at) => {
    one.departments.forEach(({ department }, row) => {
      if (!department) faults[`levels.${at}.departments.${row}.department`] = 'missing';
    });
    one.tasks.forEach(({ owner }, row) => {
      if (!owner) faults[`levels.${at}.tasks.${row}.owner`] = 'missing';
    });
  });
  if (Object.keys(faults).length > 0 || !read.success) return { faults };
  for (const { code, level } of planFaults(read.data)) {
    const at = draft.levels.findIndex((one) => one.level === level);
    faults[at < 0 ? 'plan' : `levels.${at}`] = code;
  }
  return Object.keys(faults).length > 0 ? { faults } : { plan: read.data };
}

const valueAt = (of: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((held, key) => (held as Record<PropertyKey, unknown> | undefined)?.[key], of);

/** What is wrong inside one part, e.g. of a level. */
export const faultsUnder = (faults: DraftFaults, path: string): number =>
  Object.keys(faults).filter((key) => key === path || key.startsWith(`${path}.`)).length;
