import { z } from 'zod';
import { assignmentId, orderId, unitId } from './ids.ts';
import { lonLat } from './place.ts';
import { response } from './scale.ts';
import { at, who } from './who.ts';

/** What follows a dispatch (PRODUCT.md §3, §7): the plan that runs, its tasks, what the scene asks for, who must be heard of, and the incident's room. */
const words = z.string().max(5_000);
export const fileId = z.string().min(1).max(128).brand<'file'>();
export type FileId = z.infer<typeof fileId>;

/** A plan at a version and a level; a later edit of the plan changes no incident that runs it. */
export const planRun = z.object({
  plan: z.string().max(64),
  version: z.number().int(),
  level: response,
  startedAt: at,
  by: who,
});
export type PlanRun = z.infer<typeof planRun>;

export const taskOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('department'), id: z.string().max(64) }),
  z.object({ kind: z.literal('unit'), id: unitId, callSign: z.string().max(64) }),
  z.object({ kind: z.literal('role'), id: z.string().max(64) }),
]);
export type TaskOwner = z.infer<typeof taskOwner>;

export const taskStates = ['open', 'accepted', 'done', 'verified', 'cancelled'] as const;
export const task = z.object({
  id: z.string().min(1).max(128),
  title: z.string().trim().min(1).max(500),
  text: words,
  owner: taskOwner,
  /** Which line of a plan asked for it; raising the level must not ask twice. */
  from: z.object({ plan: z.string(), task: z.string() }).nullable(),
  order: orderId.nullable(),
  state: z.enum(taskStates),
  /** Whether it is done only with a file or words that show it. */
  evidence: z.boolean(),
  createdAt: at,
  createdBy: who,
  dueAt: at.nullable(),
  late: z.boolean(),
  accepted: z.object({ by: who, at }).nullable(),
  done: z.object({ text: words, files: z.array(fileId).max(20), by: who, at }).nullable(),
  verification: z.object({ passed: z.boolean(), text: words, by: who, at }).nullable(),
  /** How often it was sent back. */
  returns: z.number().int(),
  cancelReason: z.string().nullable(),
});
export type Task = z.infer<typeof task>;

/** What the scene asks for: more units of a kind, or material. */
export const needStates = ['open', 'met', 'declined'] as const;
export const need = z.object({
  id: z.string().min(1).max(128),
  /** A unit kind's code, or null for material told in words. */
  unitKind: z.string().max(64).nullable(),
  count: z.number().int().min(1).max(1_000),
  text: words,
  state: z.enum(needStates),
  by: who,
  at,
  answered: z.object({ text: words, by: who, at }).nullable(),
});
export type Need = z.infer<typeof need>;

/** A person or a unit on the scene that has to be heard of every so often. */
export const checkIn = z.object({
  id: z.string().min(1).max(128),
  assignment: assignmentId.nullable(),
  name: z.string().trim().min(1).max(200),
  everyS: z.number().int().min(60).max(86_400),
  dueAt: at,
  /** Said once a round: nobody was heard of in time. */
  overdueSince: at.nullable(),
  last: z.object({ by: who, at }).nullable(),
  misses: z.number().int(),
  startedAt: at,
  ended: z.object({ by: who, at, reason: z.string().max(2_000) }).nullable(),
});
export type CheckIn = z.infer<typeof checkIn>;

export const roomFile = z.object({
  id: fileId,
  name: z.string().min(1).max(255),
  mime: z.string().max(128),
  bytes: z.number().int().min(0),
  sha256: z.string().length(64),
  by: who,
  at,
});
export type RoomFile = z.infer<typeof roomFile>;

/** What somebody drew on the map for everybody in the room; WGS-84. */
export const drawing = z.object({
  id: z.string().min(1).max(128),
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('point'), at: lonLat }),
    z.object({ kind: z.literal('line'), points: z.array(lonLat).min(2).max(500) }),
    z.object({ kind: z.literal('area'), points: z.array(lonLat).min(3).max(500) }),
    z.object({ kind: z.literal('circle'), at: lonLat, radiusM: z.number().positive().max(200_000) }),
  ]),
  label: z.string().max(200),
  /** What it means, not how it looks: a map decides that by its theme. */
  meaning: z.enum(['note', 'danger', 'closed', 'staging', 'route', 'evacuation']),
  by: who,
  at,
});
export type Drawing = z.infer<typeof drawing>;

/** To whom an unanswered order has been told, in this order. */
export const escalations = ['deputy', 'duty-chief'] as const;
export type Escalation = (typeof escalations)[number];

/** A target that passed without its clock, said once a cycle. */
export const missedClock = z.object({ target: z.string().max(64), cycle: z.number().int(), dueAt: at, at });
export type MissedClock = z.infer<typeof missedClock>;

/** The parts of an incident that this file adds; an incident of a log from before them has none. */
export const followUpShape = {
  plan: planRun.nullable().default(null),
  tasks: z.array(task).default([]),
  needs: z.array(need).default([]),
  checkIns: z.array(checkIn).default([]),
  files: z.array(roomFile).default([]),
  drawings: z.array(drawing).default([]),
  missedClocks: z.array(missedClock).default([]),
  /** Made a major incident in place: the room is open and departments are called up. */
  major: z
    .object({ by: who, at, reason: z.string().max(2_000) })
    .nullable()
    .default(null),
};
export const followUp = z.object(followUpShape);
export type FollowUp = z.infer<typeof followUp>;

export const noFollowUp = (): FollowUp => ({
  plan: null,
  tasks: [],
  needs: [],
  checkIns: [],
  files: [],
  drawings: [],
  missedClocks: [],
  major: null,
});

export const isOpenTask = (of: Task): boolean => of.state === 'open' || of.state === 'accepted' || of.state === 'done';
export const isRunning = (of: CheckIn): boolean => of.ended === null;
