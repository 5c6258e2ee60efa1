import { z } from 'zod';
import { acknowledgeAlarm, acknowledgeAlarmInput } from '@/server/ops/acknowledge-alarm.ts';
import { readAlarmFigures } from '@/server/ops/read-alarm-figures.ts';
import { shelveAlarm, shelveAlarmInput, unshelveAlarm, unshelveAlarmInput } from '@/server/ops/shelve-alarm.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

const hourMs = 3_600_000;

export const alarmProcedures = {
  acknowledge: allowed('alarm.acknowledge')
    .input(acknowledgeAlarmInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => acknowledgeAlarm(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  shelve: allowed('alarm.shelve')
    .input(shelveAlarmInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => shelveAlarm(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  unshelve: allowed('alarm.shelve')
    .input(unshelveAlarmInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => unshelveAlarm(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** How the room bears its alarms, over a shift. */
  figures: allowed('alarm.read')
    .input(z.object({ hours: z.number().int().min(1).max(24).default(8) }))
    .query(async ({ ctx, input }) => {
      const to = ctx.deps.now();
      const figures = await readAlarmFigures(ctx.deps, ctx.actor, { from: to - input.hours * hourMs, to });
      return { ...figures, heldBack: ctx.deps.heldBackAlarms() };
    }),
};
