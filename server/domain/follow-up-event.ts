import { z } from 'zod';
import {
  type CheckIn,
  checkIn,
  drawing,
  escalations,
  type FollowUp,
  fileId,
  missedClock,
  need,
  planRun,
  roomFile,
  type Task,
  task,
} from './follow-up.ts';
import { orderId } from './ids.ts';
import { at, who } from './who.ts';

const by = { by: who, at };
const id = z.string().max(128);
const text = z.string().max(5_000);

/** Events of an incident's stream that concern what follows a dispatch. */
export const followUpEventKinds = {
  /** Started, or raised and lowered: what it asks for comes by events of its own. */
  planStarted: z.object({ run: planRun, ...by }),
  planEnded: z.object({ reason: text, ...by }),
  taskSet: z.object({ task, ...by }),
  taskAccepted: z.object({ task: id, ...by }),
  taskDone: z.object({ task: id, text, files: z.array(fileId).max(20), ...by }),
  taskVerified: z.object({ task: id, passed: z.boolean(), text, ...by }),
  taskCancelled: z.object({ task: id, reason: text, ...by }),
  taskLate: z.object({ task: id, at }),
  needRaised: z.object({ need, ...by }),
  needAnswered: z.object({ need: id, state: z.enum(['met', 'declined']), text, ...by }),
  checkInStarted: z.object({ checkIn, ...by }),
  checkInHeard: z.object({ checkIn: id, dueAt: at, ...by }),
  checkInMissed: z.object({ checkIn: id, at }),
  checkInEnded: z.object({ checkIn: id, reason: text, ...by }),
  fileAdded: z.object({ file: roomFile, ...by }),
  drawingAdded: z.object({ drawing, ...by }),
  drawingRemoved: z.object({ drawing: id, ...by }),
  clockMissed: z.object({ missed: missedClock, at }),
  orderEscalated: z.object({ order: orderId, to: z.enum(escalations), at }),
  incidentUpgraded: z.object({ reason: text, ...by }),
} as const;

type Content<K extends keyof typeof followUpEventKinds> = z.infer<(typeof followUpEventKinds)[K]>;
export type FollowUpEvent = {
  [K in keyof typeof followUpEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof followUpEventKinds];

export const isFollowUpEvent = (event: { kind: string }): event is FollowUpEvent => event.kind in followUpEventKinds;

type Changed = Partial<FollowUp>;
const changeTask = (of: FollowUp, task: string, change: (held: Task) => Partial<Task>): Changed => ({
  tasks: of.tasks.map((held) => (held.id === task ? { ...held, ...change(held) } : held)),
});
const changeCheckIn = (of: FollowUp, one: string, change: (held: CheckIn) => Partial<CheckIn>): Changed => ({
  checkIns: of.checkIns.map((held) => (held.id === one ? { ...held, ...change(held) } : held)),
});

/** What an event changes of the follow-up; an order's escalation changes the order and is the incident's own matter. */
export function changeFollowUp(of: FollowUp, event: Exclude<FollowUpEvent, { kind: 'orderEscalated' }>): Changed {
  switch (event.kind) {
    case 'planStarted':
      return { plan: event.content.run };
    case 'planEnded':
      return { plan: null };
    case 'taskSet':
      return { tasks: [...of.tasks.filter((held) => held.id !== event.content.task.id), event.content.task] };
    case 'taskAccepted': {
      const { by: whom, at: when } = event.content;
      return changeTask(of, event.content.task, () => ({ state: 'accepted', accepted: { by: whom, at: when } }));
    }
    case 'taskDone': {
      const { task: one, ...done } = event.content;
      return changeTask(of, one, () => ({ state: 'done', done, verification: null }));
    }
    case 'taskVerified': {
      const { task: one, ...verification } = event.content;
      return changeTask(of, one, (held) => ({
        state: verification.passed ? 'verified' : 'accepted',
        verification,
        returns: held.returns + (verification.passed ? 0 : 1),
      }));
    }
    case 'taskCancelled':
      return changeTask(of, event.content.task, () => ({ state: 'cancelled', cancelReason: event.content.reason }));
    case 'taskLate':
      return changeTask(of, event.content.task, () => ({ late: true }));
    case 'needRaised':
      return { needs: [...of.needs, event.content.need] };
    case 'needAnswered': {
      const { need: one, state, ...answered } = event.content;
      return { needs: of.needs.map((held) => (held.id === one ? { ...held, state, answered } : held)) };
    }
    case 'checkInStarted':
      return { checkIns: [...of.checkIns, event.content.checkIn] };
    case 'checkInHeard': {
      const { checkIn: one, dueAt, by: whom, at: when } = event.content;
      return changeCheckIn(of, one, () => ({ dueAt, overdueSince: null, last: { by: whom, at: when } }));
    }
    case 'checkInMissed':
      return changeCheckIn(of, event.content.checkIn, (held) => ({
        overdueSince: held.overdueSince ?? event.content.at,
        misses: held.misses + 1,
      }));
    case 'checkInEnded': {
      const { checkIn: one, reason, by: whom, at: when } = event.content;
      return changeCheckIn(of, one, () => ({ ended: { reason, by: whom, at: when }, overdueSince: null }));
    }
    case 'fileAdded':
      return { files: [...of.files, event.content.file] };
    case 'drawingAdded':
      return {
        drawings: [...of.drawings.filter((held) => held.id !== event.content.drawing.id), event.content.drawing],
      };
    case 'drawingRemoved':
      return { drawings: of.drawings.filter((held) => held.id !== event.content.drawing) };
    case 'clockMissed':
      return { missedClocks: [...of.missedClocks, event.content.missed] };
    case 'incidentUpgraded': {
      const { reason, by: whom, at: when } = event.content;
      return { major: { reason, by: whom, at: when } };
    }
  }
}
