import { changeSeat, changeSeatInput } from '@/server/ops/change-seat.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

export const departmentProcedures = {
  changeSeat: allowed('seat.take')
    .input(changeSeatInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => changeSeat(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
};
