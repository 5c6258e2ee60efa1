import { z } from 'zod';
import { changeSeat, changeSeatInput } from '@/server/ops/change-seat.ts';
import { listSeatChanges } from '@/server/ops/list-seat-changes.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

export const departmentProcedures = {
  changeSeat: allowed('seat.take')
    .input(changeSeatInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => changeSeat(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** Who came, went, was relieved: the newest changes of all seats. */
  seatChanges: allowed('department.read')
    .input(z.object({ limit: z.number().int().min(1).max(200).default(40) }))
    .query(({ ctx, input }) => listSeatChanges(ctx.deps, ctx.actor, input.limit)),
};
