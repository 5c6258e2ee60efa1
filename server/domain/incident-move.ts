import type { ClockName } from './clock.ts';
import type { IncidentState, MainState } from './incident.ts';
import type { Role } from './role.ts';

/**
 * The lifecycle of PRODUCT.md §4 as one table: `decide` asks it, screens grey out buttons by it, `docs/` prints it.
 * `guard` and `effect` name what `incident-decide.ts` does, in the words of the documents.
 */
export type Move = {
  readonly name: string;
  readonly from: readonly IncidentState[];
  readonly to: IncidentState | 'back';
  readonly roles: readonly Role[];
  readonly guard: string;
  readonly clock: ClockName | null;
  readonly effect: string;
};

const desk: readonly Role[] = ['call-taker', 'dispatcher', 'duty-chief', 'resident-commander', 'district-operator'];
const sending: readonly Role[] = ['dispatcher', 'duty-chief', 'resident-commander', 'district-operator'];
const handling: readonly Role[] = [...sending, 'liaison'];
const leading: readonly Role[] = ['duty-chief', 'resident-commander', 'commander'];

const working: readonly MainState[] = ['filed', 'dispatched', 'accepted', 'enRoute', 'onScene', 'controlled'];
const open: readonly MainState[] = ['received', 'answered', 'verifying', ...working, 'reported', 'verified'];

const moves = {
  claim: {
    from: ['received'],
    to: 'answered',
    roles: desk,
    guard: 'nobody else has claimed it',
    clock: 'T1',
    effect: 'the operator owns it',
  },
  check: { from: ['answered'], to: 'verifying', roles: desk, guard: '', clock: null, effect: '' },
  file: {
    from: ['answered', 'verifying'],
    to: 'filed',
    roles: desk,
    guard: 'place and kind are known',
    clock: 'T2',
    effect: 'it has a number',
  },
  dispatch: {
    from: ['filed'],
    to: 'dispatched',
    roles: sending,
    guard: 'the first order was sent',
    clock: 'T3',
    effect: 'order and assignment open; the acknowledgement clock runs',
  },
  accept: {
    from: ['dispatched'],
    to: 'accepted',
    roles: handling,
    guard: 'the first unit or department acknowledged',
    clock: 'T4',
    effect: 'its acknowledgement clock ends',
  },
  depart: {
    from: ['dispatched', 'accepted'],
    to: 'enRoute',
    roles: handling,
    guard: 'the first unit moves',
    clock: 'T5',
    effect: '',
  },
  arrive: {
    from: ['dispatched', 'accepted', 'enRoute'],
    to: 'onScene',
    roles: handling,
    guard: 'the first unit arrived',
    clock: 'T6',
    effect: '',
  },
  fallBack: {
    from: ['dispatched', 'accepted', 'enRoute'],
    to: 'filed',
    roles: handling,
    guard: 'the last order ended before anybody arrived',
    clock: null,
    effect: 'it waits for another order',
  },
  control: { from: ['onScene'], to: 'controlled', roles: handling, guard: '', clock: 'T7', effect: '' },
  report: {
    from: ['filed', 'accepted', 'onScene', 'controlled'],
    to: 'reported',
    roles: handling,
    guard: 'no unit is engaged any more; words of what was done',
    clock: 'T8',
    effect: 'orders to departments that are still open are done',
  },
  confirm: {
    from: ['reported'],
    to: 'verified',
    roles: ['verifier', 'duty-chief', 'resident-commander', 'supervisor'],
    guard: 'the verifier is not the handler',
    clock: 'T9',
    effect: '',
  },
  sendBack: {
    from: ['reported'],
    to: 'filed',
    roles: ['verifier', 'duty-chief', 'resident-commander', 'supervisor'],
    guard: 'a reason; not more often than the limit; the verifier is not the handler',
    clock: null,
    effect: 'it waits for another order',
  },
  close: {
    from: ['verified'],
    to: 'closed',
    roles: ['duty-chief', 'resident-commander'],
    guard: 'a closing code',
    clock: 'T10',
    effect: 'its timers end',
  },
  evaluate: {
    from: ['closed'],
    to: 'evaluated',
    roles: ['duty-chief', 'resident-commander', 'supervisor'],
    guard: 'a score of 0–100',
    clock: 'T11',
    effect: '',
  },
  suspend: {
    from: [...working],
    to: 'suspended',
    roles: leading,
    guard: 'a date ahead and a reason; no unit is engaged',
    clock: null,
    effect: 'a timer brings it back',
  },
  resume: { from: ['suspended'], to: 'back', roles: desk, guard: '', clock: null, effect: 'its timer ends' },
  transfer: {
    from: ['received', 'answered', 'verifying', 'filed'],
    to: 'transferred',
    roles: desk,
    guard: 'a receiver and a reason',
    clock: null,
    effect: 'number and clocks go with it',
  },
  takeBack: { from: ['transferred'], to: 'back', roles: desk, guard: 'a reason', clock: null, effect: '' },
  merge: {
    from: [...open],
    to: 'merged',
    roles: desk,
    guard: 'another open incident; no unit is engaged',
    clock: null,
    effect: 'its signals join the other; a grade is never lowered',
  },
  split: {
    from: ['merged'],
    to: 'back',
    roles: desk,
    guard: 'a reason',
    clock: null,
    effect: 'everything is restored',
  },
  reopen: {
    from: ['closed', 'evaluated'],
    to: 'filed',
    roles: leading,
    guard: 'a reason',
    clock: 'T2',
    effect: 'a second cycle with its own clocks; timers of the first are cancelled',
  },
  void: {
    from: [...open, 'suspended', 'transferred'],
    to: 'voided',
    roles: leading,
    guard: 'a reason; no unit is engaged',
    clock: null,
    effect: 'never deleted; its signals are open again',
  },
} as const satisfies Record<string, Omit<Move, 'name'>>;

export type MoveName = keyof typeof moves;
export const moveNames = Object.keys(moves) as MoveName[];
export const moveOf = (name: MoveName): Move => ({ name, ...moves[name] });
export const moveTable: readonly Move[] = moveNames.map(moveOf);

/** Whether a move starts in this state (the roles and guards are asked apart). */
export const startsIn = (name: MoveName, state: IncidentState): boolean =>
  (moves[name].from as readonly IncidentState[]).includes(state);

/** States in which an order may be sent. */
export const sendableStates: readonly IncidentState[] = working;
export const returnLimit = 2;
