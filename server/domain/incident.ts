import { z } from 'zod';
import { clocks } from './clock.ts';
import { escalations, fileId, followUpShape } from './follow-up.ts';
import { assignmentId, incidentId, orderId, signalId, unitId } from './ids.ts';
import { place } from './place.ts';
import { category, grade, priority, response } from './scale.ts';
import { assignmentStates } from './unit.ts';
import { at, who } from './who.ts';

/** Main line of PRODUCT.md §4, then the side states. */
export const mainStates = [
  'received',
  'answered',
  'verifying',
  'filed',
  'dispatched',
  'accepted',
  'enRoute',
  'onScene',
  'controlled',
  'reported',
  'verified',
  'closed',
  'evaluated',
] as const;
export const sideStates = ['suspended', 'transferred', 'merged', 'voided'] as const;
export const incidentStates = [...mainStates, ...sideStates] as const;
export type MainState = (typeof mainStates)[number];
export type IncidentState = (typeof incidentStates)[number];

export const orderStates = ['sent', 'acknowledged', 'done', 'returned', 'cancelled', 'reassigned'] as const;
export const order = z.object({
  id: orderId,
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unit'), id: unitId, callSign: z.string(), department: z.string().nullable() }),
    z.object({ kind: z.literal('department'), id: z.string() }),
  ]),
  text: z.string().max(5_000),
  state: z.enum(orderStates),
  sentAt: at,
  sentBy: who,
  /** Acknowledgement is due; the timer escalates when it passes. */
  dueAt: at,
  late: z.boolean(),
  /** Whom it was told to while nobody answered, in that order. */
  escalated: z.array(z.object({ to: z.enum(escalations), at })).default([]),
  acknowledgedAt: at.nullable(),
  acknowledgedBy: who.nullable(),
  endedAt: at.nullable(),
  reason: z.string().nullable(),
});
export type Order = z.infer<typeof order>;

export const assignment = z.object({
  id: assignmentId,
  order: orderId,
  unit: unitId,
  callSign: z.string(),
  slot: z.union([z.literal(1), z.literal(2)]),
  state: z.enum([...assignmentStates, 'cleared', 'cancelled', 'returned', 'reassigned']),
  clocks: z.record(z.enum(assignmentStates), at.nullable()),
  endedAt: at.nullable(),
});
export type Assignment = z.infer<typeof assignment>;

export const cycle = z.object({
  clocks,
  report: z.object({ text: z.string(), by: who, at }).nullable(),
  verification: z.object({ passed: z.boolean(), text: z.string(), by: who, at }).nullable(),
  closing: z.object({ code: z.string(), text: z.string(), by: who, at }).nullable(),
  evaluation: z.object({ score: z.number().min(0).max(100), lessons: z.string(), by: who, at }).nullable(),
  returns: z.number().int(),
});
export type Cycle = z.infer<typeof cycle>;

/** What wrote the words that a person put into the record (docs/assist.md); `model` names it. */
export const drafted = z.object({ by: z.enum(['model', 'template']), model: z.string().max(200).nullable() });
export type Drafted = z.infer<typeof drafted>;

/** An entry of the incident's room; `mentions` names accounts, or `department/<id>` and `role/<id>`. */
export const note = z.object({
  text: z.string().max(5_000),
  /** Absent where a person wrote it. */
  drafted: drafted.optional(),
  mentions: z.array(z.string().max(128)).max(50).default([]),
  files: z.array(fileId).max(20).default([]),
  by: who,
  at,
});

export const incident = z.object({
  id: incidentId,
  number: z.string().nullable(),
  state: z.enum(incidentStates),
  /** Where a suspension, a transfer or a split goes back to. */
  resumeState: z.enum(mainStates).nullable(),
  title: z.string(),
  text: z.string(),
  kind: z.string().nullable(),
  category: category.nullable(),
  place,
  priority,
  grade: grade.nullable(),
  response: response.nullable(),
  reality: z.enum(['actual', 'exercise', 'test']),
  owner: who.nullable(),
  signals: z.array(signalId),
  orders: z.array(order),
  assignments: z.array(assignment),
  cycles: z.array(cycle).min(1),
  notes: z.array(note),
  suspendedUntil: at.nullable(),
  transferredTo: z.string().nullable(),
  mergedInto: incidentId.nullable(),
  /** What was merged into this one, with what it brought, so that a split restores everything. */
  merged: z.array(
    z.object({
      incident: incidentId,
      signals: z.array(signalId),
      at,
      /** What this incident held before, given back by a split. */
      before: z.object({ grade: grade.nullable(), priority }),
      /** What the other one brought: it counts as long as it is merged. */
      brought: z.object({ grade: grade.nullable(), priority }).nullable().default(null),
      /** What the merge made of it; a person's later choice is not undone by a split. */
      after: z.object({ grade: grade.nullable(), priority }),
    }),
  ),
  voidReason: z.string().nullable(),
  ...followUpShape,
  openedAt: at,
  changedAt: at,
});
export type Incident = z.infer<typeof incident>;

export const openStates: readonly IncidentState[] = [
  'received',
  'answered',
  'verifying',
  'filed',
  'dispatched',
  'accepted',
  'enRoute',
  'onScene',
  'controlled',
  'reported',
  'verified',
  'suspended',
];

export const isOpen = (of: Incident): boolean => openStates.includes(of.state);
export const currentCycle = (of: Incident): Cycle => of.cycles[of.cycles.length - 1]!;

const ended = ['cleared', 'cancelled', 'returned', 'reassigned'];
export const isActive = (held: Assignment): boolean => !ended.includes(held.state);
export const activeAssignments = (of: Incident): Assignment[] => of.assignments.filter(isActive);
export const isOpenOrder = (sent: Order): boolean => sent.state === 'sent' || sent.state === 'acknowledged';
