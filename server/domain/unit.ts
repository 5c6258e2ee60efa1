import { z } from 'zod';
import { assignmentId, incidentId, orderId, unitId } from './ids.ts';
import { who } from './who.ts';

/** Canonical statuses (PRODUCT.md §5). The index is the code on the wire; local labels map to these and are never keys. */
export const unitStatuses = [
  'available',
  'assigned',
  'acknowledged',
  'enRoute',
  'staging',
  'onScene',
  'transporting',
  'atDestination',
  'returning',
  'busyDivertible',
  'unavailable',
  'offDuty',
  'emergency',
] as const;
export type UnitStatus = (typeof unitStatuses)[number];
export const unknownStatusCode = 31;

/** Statuses that an active assignment may have; the unit's own status is derived from them. */
export const assignmentStates = [
  'assigned',
  'acknowledged',
  'enRoute',
  'staging',
  'onScene',
  'transporting',
  'atDestination',
] as const;
export type AssignmentState = (typeof assignmentStates)[number];

/** What a unit says of itself while it has no assignment. */
export const restStatuses = ['available', 'returning', 'busyDivertible', 'unavailable', 'offDuty'] as const;
export type RestStatus = (typeof restStatuses)[number];

export const unitAssignment = z.object({
  id: assignmentId,
  order: orderId,
  incident: incidentId,
  slot: z.union([z.literal(1), z.literal(2)]),
  state: z.enum(assignmentStates),
  since: z.number().int(),
});

export const unit = z.object({
  id: unitId,
  callSign: z.string().max(64),
  name: z.string().max(200),
  kind: z.string().max(64),
  /** What it can do besides what its kind says: `ladder`, `foam`, `water-rescue` … */
  capabilities: z.array(z.string().max(64)).max(20).default([]),
  department: z.string().max(64).nullable(),
  district: z.string().max(12).nullable(),
  subject: z.object({ scheme: z.string(), key: z.string() }).nullable(),
  /** False for a terminal nobody has registered yet: shown, never sent. */
  dispatchable: z.boolean(),
  rest: z.enum(restStatuses),
  emergencySince: z.number().int().nullable(),
  assignments: z.array(unitAssignment).max(2),
});
export type Unit = z.infer<typeof unit>;
export type UnitAssignment = z.infer<typeof unitAssignment>;

export const unitEventKinds = {
  unitRegistered: z.object({ unit }),
  unitChanged: z.object({ unit }),
  unitRested: z.object({ rest: z.enum(restStatuses) }),
  unitAssigned: z.object({ assignment: unitAssignment, by: who }),
  unitAdvanced: z.object({ assignment: assignmentId, state: z.enum(assignmentStates), at: z.number().int() }),
  unitReleased: z.object({
    assignment: assignmentId,
    reason: z.enum(['cleared', 'cancelled', 'returned', 'reassigned']),
  }),
  unitEmergency: z.object({ at: z.number().int() }),
  unitEmergencyEnded: z.object({ by: who }),
} as const;

type Content<K extends keyof typeof unitEventKinds> = z.infer<(typeof unitEventKinds)[K]>;
export type UnitEvent = {
  [K in keyof typeof unitEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof unitEventKinds];

export function applyUnit(current: Unit | null, event: UnitEvent): Unit {
  if (event.kind === 'unitRegistered') return event.content.unit;
  if (!current) throw new Error(`${event.kind} before unitRegistered`);
  switch (event.kind) {
    case 'unitChanged':
      return { ...event.content.unit, assignments: current.assignments, emergencySince: current.emergencySince };
    case 'unitRested':
      return { ...current, rest: event.content.rest };
    case 'unitAssigned':
      return { ...current, assignments: [...current.assignments, event.content.assignment] };
    case 'unitAdvanced':
      return {
        ...current,
        assignments: current.assignments.map((held) =>
          held.id === event.content.assignment
            ? { ...held, state: event.content.state, since: event.content.at }
            : held,
        ),
      };
    case 'unitReleased':
      return {
        ...current,
        rest: 'available',
        assignments: current.assignments.filter((held) => held.id !== event.content.assignment),
      };
    case 'unitEmergency':
      return { ...current, emergencySince: event.content.at };
    case 'unitEmergencyEnded':
      return { ...current, emergencySince: null };
  }
}

/** The status that everybody sees: an emergency first, then the primary assignment, then what the unit says of itself. */
export function unitStatus(of: Unit): UnitStatus {
  if (of.emergencySince !== null) return 'emergency';
  const primary = [...of.assignments].sort((a, b) => a.slot - b.slot)[0];
  return primary ? primary.state : of.rest;
}

export type SendCheck = 'free' | 'divertible' | 'engaged' | 'full' | 'not-available';

/** Whether a unit can be sent: `engaged` asks for a confirmed second assignment (PRODUCT.md §5). */
export function mayBeSent(of: Unit): SendCheck {
  if (!of.dispatchable) return 'not-available';
  if (of.assignments.length >= 2) return 'full';
  if (of.assignments.length === 1) return 'engaged';
  if (of.rest === 'unavailable' || of.rest === 'offDuty' || of.emergencySince !== null) return 'not-available';
  return of.rest === 'busyDivertible' ? 'divertible' : 'free';
}

/** Order in which an assignment moves; a step may be left out, none may be gone back. */
export const assignmentFollows: Record<AssignmentState, readonly (AssignmentState | 'cleared')[]> = {
  assigned: ['acknowledged', 'enRoute', 'staging', 'onScene', 'cleared'],
  acknowledged: ['enRoute', 'staging', 'onScene', 'cleared'],
  enRoute: ['staging', 'onScene', 'cleared'],
  staging: ['enRoute', 'onScene', 'cleared'],
  onScene: ['transporting', 'atDestination', 'cleared'],
  transporting: ['atDestination', 'onScene', 'cleared'],
  atDestination: ['onScene', 'cleared'],
};
