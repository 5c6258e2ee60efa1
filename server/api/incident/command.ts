import { followUp, followUpInput } from '@/server/ops/follow-up.ts';
import {
  mergeIncidents,
  mergeIncidentsInput,
  splitIncident,
  splitIncidentInput,
  voidIncident,
  voidIncidentInput,
} from '@/server/ops/merge-incidents.ts';
import { moveIncident, moveIncidentInput } from '@/server/ops/move-incident.ts';
import { openIncident, openIncidentInput } from '@/server/ops/open-incident.ts';
import { sendOrders, sendOrdersInput } from '@/server/ops/send-orders.ts';
import { startPlan, startPlanInput } from '@/server/ops/start-plan.ts';
import { endOrder, endOrderInput, stepAssignment, stepAssignmentInput } from '@/server/ops/step-assignment.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

/** Each: check the permission, call one op; a refusal becomes an error with its code. */
export const incidentCommands = {
  open: allowed('incident.file')
    .input(openIncidentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => openIncident(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  move: allowed('incident.move')
    .input(moveIncidentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => moveIncident(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  send: allowed('incident.dispatch')
    .input(sendOrdersInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => sendOrders(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  step: allowed('incident.answer')
    .input(stepAssignmentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => stepAssignment(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  endOrder: allowed('incident.answer')
    .input(endOrderInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => endOrder(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** Tasks, needs, check-ins, the room. */
  followUp: allowed('incident.move')
    .input(followUpInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => followUp(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  startPlan: allowed('incident.dispatch')
    .input(startPlanInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => startPlan(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  merge: allowed('incident.file')
    .input(mergeIncidentsInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => mergeIncidents(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  split: allowed('incident.file')
    .input(splitIncidentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => splitIncident(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  void: allowed('incident.void')
    .input(voidIncidentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => voidIncident(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
};
