import { z } from 'zod';
import { grades, priorities, response, responseLevels, warningColours } from './scale.ts';
import { at, who } from './who.ts';

/**
 * A plan (预案, PRODUCT.md §3): triggers × response level → unit kinds, roles, departments, tasks, deadlines, each with its source. Data with
 * versions: the log keeps every one, and an incident runs the one it was started with.
 */
const words = z.object({ 'zh-CN': z.string().trim().min(1).max(500), en: z.string().trim().max(500) });
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

/** A norm's own name, or whose word it is; `verified` only where somebody has read the text itself. */
export const citedSource = z.object({ text: words, verified: z.boolean() });
export type CitedSource = z.infer<typeof citedSource>;

/** When the plan is proposed: one of these kinds, and (where told) at least this grade or under a warning of this colour. */
export const planTrigger = z.object({
  kinds: z.array(z.string().max(128)).min(1).max(50),
  grade: z.enum(grades).nullable(),
  warning: z.enum(warningColours).nullable(),
});
export type PlanTrigger = z.infer<typeof planTrigger>;

/** So many units of any of these kinds, the first kind liked best. */
export const unitNeed = z.object({
  id: slug,
  kinds: z.array(z.string().max(64)).min(1).max(10),
  /** What a unit must be able to do besides; empty: nothing. */
  capabilities: z.array(z.string().max(64)).max(10),
  count: z.number().int().min(1).max(200),
  role: words.nullable(),
});
export type UnitNeed = z.infer<typeof unitNeed>;

export const planDepartment = z.object({
  department: z.string().max(64),
  role: words,
  /** Seconds to acknowledge the order. */
  answerWithinS: z.number().int().min(10).max(86_400),
  /** Whether its liaison is called to the command centre (召集), and by when. */
  stationWithinS: z.number().int().min(60).max(86_400).nullable(),
});
export type PlanDepartment = z.infer<typeof planDepartment>;

export const planTask = z.object({
  id: slug,
  title: words,
  owner: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('department'), id: z.string().max(64) }),
    z.object({ kind: z.literal('role'), id: z.string().max(64) }),
  ]),
  withinS: z.number().int().min(60).max(604_800),
  evidence: z.boolean(),
});
export type PlanTask = z.infer<typeof planTask>;

/** Everything that a level asks for: absolute, so that raising one asks for the difference only. */
export const planLevel = z.object({
  level: response,
  when: words,
  units: z.array(unitNeed).max(40),
  departments: z.array(planDepartment).max(20),
  tasks: z.array(planTask).max(60),
  source: citedSource,
});
export type PlanLevel = z.infer<typeof planLevel>;

export const plan = z.object({
  id: slug,
  title: words,
  triggers: z.array(planTrigger).min(1).max(20),
  /** Priority that an incident under this plan has at least. */
  priority: z.enum(priorities),
  /** From the weakest to the strongest, each once. */
  levels: z.array(planLevel).min(1).max(responseLevels.length),
  source: citedSource,
  enabled: z.boolean(),
  /** Counts up with every change; an incident names the one it runs. */
  version: z.number().int().min(1),
  /** Who made it what it is; null: as it was seeded. */
  changed: z.object({ by: who, at }).nullable(),
});
export type Plan = z.infer<typeof plan>;

export const planEventKinds = {
  planSet: z.object({ plan, by: who, at }),
} as const;
export type PlanEvent = { kind: 'planSet'; content: z.infer<(typeof planEventKinds)['planSet']> };

const seededBy = 'system/seed';
export const applyPlan = (current: Plan | null, { content }: PlanEvent): Plan => ({
  ...content.plan,
  version: (current?.version ?? 0) + 1,
  changed: content.by.id === seededBy ? null : { by: content.by, at: content.at },
});

export const levelOf = (of: Plan, level: number): PlanLevel | null =>
  of.levels.find((one) => one.level === level) ?? null;
