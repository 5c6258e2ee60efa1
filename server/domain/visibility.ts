import type { AggregateKind, AggregateStates } from './aggregate.ts';
import { may, readAction, type Subject } from './policy.ts';
import type { Actor } from './role.ts';

type Of<K extends AggregateKind> = AggregateStates[K];

/** The columns that a record's visibility hangs on; the store keeps them beside each projection. */
export const subjectOf: { readonly [K in AggregateKind]: (state: Of<K>) => Required<Subject> } = {
  incident: (of) => ({
    departments: [
      ...new Set(
        of.orders.flatMap((order) => {
          const department = order.target.kind === 'department' ? order.target.id : order.target.department;
          return department ? [department] : [];
        }),
      ),
    ],
    district: of.place.district,
  }),
  signal: (of) => ({ departments: of.department ? [of.department] : [], district: of.place.district }),
  unit: (of) => ({ departments: of.department ? [of.department] : [], district: of.district }),
  department: (of) => ({ departments: [of.id], district: null }),
  warning: () => ({ departments: [], district: null }),
  feed: (of) => ({ departments: of.department ? [of.department] : [], district: null }),
  station: (of) => ({ departments: of.department ? [of.department] : [], district: of.district }),
  rule: (of) => ({ departments: of.owner ? [of.owner] : [], district: null }),
  plan: () => ({ departments: [], district: null }),
  alarm: (of) => ({ departments: of.department ? [of.department] : [], district: of.district }),
};

export const maySee = <K extends AggregateKind>(actor: Actor, kind: K, state: Of<K>): boolean =>
  may(actor, readAction[kind], subjectOf[kind](state));

const wordKeys = new Set(['title', 'text', 'reason', 'lessons', 'rule', 'voidReason', 'note', 'label', 'cancelReason']);

/** Lists that are nothing but people's words and names. */
const ownWords = new Set(['notes', 'files', 'checkIns']);

/** The same value without what people wrote in their own words; a place keeps its name. */
function wordless<T>(value: T, key = ''): T {
  if (key === 'place') return value;
  if (typeof value === 'string') return (wordKeys.has(key) ? '' : value) as T;
  if (Array.isArray(value)) return (ownWords.has(key) ? [] : value.map((one) => wordless(one))) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, wordless(inner, name)])) as T;
}

const readsWords = (actor: Actor): boolean => !actor.roles.includes('wall');

/** What this viewer sees of an event's content, in the same manner as of the record. */
export const maskedContent = (actor: Actor, content: unknown): unknown =>
  readsWords(actor) ? content : wordless(content);

/** What this viewer sees of a record: callers' lines are personal data and are left out for whoever may not read them. */
export function masked<K extends AggregateKind>(actor: Actor, kind: K, state: Of<K>): Of<K> {
  if (kind === 'signal' && !may(actor, 'caller.read')) return { ...state, callers: [] };
  if (readsWords(actor)) return state;
  if (kind === 'incident') return wordless(state);
  // Why it was shelved is a person's own words; what the device and its rule say is not.
  if (kind === 'alarm' && 'shelved' in state && state.shelved) return { ...state, shelved: wordless(state.shelved) };
  return state;
}

/** Viewers of one class see the same, so that one encoding serves them all. */
export const viewerClass = (actor: Actor): string =>
  [[...actor.roles].sort().join('+'), actor.department ?? '-', actor.district ?? '-'].join('|');
