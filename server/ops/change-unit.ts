import { z } from 'zod';
import { unitId } from '@/server/domain/ids.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { restStatuses, type Unit, unit as unitSchema } from '@/server/domain/unit.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import type { Outcome, Tx } from '@/server/store/store.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';
import { unknownDepartment } from './unknown-department.ts';

/** What is written down of a unit; what it does at the moment is not. */
export const unitEntry = unitSchema
  .pick({ name: true, capabilities: true, department: true, district: true, subject: true, dispatchable: true })
  .extend({ callSign: z.string().trim().min(1).max(64), kind: z.string().trim().min(1).max(64) });
export type UnitEntry = z.infer<typeof unitEntry>;

export const changeUnitInput = z.discriminatedUnion('move', [
  z.object({ move: z.literal('rest'), unit: unitId, rest: z.enum(restStatuses) }),
  z.object({ move: z.literal('endEmergency'), unit: unitId }),
  /** `version`: of the record that was looked at; 0: a new unit. */
  z.object({ move: z.literal('register'), unit: unitId, version: z.number().int().min(0), entry: unitEntry }),
]);
type Input = z.infer<typeof changeUnitInput>;
type Answer = { readonly unit: string };

/** What a unit is while nobody sends it, the end of its emergency, which only a person can say, and what it is at all. */
export function changeUnit({ store }: OpDeps, command: Command<Input>): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'change-unit', actor, input }, async (tx) => {
    if (input.move === 'register') return register(tx, input);
    const loaded = await loadOr(tx, 'unit', input.unit);
    if (wasRefused(loaded)) return loaded;
    const unit = loaded.state;
    // Any unit may be sent into the own district; what it is while nobody sends it is for those who lead it.
    if (!may(actor, 'incident.dispatch', subjectOf.unit(unit))) return refused('not_allowed', 'unit');
    if (input.move === 'rest' && unit.rest === input.rest) return refused('wrong_state', unit.rest);
    if (input.move === 'endEmergency' && unit.emergencySince === null) return refused('wrong_state', 'no emergency');
    const by = { id: actor.id, name: actor.name };
    const event =
      input.move === 'rest'
        ? { kind: 'unitRested', content: { rest: input.rest } }
        : { kind: 'unitEmergencyEnded', content: { by } };
    return { events: eventsFor('unit', input.unit, [event]), answer: { unit: input.unit } };
  });
}

const mostUnits = 10_000;

async function register(tx: Tx, input: Extract<Input, { move: 'register' }>): Promise<Outcome<Answer>> {
  const { unit: id, version, entry } = input;
  if (!may(tx.actor, 'unit.register')) return refused('not_allowed', 'unit');
  const held = await tx.load('unit', id);
  if ((held?.version ?? 0) !== version) return refused('version_conflict', String(held?.version ?? 0));
  if (held?.state.assignments.length && !entry.dispatchable)
    return refused('units_engaged', held.state.callSign, { subject: held.state.callSign });
  const unknown = await unknownDepartment(tx, [entry.department]);
  if (unknown) return unknown;
  const others = (await tx.list('unit', { limit: mostUnits })).map((one) => one.state).filter((one) => one.id !== id);
  // Two units of one name would be sent for one another; two of one terminal would be at one place.
  const twin = others.find((one) => one.callSign === entry.callSign || isSameSubject(one, entry));
  if (twin) return refused('bad_input', `${twin.id} has it`, { subject: twin.callSign });
  const state: Unit = { rest: 'available', emergencySince: null, assignments: [], ...held?.state, ...entry, id };
  const kind = held ? 'unitChanged' : 'unitRegistered';
  return { events: eventsFor('unit', id, [{ kind, content: { unit: state } }]), answer: { unit: id } };
}

const isSameSubject = (one: Pick<Unit, 'subject'>, other: Pick<Unit, 'subject'>): boolean =>
  one.subject !== null && one.subject.scheme === other.subject?.scheme && one.subject.key === other.subject.key;
