import { z } from 'zod';
import { seatId } from './ids.ts';
import type { Decision } from './incident-decide.ts';
import type { Department, DepartmentEvent, Seat } from './presence.ts';
import { type Refused, refused } from './refusal.ts';
import type { Actor } from './role.ts';

export const seatCommand = z.discriminatedUnion('move', [
  z.object({ move: z.literal('take'), seat: seatId }),
  z.object({
    move: z.literal('away'),
    seat: seatId,
    backBy: z.number().int().nullable().default(null),
    note: z.string().trim().max(500).nullable().default(null),
  }),
  z.object({ move: z.literal('back'), seat: seatId }),
  z.object({ move: z.literal('relieve'), seat: seatId }),
  z.object({ move: z.literal('leave'), seat: seatId }),
]);
export type SeatCommand = z.infer<typeof seatCommand>;

const leads = (actor: Actor) => actor.roles.some((role) => role === 'duty-chief' || role === 'resident-commander');
const isOwn = (of: Department, actor: Actor) => actor.roles.includes('liaison') && actor.department === of.id;

function mayTouch(of: Department, held: Seat, command: SeatCommand, actor: Actor): Refused | null {
  if (command.move === 'take' || command.move === 'relieve') return isOwn(of, actor) ? null : refused('not_your_seat');
  if (held.liaison?.id === actor.id) return null;
  return command.move === 'leave' && leads(actor) ? null : refused('not_your_seat');
}

/** Check-in 进驻签到: a liaison takes a seat of the own department; another relieves in one step, so that it is never empty between. */
export function decideSeat(
  of: Department,
  command: SeatCommand,
  context: Decision,
): readonly DepartmentEvent[] | Refused {
  const held = of.seats.find((seat) => seat.id === command.seat);
  if (!held) return refused('not_found', command.seat);
  const no = mayTouch(of, held, command, context.actor);
  if (no) return no;
  const { now: at, actor } = context;
  const who = { id: actor.id, name: actor.name };
  const occupied = held.state === 'present' || held.state === 'away';
  switch (command.move) {
    case 'take':
      if (occupied && held.liaison?.id !== who.id) return refused('seat_taken', '', { by: held.liaison });
      if (occupied) return refused('wrong_state', held.state);
      return [{ kind: 'seatTaken', content: { seat: held.id, liaison: who, at } }];
    case 'away':
      if (held.state !== 'present') return refused('not_present');
      if (command.backBy !== null && command.backBy <= at) return refused('date_in_past');
      return [{ kind: 'seatAway', content: { seat: held.id, at, backBy: command.backBy, note: command.note } }];
    case 'back':
      return held.state === 'away'
        ? [{ kind: 'seatBack', content: { seat: held.id, at } }]
        : refused('wrong_state', held.state);
    case 'relieve':
      if (!occupied || !held.liaison) return refused('not_present');
      if (held.liaison.id === who.id) return refused('wrong_state', 'own seat');
      return [{ kind: 'seatRelieved', content: { seat: held.id, liaison: held.liaison, relievedBy: who, at } }];
    case 'leave':
      return occupied ? [{ kind: 'seatLeft', content: { seat: held.id, at, by: who } }] : refused('not_present');
  }
}
