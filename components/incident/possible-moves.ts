import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentCommand } from '@/server/domain/incident-command.ts';
import { checkMove, type Decision, decideIncident } from '@/server/domain/incident-decide.ts';
import { voidIncident } from '@/server/domain/incident-merge.ts';
import { type MoveName, moveOf, sendableStates, startsIn } from '@/server/domain/incident-move.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';

/** Moves that a person makes on the incident itself; a unit's steps bring the others. */
export const personMoves = [
  'claim',
  'check',
  'file',
  'dispatch',
  'control',
  'report',
  'confirm',
  'sendBack',
  'close',
  'evaluate',
  'suspend',
  'resume',
  'transfer',
  'takeBack',
  'merge',
  'split',
  'reopen',
  'void',
] as const satisfies readonly MoveName[];
export type PersonMove = (typeof personMoves)[number];

/** The next step along the main line, in the order an operator wants them; the rest goes into a menu. */
export const mainMoves: readonly PersonMove[] = [
  'claim',
  'file',
  'dispatch',
  'control',
  'report',
  'confirm',
  'sendBack',
  'close',
  'evaluate',
  'resume',
  'takeBack',
  'split',
];

const filler = '—';
/** The command as it would be with every field filled in: what is left to refuse lies in the state, the role or a guard. */
const filled: Partial<Record<PersonMove, (now: number) => IncidentCommand>> = {
  claim: () => ({ move: 'claim' }),
  check: () => ({ move: 'check' }),
  file: () => ({ move: 'file' }),
  control: () => ({ move: 'control' }),
  report: () => ({ move: 'report', text: filler }),
  confirm: () => ({ move: 'confirm', text: filler }),
  sendBack: () => ({ move: 'sendBack', text: filler }),
  close: () => ({ move: 'close', code: 'resolved', text: '' }),
  evaluate: () => ({ move: 'evaluate', score: 100, lessons: '' }),
  suspend: (now) => ({ move: 'suspend', until: now + 1, reason: filler }),
  resume: () => ({ move: 'resume' }),
  transfer: () => ({ move: 'transfer', to: filler, reason: filler }),
  takeBack: () => ({ move: 'takeBack', reason: filler }),
  reopen: () => ({ move: 'reopen', reason: filler }),
};

function whyNot(of: Incident, move: PersonMove, context: Decision): Refused | null {
  const command = filled[move]?.(context.now);
  if (command) {
    const decided = decideIncident(of, command, context);
    return wasRefused(decided) ? decided : null;
  }
  if (move === 'void') {
    const decided = voidIncident(of, filler, context);
    return wasRefused(decided) ? decided : null;
  }
  if (move === 'dispatch')
    return moveOf('dispatch').roles.some((role) => context.actor.roles.includes(role)) ? null : refused('not_allowed');
  return checkMove(of, move, context.actor);
}

export type PossibleMove = { readonly move: PersonMove; readonly why: Refused | null };

/** What can be offered in this state, by the server's own functions: a greyed button says why. */
export function possibleMoves(of: Incident, context: Decision): PossibleMove[] {
  const offered = (move: PersonMove) =>
    move === 'dispatch' ? sendableStates.includes(of.state) : startsIn(move, of.state);
  return personMoves.filter(offered).map((move) => ({ move, why: whyNot(of, move, context) }));
}
