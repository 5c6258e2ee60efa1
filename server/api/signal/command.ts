import {
  groupSignal,
  groupSignalInput,
  keepApart,
  keepApartInput,
  takeApartBack,
  ungroupSignal,
  ungroupSignalInput,
} from '@/server/ops/fuse-judgements.ts';
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
  group: allowed('signal.judge')
    .input(groupSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => groupSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  ungroup: allowed('signal.judge')
    .input(ungroupSignalInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => ungroupSignal(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  keepApart: allowed('signal.judge')
    .input(keepApartInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => keepApart(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  takeApartBack: allowed('signal.judge')
    .input(keepApartInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => takeApartBack(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
};
