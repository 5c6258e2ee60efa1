import { activeAssignments, isOpenOrder } from '@/server/domain/incident.ts';
import type { Token } from './lex.ts';
import type { Lexicon, Reading } from './lexicon.ts';
import type { Slot } from './meant.ts';
import type { Trouble } from './understood.ts';
import type { Arity, Verb } from './verbs.ts';

export type Named = { readonly token: Token; readonly readings: readonly Reading[] };
export type Way = ReadonlyMap<Slot, readonly Named[]>;

export const meet = (of: readonly Named[]): readonly Reading[] =>
  of
    .slice(1)
    .reduce<readonly Reading[]>(
      (kept, next) => kept.filter((one) => next.readings.some((other) => other.id === one.id)),
      of[0]?.readings ?? [],
    );

export const isMany = (arity: Arity | undefined) => arity === 'any';

/** What the screen or the records supply where the line says nothing; several are asked about. */
function suppliedIncidents(verb: Verb, way: Way, lexicon: Lexicon): readonly string[] {
  const { world } = lexicon;
  for (const slot of ['task', 'checkIn', 'need'] as const) {
    const held = way.get(slot);
    if (held) return [...new Set(meet(held).flatMap((one) => (one.of ? [one.of] : [])))];
  }
  const opened = world.opened?.kind === 'incident' && world.incidents.has(world.opened.id) ? [world.opened.id] : [];
  const unit = verb.takes.unit === 'one' || verb.takes.unit === 'maybe' ? way.get('unit') : undefined;
  const department = verb.takes.department === 'maybe' ? way.get('department') : undefined;
  if ((!unit && !department) || verb.id === 'task') return opened;
  const units = new Set<string>(unit ? meet(unit).map((one) => one.id) : []);
  const departments = new Set<string>(department ? meet(department).map((one) => one.id) : []);
  const busy: string[] = [...world.incidents.values()]
    .filter(
      (one) =>
        activeAssignments(one).some((held) => units.has(held.unit)) ||
        one.orders.some(
          (held) => isOpenOrder(held) && held.target.kind === 'department' && departments.has(held.target.id),
        ),
    )
    .map((one) => one.id);
  const shown = opened[0];
  return shown && busy.includes(shown) ? [shown] : busy;
}

export type Filled = { readonly way: Way; readonly supplied: ReadonlyMap<Slot, readonly string[]> };

/** Null: this way contradicts itself or lacks something. */
export function fill(verb: Verb, way: Way, lexicon: Lexicon): Filled | Trouble {
  for (const [slot, held] of way)
    if (!isMany(verb.takes[slot]) && meet(held).length === 0)
      return { code: 'disagree', token: held.map((one) => one.token.text).join(' ') };
  const supplied = new Map<Slot, readonly string[]>();
  const { opened, signals } = lexicon.world;
  const wants = (slot: Slot) => verb.takes[slot] !== undefined && !way.has(slot);
  if (verb.takes.incident === 'one' && wants('incident')) {
    const found = suppliedIncidents(verb, way, lexicon);
    if (found.length === 0) return { code: 'missing', slots: ['incident'] };
    supplied.set('incident', found);
  }
  const shownSignal = opened?.kind === 'signal' && signals.has(opened.id) ? opened.id : null;
  if (verb.takes.signal === 'one' && wants('signal')) {
    if (!shownSignal) return { code: 'missing', slots: ['signal'] };
    supplied.set('signal', [shownSignal]);
  }
  if (verb.id === 'claim' && wants('incident') && wants('signal')) {
    if (shownSignal) supplied.set('signal', [shownSignal]);
    else if (opened?.kind === 'incident') supplied.set('incident', [opened.id]);
  }
  const lacks = (Object.keys(verb.takes) as Slot[]).filter(
    (slot) => verb.takes[slot] === 'one' && !way.has(slot) && !supplied.has(slot),
  );
  if (lacks.length > 0) return { code: 'missing', slots: lacks };
  const named = verb.needs?.filter((slot) => way.has(slot) || supplied.has(slot)) ?? [];
  if (verb.needs && named.length === 0) return { code: 'missing', slots: verb.needs };
  // "Which of them": an order is one unit's or one department's, a thing to open is one thing.
  if (verb.needs && named.length > 1 && named.every((slot) => !isMany(verb.takes[slot])))
    return {
      code: 'too-many',
      token: named
        .flatMap((slot) => way.get(slot) ?? [])
        .map((one) => one.token.text)
        .join(' '),
    };
  return { way, supplied };
}

export const isTrouble = (of: Filled | Trouble): of is Trouble => 'code' in of;
