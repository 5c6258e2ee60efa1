import type { AlarmSample } from './alarm-sample.ts';
import { type Atom, type Judged, judge, noAtom, restoredAtom } from './alarm-truth.ts';
import { type Condition, type Rule, simpleConditionsOf } from './rule.ts';
import type { Station } from './station.ts';

/**
 * What is remembered of one rule about one subject. Two steps: what a sample makes of the condition (`on`, with its dead-band), and what time
 * makes of that (`active`, with the delays). The caller keeps it; everything here is pure.
 */
export type Memory = {
  /** By part: one for a subject, one for each component where a building alarms as one. Parts that are not on hold their clocks only. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly on: boolean;
  /** Our clock: since when `on` is what it is. */
  readonly since: number;
  readonly active: boolean;
  /** When it was last raised and cleared, newest last. */
  readonly turns: readonly number[];
  readonly chatteringSince: number | null;
};
export type Part = {
  readonly atoms: readonly Atom[];
  readonly on: boolean;
  readonly text: string;
  /** It has been told of in this cycle: a component that comes and goes joins once. */
  readonly told: boolean;
};

export type Fact = {
  readonly at: number;
  readonly observedAt: number | null;
  readonly value: number | null;
  readonly limit: number | null;
  readonly unit: string | null;
};
export type PartFact = { readonly key: string; readonly text: string; readonly at: number };
/** They alternate: a clear follows a raise and nothing else. `join`: another part of what is raised. */
export type Transition =
  | ({ readonly to: 'raise'; readonly parts: readonly PartFact[] } & Fact)
  | { readonly to: 'join'; readonly part: PartFact }
  | ({ readonly to: 'clear' } & Fact)
  | { readonly to: 'chatter'; readonly since: number | null };
export type Told = Pick<Fact, 'value' | 'limit' | 'unit'>;
/** `told`: what the sample was held against, also where it is not yet an alarm. Null: it said nothing. */
export type Evaluated = {
  readonly memory: Memory;
  readonly transitions: readonly Transition[];
  readonly told: Told | null;
};
type Settled = Omit<Evaluated, 'told'>;

/** ISA-18.2, EEMUA 191: three transitions in a minute are more than anybody can follow. */
export const chatterTurns = 3;
export const chatterWithinMs = 60_000;
/** One that chatters has to be calm for so long before it is over, and for so long before it is trusted again. */
export const chatterHoldMs = 60_000;
export const chatterCalmMs = 300_000;
/** A panel has a few hundred components; past this many parts the rest is only counted as long as they are on. */
export const mostMemoryParts = 1_000;

export const noMemory = (now: number): Memory => ({
  parts: new Map(),
  on: false,
  since: now,
  active: false,
  turns: [],
  chatteringSince: null,
});

/** As if it had just been raised: from an alarm that stands in the record. */
export const restoredMemory = (
  rule: Rule,
  alarm: {
    readonly raisedAt: number;
    readonly chatteringSince: number | null;
    readonly parts: readonly { key: string; text: string }[];
  },
): Memory => {
  const atoms = simpleConditionsOf(rule.condition).map(() => restoredAtom);
  const named = alarm.parts.length > 0 ? alarm.parts : [{ key: '', text: '' }];
  return {
    parts: new Map(named.map(({ key, text }) => [key, { atoms, on: true, text, told: true }])),
    on: true,
    since: alarm.raisedAt,
    active: true,
    turns: [alarm.raisedAt],
    chatteringSince: alarm.chatteringSince,
  };
};

const together = (of: Condition, atoms: readonly Atom[]): boolean =>
  'all' in of ? atoms.every((atom) => atom.on) : atoms.some((atom) => atom.on);

type Seen = { readonly part: Part; readonly judged: Judged | null };

/** Null: the sample says nothing about it. */
function lookAt(
  rule: Rule,
  was: Part | undefined,
  sample: AlarmSample,
  station: Station | null,
  text: string,
): Seen | null {
  const conditions = simpleConditionsOf(rule.condition);
  const restored = was?.atoms.every((atom) => atom.on && atom.at === restoredAtom.at);
  let told: Judged | null = null;
  let said = false;
  const atoms = conditions.map((condition, at) => {
    const before = was?.atoms[at] ?? noAtom;
    const judged = judge(condition, sample, { station, was: before });
    if (!judged) return before;
    said = true;
    if (!told || (judged.atom.on && !told.atom.on)) told = judged;
    return judged.atom;
  });
  if (!said) return null;
  // After a start nobody knows which of several conditions held it up: those that this sample did not speak of did not.
  const known =
    restored && 'any' in rule.condition ? atoms.map((atom) => (atom.at === restoredAtom.at ? noAtom : atom)) : atoms;
  const on = together(rule.condition, known);
  const words = on ? text || (was?.text ?? '') : (was?.text ?? '');
  return { part: { atoms: known, on, text: words, told: was?.told ?? false }, judged: told };
}

const clockOnly = (part: Part): boolean => !part.on && part.atoms.every((atom) => atom.anchor === null && !atom.on);

function withPart(
  parts: ReadonlyMap<string, Part>,
  key: string,
  part: Part,
  grouped: boolean,
): ReadonlyMap<string, Part> {
  if (!grouped) return new Map([[key, part]]);
  const next = new Map(parts);
  // Of a building's components only those that speak are kept; of a lone subject also its clock, so that an older message changes nothing.
  if (clockOnly(part) && !part.told) next.delete(key);
  else if (next.has(key) || next.size < mostMemoryParts) next.set(key, part);
  return next;
}

/**
 * What a sample makes of it. `part` is the component where the rule takes a building as one, else empty. The caller leaves out what is bad,
 * missing, late or backfilled: such records neither raise nor clear.
 */
export function evaluate(
  rule: Rule,
  memory: Memory,
  sample: AlarmSample,
  context: { readonly station: Station | null; readonly now: number; readonly part: string; readonly text: string },
): Evaluated {
  const { now } = context;
  const before = memory.parts.get(context.part);
  const seen = lookAt(rule, before, sample, context.station, context.text);
  if (!seen) return { ...elapse(rule, memory, now), told: null };
  const grouped = rule.groupedBy === 'site';
  const joins = memory.active && context.part !== '' && seen.part.on && !seen.part.told;
  const part = joins ? { ...seen.part, told: true } : seen.part;
  const parts = withPart(memory.parts, context.part, part, grouped);
  const on = seen.part.on || (grouped && [...parts.values()].some((part) => part.on));
  const next: Memory = { ...memory, parts, on, since: on === memory.on ? memory.since : now };
  const fact: Fact = {
    at: now,
    observedAt: sample.observedAt,
    value: seen.judged?.value ?? null,
    limit: seen.judged?.limit ?? null,
    unit: seen.judged?.unit ?? null,
  };
  const settled = { ...settle(rule, next, fact), told: seen.judged };
  if (!joins || !parts.has(context.part) || !settled.memory.active) return settled;
  const joined = { key: context.part, text: part.text, at: now };
  return { ...settled, transitions: [{ to: 'join', part: joined }, ...settled.transitions] };
}

/** What time alone makes of it. */
export const elapse = (rule: Rule, memory: Memory, now: number): Settled =>
  settle(rule, memory, { at: now, observedAt: null, value: null, limit: null, unit: null });

function settle(rule: Rule, memory: Memory, fact: Fact): Settled {
  const transitions: Transition[] = [];
  let next = memory;
  if (next.on !== next.active && fact.at >= dueAt(rule, next)) {
    const turns = [...next.turns, fact.at].slice(-chatterTurns);
    next = { ...next, active: next.on, turns, parts: rule.groupedBy === 'site' ? retold(next) : next.parts };
    if (next.active) transitions.push({ to: 'raise', parts: partsOn(next, fact.at), ...fact });
    else transitions.push({ to: 'clear', ...fact });
    const [first] = turns;
    if (next.chatteringSince === null && turns.length === chatterTurns && fact.at - (first ?? 0) <= chatterWithinMs) {
      next = { ...next, chatteringSince: fact.at };
      transitions.push({ to: 'chatter', since: fact.at });
    }
  }
  const calm = fact.at - Math.max(next.since, next.turns.at(-1) ?? 0) >= chatterCalmMs;
  if (next.chatteringSince !== null && next.on === next.active && calm) {
    next = { ...next, chatteringSince: null, turns: next.turns.slice(-1) };
    transitions.push({ to: 'chatter', since: null });
  }
  return { memory: next, transitions };
}

/** With the alarm all that are on are told of; when it is over that is forgotten. */
const retold = ({ parts }: Memory): ReadonlyMap<string, Part> =>
  new Map([...parts].filter(([, part]) => !clockOnly(part)).map(([key, part]) => [key, { ...part, told: part.on }]));

const partsOn = (memory: Memory, at: number): PartFact[] =>
  [...memory.parts].flatMap(([key, part]) => (part.on && key !== '' ? [{ key, text: part.text, at }] : []));

/** When what is on (or over) has been so for long enough. */
function dueAt(rule: Rule, memory: Memory): number {
  if (memory.on) return memory.since + rule.onDelayS * 1_000;
  const offMs = rule.offDelayS * 1_000;
  return memory.since + (memory.chatteringSince === null ? offMs : Math.max(offMs, chatterHoldMs));
}

/** When time alone will change something; null: never. */
export function nextChangeAt(rule: Rule, memory: Memory): number | null {
  if (memory.on !== memory.active) return dueAt(rule, memory);
  if (memory.chatteringSince === null) return null;
  return Math.max(memory.since, memory.turns.at(-1) ?? 0) + chatterCalmMs;
}

/** Not raised, and not known to chatter: may be forgotten when room is needed, and is found again by its next record. */
export const isIdle = (memory: Memory): boolean => !memory.active && memory.chatteringSince === null;
