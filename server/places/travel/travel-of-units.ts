import type { TravelProfile } from '../roads/arc-seconds.ts';
import type { Travel, TravelPlace, TravelQuery, TravelTime } from './travel-time.ts';

/** Vehicles that the Road Traffic Safety Law, art. 53, lets pass with lights and siren on an urgent task. */
const onDuty = new Set(['patrol-car', 'ambulance', 'fire-engine', 'repair-crew']);

export const profileOf = (unitKind: string): TravelProfile => (onDuty.has(unitKind) ? 'emergency' : 'standard');

export type TravellingUnit = { readonly kind: string; readonly place: TravelPlace };

/** Times of units to places, each unit as its kind drives. Rows in the order of the units. */
export async function travelOfUnits(
  travel: TravelTime,
  units: readonly TravellingUnit[],
  to: readonly TravelPlace[],
  query: Omit<TravelQuery, 'profile'>,
): Promise<Travel[][]> {
  const rows: Travel[][] = units.map(() => []);
  for (const profile of ['emergency', 'standard'] as const) {
    const own = units.flatMap(({ kind }, i) => (profileOf(kind) === profile ? [i] : []));
    if (own.length === 0) continue;
    const matrix = await travel.matrix(
      own.map((i) => units[i]!.place),
      to,
      { ...query, profile },
    );
    own.forEach((i, row) => {
      rows[i] = matrix[row]!;
    });
  }
  return rows;
}
