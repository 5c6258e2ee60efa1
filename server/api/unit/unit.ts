import { z } from 'zod';
import { type LonLat, lonLat } from '@/server/domain/place.ts';
import { mayBeSent, type SendCheck, type UnitStatus, unitStatus } from '@/server/domain/unit.ts';
import { changeUnit, changeUnitInput } from '@/server/ops/change-unit.ts';
import { travelOfUnits } from '@/server/places/travel/travel-of-units.ts';
import type { Travel } from '@/server/places/travel/travel-time.ts';
import { commandId } from '../command-input.ts';
import { allowed } from '../trpc.ts';

/** A unit that could go, with why and how sure: position age, distance, time and its source. */
export type UnitCandidate = {
  readonly id: string;
  readonly callSign: string;
  readonly name: string;
  readonly kind: string;
  readonly department: string | null;
  readonly status: UnitStatus;
  readonly check: SendCheck;
  readonly wanted: boolean;
  readonly fix: {
    readonly ageMs: number;
    readonly freshness: string;
    readonly lonLat: readonly [number, number];
  } | null;
  readonly travel: Travel | null;
};

/** For one place the time of everybody in the city may be asked. */
const capS = 3_600;

const rank: Record<SendCheck, number> = { free: 0, divertible: 1, engaged: 2, full: 3, 'not-available': 4 };

export const unitProcedures = {
  change: allowed('incident.dispatch')
    .input(changeUnitInput.and(commandId))
    .mutation(({ ctx, input }) => {
      const { commandId: id, ...rest } = input;
      return changeUnit(ctx.deps, { id, input: changeUnitInput.parse(rest), actor: ctx.actor });
    }),
  /**
   * Units for a place: the wanted kinds first, then who is free, then by time. A stale position is never ranked by
   * distance; it comes last and says so (PRODUCT.md §5).
   */
  candidates: allowed('incident.dispatch')
    .input(
      z.object({
        lonLat: lonLat.nullable(),
        kinds: z.array(z.string().max(64)).max(20).default([]),
        limit: z.number().int().min(1).max(200).default(60),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { live, city, store, now } = ctx.deps;
      const rows = await store.read(ctx.actor, (tx) => tx.list('unit', { limit: 5_000 }));
      const units = rows.map((row) => row.state).filter((unit) => unit.dispatchable);
      const slots = new Map(
        units.flatMap((unit) => {
          const slot = live.slotOf(unit.id);
          return slot === null ? [] : [[unit.id, slot] as const];
        }),
      );
      const details = new Map(live.detail([...slots.values()], now()).map((detail) => [detail.unit, detail]));
      const target = input.lonLat ? { lonLat: input.lonLat, district: city.districtOf(input.lonLat).district } : null;
      const trusted = units.flatMap((unit) => {
        const detail = details.get(unit.id);
        const at = detail?.lonLat;
        if (!at || (detail.freshness !== 'fresh' && detail.freshness !== 'late')) return [];
        const place: LonLat = [at[0], at[1]];
        return [{ id: unit.id, kind: unit.kind, place: { lonLat: place, district: city.districtOf(place).district } }];
      });
      const times = target ? await travelOfUnits(ctx.deps.travel, trusted, [target], { at: now(), capS }) : [];
      const travel = new Map(trusted.map(({ id }, i) => [id, times[i]?.[0] ?? null]));
      const candidates = units.map<UnitCandidate>((unit) => {
        const detail = details.get(unit.id);
        const at = detail?.lonLat ?? null;
        return {
          id: unit.id,
          callSign: unit.callSign,
          name: unit.name,
          kind: unit.kind,
          department: unit.department,
          status: unitStatus(unit),
          check: mayBeSent(unit),
          wanted: input.kinds.includes(unit.kind),
          fix: at && detail ? { ageMs: detail.ageMs ?? 0, freshness: detail.freshness, lonLat: at } : null,
          travel: travel.get(unit.id) ?? null,
        };
      });
      const seconds = (of: UnitCandidate) => of.travel?.seconds ?? Number.MAX_SAFE_INTEGER;
      return candidates
        .sort(
          (a, b) =>
            Number(b.wanted) - Number(a.wanted) ||
            rank[a.check] - rank[b.check] ||
            seconds(a) - seconds(b) ||
            a.callSign.localeCompare(b.callSign),
        )
        .slice(0, input.limit);
    }),
};
