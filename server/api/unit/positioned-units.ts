import type { LonLat } from '@/server/domain/place.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Unit } from '@/server/domain/unit.ts';
import type { TravelPlace } from '@/server/places/travel/travel-time.ts';
import type { ApiDeps } from '../deps.ts';

const mostUnits = 10_000;

export type UnitFix = {
  readonly ageMs: number;
  readonly freshness: 'fresh' | 'late' | 'stale' | 'unknown';
  readonly lonLat: readonly [number, number];
};
/** `place` only where the position may be relied on: a stale one is shown and never reckoned with. */
export type PositionedUnit = { readonly unit: Unit; readonly fix: UnitFix | null; readonly place: TravelPlace | null };

/** Every unit that may be sent at all, with where it was last. */
export async function positionedUnits(
  { live, city, store, now }: Pick<ApiDeps, 'live' | 'city' | 'store' | 'now'>,
  actor: Actor,
): Promise<PositionedUnit[]> {
  const rows = await store.read(actor, (tx) => tx.list('unit', { limit: mostUnits }));
  const units = rows.map((row) => row.state).filter((unit) => unit.dispatchable);
  const slots = units.flatMap((unit) => live.slotOf(unit.id) ?? []);
  const details = new Map(live.detail(slots, now()).map((detail) => [detail.unit, detail]));
  return units.map((unit) => {
    const detail = details.get(unit.id);
    const at = detail?.lonLat ?? null;
    if (!detail || !at) return { unit, fix: null, place: null };
    const lonLat: LonLat = [at[0], at[1]];
    const relied = detail.freshness === 'fresh' || detail.freshness === 'late';
    return {
      unit,
      fix: { ageMs: detail.ageMs ?? 0, freshness: detail.freshness, lonLat: at },
      place: relied ? { lonLat, district: city.districtOf(lonLat).district } : null,
    };
  });
}
