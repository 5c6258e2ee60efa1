import { z } from 'zod';
import { assignmentId, incidentId, orderId, signalId, unitId } from './ids.ts';
import { drafted } from './incident.ts';
import { place } from './place.ts';
import { grade, priority, response } from './scale.ts';
import { assignmentStates } from './unit.ts';

const reason = z.string().trim().max(2_000);
const words = z.string().trim().max(5_000);

/** What is known when an incident is opened; every part may come later (early save). */
export const incidentFacts = z.object({
  title: z.string().trim().max(500).nullable().default(null),
  text: z.string().max(20_000).nullable().default(null),
  kind: z.string().max(128).nullable().default(null),
  place: place.nullable().default(null),
  priority: priority.nullable().default(null),
});
export type IncidentFacts = z.infer<typeof incidentFacts>;

/** Commands that concern one incident alone. Those over several streams (send, merge, attach) are ops of their own. */
export const incidentCommand = z.discriminatedUnion('move', [
  z.object({ move: z.literal('claim') }),
  z.object({ move: z.literal('check') }),
  z.object({ move: z.literal('file') }),
  /** `base`: what the fields held when the editor began; a field that somebody else changed since is not overwritten. */
  z.object({ move: z.literal('edit'), facts: incidentFacts, base: incidentFacts.nullable().default(null) }),
  z.object({ move: z.literal('grade'), grade: grade.nullable(), rule: z.string().max(500).nullable().default(null) }),
  z.object({ move: z.literal('respond'), response: response.nullable(), reason }),
  z.object({ move: z.literal('note'), text: words, drafted: drafted.optional() }),
  z.object({ move: z.literal('acknowledge'), order: orderId }),
  z.object({ move: z.literal('control') }),
  z.object({ move: z.literal('report'), text: words }),
  z.object({ move: z.literal('confirm'), text: words }),
  z.object({ move: z.literal('sendBack'), text: words }),
  z.object({ move: z.literal('close'), code: z.string().trim().max(64), text: words }),
  z.object({ move: z.literal('evaluate'), score: z.number().min(0).max(100), lessons: words }),
  z.object({ move: z.literal('suspend'), until: z.number().int(), reason }),
  z.object({ move: z.literal('resume') }),
  z.object({ move: z.literal('transfer'), to: z.string().trim().max(200), reason }),
  z.object({ move: z.literal('takeBack'), reason }),
  z.object({ move: z.literal('reopen'), reason }),
]);
export type IncidentCommand = z.infer<typeof incidentCommand>;

/** An order to units and departments; `confirmSecond` names engaged units that the operator wants all the same. */
export const sendCommand = z.object({
  units: z.array(unitId).max(100),
  departments: z.array(z.string().max(64)).max(20),
  text: words,
  confirmSecond: z.array(unitId).max(100).default([]),
});
export type SendCommand = z.infer<typeof sendCommand>;

export const assignmentCommand = z.object({
  assignment: assignmentId,
  to: z.enum([...assignmentStates, 'cleared']),
});

export const endOrderCommand = z.object({
  order: orderId,
  end: z.enum(['done', 'returned', 'cancelled']),
  reason,
});

export const closingCodes = ['resolved', 'handed-over', 'no-cause', 'false-alarm', 'duplicate'] as const;

export const incidentRef = z.object({ incident: incidentId });
export const signalRef = z.object({ signal: signalId });
