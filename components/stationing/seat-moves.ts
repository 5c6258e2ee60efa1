import type { Department, Seat } from '@/server/domain/presence.ts';
import { decideSeat, type SeatCommand } from '@/server/domain/presence-decide.ts';
import type { RefusalCode } from '@/server/domain/refusal.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';

export const seatMoveNames = ['take', 'away', 'back', 'relieve', 'leave'] as const;
export type SeatMove = (typeof seatMoveNames)[number];

/** Each move of a seat with why it is not possible now; the same function decides in the server. */
export function seatMoves(
  of: Department,
  seat: Seat,
  context: { now: number; actor: Actor },
): { move: SeatMove; why: RefusalCode | null }[] {
  return seatMoveNames.map((move) => {
    const command: SeatCommand =
      move === 'away' ? { move, seat: seat.id, backBy: null, note: null } : { move, seat: seat.id };
    const decided = decideSeat(of, command, context);
    return { move, why: wasRefused(decided) ? decided.refused : null };
  });
}

export const possibleSeatMoves = (of: Department, seat: Seat, context: { now: number; actor: Actor }): SeatMove[] =>
  seatMoves(of, seat, context).flatMap(({ move, why }) => (why === null ? [move] : []));
