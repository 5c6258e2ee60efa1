import {
  attachSignal,
  attachSignalInput,
  detachSignal,
  detachSignalInput,
  dismissSignal,
  dismissSignalInput,
  restoreSignal,
  restoreSignalInput,
} from '@/server/ops/judge-signal.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

export const signalCommands = {
  attach: allowed('signal.judge')
    .input(attachSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => attachSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  detach: allowed('signal.judge')
    .input(detachSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => detachSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  dismiss: allowed('signal.judge')
    .input(dismissSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => dismissSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  restore: allowed('signal.judge')
    .input(restoreSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => restoreSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
};
