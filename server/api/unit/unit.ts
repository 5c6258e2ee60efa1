import { z } from 'zod';
import { incidentId, unitId } from '@/server/domain/ids.ts';
import { lonLat } from '@/server/domain/place.ts';
import { mayBeSent, type SendCheck, type UnitStatus, unitStatus } from '@/server/domain/unit.ts';
import { changeUnit, changeUnitInput } from '@/server/ops/change-unit.ts';
import { moveAssignment, moveAssignmentInput } from '@/server/ops/move-assignment.ts';
import { swapAssignments, swapAssignmentsInput } from '@/server/ops/swap-assignments.ts';
import { travelOfUnits } from '@/server/places/travel/travel-of-units.ts';
import type { Travel } from '@/server/places/travel/travel-time.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';
import { drawnClosures } from './drawn-closures.ts';
import { positionedUnits, type UnitFix } from './positioned-units.ts';
import { recommendUnits } from './recommend.ts';

/** A unit that could go, with why and how sure: position age, distance, time and its source. */
export type UnitCandidate = {
  readonly id: string;
  readonly callSign: string;
  readonly name: string;
  readonly kind: string;
  readonly capabilities: readonly string[];
  readonly department: string | null;
  readonly status: UnitStatus;
  readonly check: SendCheck;
  readonly wanted: boolean;
  readonly fix: UnitFix | null;
  readonly travel: Travel | null;
};

/** For one place the time of everybody in the city may be asked. */
const capS = 3_600;

/** Crossings of a big river that nobody may take; only this answer counts with it. */
const closed = z.array(z.string().max(300)).max(30).default([]);
const conditionsOf = (crossings: readonly string[]) =>
  crossings.map((id) => ({ id, on: { crossing: id }, factor: 'closed' as const }));

const rank: Record<SendCheck, number> = { free: 0, divertible: 1, engaged: 2, full: 3, 'not-available': 4 };

export const unitProcedures = {
  change: allowed('incident.dispatch')
    .input(changeUnitInput.and(commandId))
    .mutation(({ ctx, input }) => {
      const { commandId: id, ...rest } = input;
      return changeUnit(ctx.deps, { id, input: changeUnitInput.parse(rest), actor: ctx.actor });
    }),
  /** 改派: from one incident to another in one step. */
  reassign: allowed('incident.dispatch')
    .input(moveAssignmentInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => moveAssignment(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** 对调: two units of two incidents. */
  swap: allowed('incident.dispatch')
    .input(swapAssignmentsInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => swapAssignments(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /**
   * Units for a place: the wanted kinds first, then who is free, then by time. A stale position is never ranked by
   * distance; it comes last and says so (PRODUCT.md §5).
   */
  candidates: allowed('incident.dispatch')
    .input(
      z.object({
        lonLat: lonLat.nullable(),
        kinds: z.array(z.string().max(64)).max(20).default([]),
        /** In the answer wherever they stand: what was chosen or recommended is never out of sight. */
        also: z.array(unitId).max(200).default([]),
        limit: z.number().int().min(1).max(200).default(60),
        closed,
      }),
    )
    .query(async ({ ctx, input }) => {
      const { city, now } = ctx.deps;
      const units = await positionedUnits(ctx.deps, ctx.actor);
      const target = input.lonLat ? { lonLat: input.lonLat, district: city.districtOf(input.lonLat).district } : null;
      const trusted = units.flatMap(({ unit, place }) => (place ? [{ id: unit.id, kind: unit.kind, place }] : []));
      const conditions = [...conditionsOf(input.closed), ...(await drawnClosures(ctx.deps, ctx.actor))];
      const times = target
        ? await travelOfUnits(ctx.deps.travel, trusted, [target], { at: now(), capS, conditions })
        : [];
      const travel = new Map(trusted.map(({ id }, i) => [id, times[i]?.[0] ?? null]));
      const candidates = units.map<UnitCandidate>(({ unit, fix }) => {
        return {
          id: unit.id,
          callSign: unit.callSign,
          name: unit.name,
          kind: unit.kind,
          capabilities: unit.capabilities,
          department: unit.department,
          status: unitStatus(unit),
          check: mayBeSent(unit),
          wanted: input.kinds.includes(unit.kind),
          fix,
          travel: travel.get(unit.id) ?? null,
        };
      });
      const seconds = (of: UnitCandidate) => of.travel?.seconds ?? Number.MAX_SAFE_INTEGER;
      const also = new Set<string>(input.also);
      return candidates
        .sort(
          (a, b) =>
            Number(b.wanted) - Number(a.wanted) ||
            rank[a.check] - rank[b.check] ||
            seconds(a) - seconds(b) ||
            a.callSign.localeCompare(b.callSign),
        )
        .filter((one, index) => index < input.limit || also.has(one.id));
    }),
  /** Units for several incidents at once, by what each still needs (PRODUCT.md §5). */
  recommend: allowed('incident.dispatch')
    .input(z.object({ incidents: z.array(incidentId).min(1).max(20), closed }))
    .query(async ({ ctx, input }) => {
      const conditions = [...conditionsOf(input.closed), ...(await drawnClosures(ctx.deps, ctx.actor))];
      return recommendUnits(ctx.deps, ctx.actor, { incidents: input.incidents, conditions });
    }),
};
