import { assign } from './assign.ts';
import type { PlanRun, Task } from './follow-up.ts';
import { newTask } from './follow-up-decide.ts';
import type { OrderId } from './ids.ts';
import { type Incident, isOpen, isOpenOrder, type Order } from './incident.ts';
import { type Decided, type Decision, moved, stampBy, whoOf } from './incident-decide.ts';
import type { IncidentEvent } from './incident-event.ts';
import { moveOf, sendableStates } from './incident-move.ts';
import { levelOf, type Plan, type PlanLevel, type UnitNeed } from './plan.ts';
import type { DemandNeed } from './recommend.ts';
import { type Refused, refused } from './refusal.ts';
import { type Grade, grades, higherPriority, type ResponseLevel } from './scale.ts';

/** A plan that fits an incident, at the level that its grade (or none: the weakest) suggests. A person starts it. */
export type PlanProposal = {
  readonly plan: Plan;
  readonly level: ResponseLevel;
  readonly because: { readonly kind: string; readonly grade: Grade | null; readonly warning: string | null };
};

const strengthOf = (level: number): number => -level;
/** Grade I suggests the strongest level that the plan has down to 一级, and so on; a plan need not have all four. */
export function suggestedLevel(of: Plan, grade: Grade | null): ResponseLevel {
  const levels = of.levels.map((one) => one.level).sort((a, b) => b - a);
  const wanted = grade === null ? levels[0]! : grades.indexOf(grade) + 1;
  return levels.find((level) => level <= wanted) ?? levels.at(-1)!;
}

export function proposePlans(
  plans: readonly Plan[],
  of: Pick<Incident, 'kind' | 'grade'>,
  warnings: readonly string[] = [],
): PlanProposal[] {
  return plans
    .filter((plan) => plan.enabled)
    .flatMap((plan) => {
      const trigger = plan.triggers.find(
        (one) =>
          of.kind !== null &&
          one.kinds.includes(of.kind) &&
          (one.grade === null || (of.grade !== null && grades.indexOf(of.grade) <= grades.indexOf(one.grade))) &&
          (one.warning === null || warnings.includes(one.warning)),
      );
      if (!trigger || of.kind === null) return [];
      const because = { kind: of.kind, grade: of.grade, warning: trigger.warning };
      return [{ plan, level: suggestedLevel(plan, of.grade), because }];
    })
    .sort((a, b) => specificity(b) - specificity(a) || a.plan.id.localeCompare(b.plan.id));
}
const specificity = ({ plan, because }: PlanProposal): number =>
  (because.warning === null ? 0 : 2) - plan.triggers.reduce((sum, one) => sum + one.kinds.length, 0) / 100;

export type EngagedUnit = { readonly kind: string; readonly capabilities: readonly string[] };

/** What a level still lacks: who is engaged already counts for the need that it fits best. */
export function openNeeds(level: PlanLevel, engaged: readonly EngagedUnit[]): DemandNeed[] {
  const slots = level.units.flatMap((need) => Array.from({ length: need.count }, () => need));
  const costs = Float64Array.from(slots.flatMap((need) => engaged.map((unit) => fitOf(need, unit))));
  const filled = assign(costs, slots.length, engaged.length);
  return level.units.flatMap((need) => {
    const served = slots.filter((slot, index) => slot === need && filled[index] !== -1).length;
    const { id, kinds, capabilities, count } = need;
    return served < count ? [{ id, kinds, capabilities, count: count - served, source: level.source }] : [];
  });
}
const fitOf = (need: UnitNeed, unit: EngagedUnit): number => {
  const rank = need.kinds.indexOf(unit.kind);
  return rank >= 0 && need.capabilities.every((one) => unit.capabilities.includes(one)) ? rank : Infinity;
};

export type Starting = {
  readonly plan: Plan;
  readonly level: ResponseLevel;
  /** In the language that the room reads; the log keeps what was said. */
  readonly language: 'zh-CN' | 'en';
  readonly newTaskId: () => string;
  readonly newOrderId: () => OrderId;
};

/**
 * Starts a plan, or takes a running one to another level: orders to departments that have none open, tasks that were not asked for yet. Units
 * are recommended for what is missing, and sent by a person. Lowering a level takes nothing back: people cancel what is not needed.
 */
export function startPlan(of: Incident, starting: Starting, context: Decision): Decided {
  const { plan, level } = starting;
  const no = checkStart(of, starting, context);
  if (no) return no;
  const asked = levelOf(plan, level);
  if (!asked) return refused('bad_input', `${plan.id} has no level ${level}`);
  const by = stampBy(context);
  const run: PlanRun = { plan: plan.id, version: plan.version, level, startedAt: context.now, by: by.by };
  const orders = departmentOrders(of, asked, starting, context);
  const events: IncidentEvent[] = [{ kind: 'planStarted', content: { run, ...by } }];
  if (of.response !== level)
    events.push({
      kind: 'incidentResponded',
      content: { response: level, reason: plan.title[starting.language], ...by },
    });
  const priority = higherPriority(of.priority, plan.priority);
  if (priority !== of.priority)
    events.push({
      kind: 'incidentEdited',
      content: { title: null, text: null, kind: null, category: null, place: null, priority, ...by },
    });
  events.push(
    ...orders.map<IncidentEvent>((order) => ({ kind: 'orderSent', content: { order, assignment: null, ...by } })),
  );
  events.push(...newTasks(of, asked, starting, context));
  if (orders.length > 0 && of.state === 'filed') events.push(moved(of, 'dispatch', context));
  return events;
}

function checkStart(of: Incident, { plan, level }: Starting, { actor }: Decision): Refused | null {
  if (!moveOf('dispatch').roles.some((role) => actor.roles.includes(role))) return refused('not_allowed');
  if (!isOpen(of) || !sendableStates.includes(of.state)) return refused('wrong_state', of.state);
  if (!plan.enabled) return refused('wrong_state', `${plan.id} is not in force`);
  if (of.plan && of.plan.plan !== plan.id)
    return refused('wrong_state', `${of.plan.plan} is running`, { by: of.plan.by });
  if (of.plan?.level === level && of.plan.version === plan.version)
    return refused('wrong_state', 'at this level already');
  return null;
}

function departmentOrders(of: Incident, asked: PlanLevel, starting: Starting, context: Decision): Order[] {
  const held = new Set(
    of.orders.flatMap((order) => (order.target.kind === 'department' && isOpenOrder(order) ? [order.target.id] : [])),
  );
  return asked.departments
    .filter(({ department }) => !held.has(department))
    .map(({ department, role, answerWithinS }) => ({
      id: starting.newOrderId(),
      target: { kind: 'department', id: department },
      text: role[starting.language],
      state: 'sent',
      sentAt: context.now,
      sentBy: whoOf(context.actor),
      dueAt: context.now + answerWithinS * 1000,
      late: false,
      escalated: [],
      acknowledgedAt: null,
      acknowledgedBy: null,
      endedAt: null,
      reason: null,
    }));
}

function newTasks(of: Incident, asked: PlanLevel, starting: Starting, context: Decision): IncidentEvent[] {
  const { plan, language } = starting;
  const has = (id: string) => of.tasks.some((held) => held.from?.plan === plan.id && held.from.task === id);
  return asked.tasks
    .filter((task) => !has(task.id))
    .map<IncidentEvent>((planned) => {
      const made: Task = {
        ...newTask,
        id: starting.newTaskId(),
        title: planned.title[language],
        text: '',
        owner: planned.owner,
        from: { plan: plan.id, task: planned.id },
        evidence: planned.evidence,
        createdAt: context.now,
        createdBy: whoOf(context.actor),
        dueAt: context.now + planned.withinS * 1000,
      };
      return { kind: 'taskSet', content: { task: made, ...stampBy(context) } };
    });
}

/** Whether one level asks for more than the other: 一级 is the strongest. */
export const isRaised = (from: ResponseLevel, to: ResponseLevel): boolean => strengthOf(to) > strengthOf(from);
