import { latitude, longitude } from '@/components/map/geometry.ts';
import { type Freshness, freshnessClasses, headingOfByte } from '@/server/wire/frame.ts';

/** Terminals of this scheme are ships, whoever has registered them. */
export const vesselScheme = 'ais';

export type VesselRow = {
  readonly key: string;
  readonly name: string;
  readonly lonLat: [number, number];
  readonly headingDeg: number | null;
  readonly freshness: Freshness;
};

type Columns = {
  readonly high: number;
  readonly originX: number;
  readonly originY: number;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly heading: ArrayLike<number>;
  readonly freshness: ArrayLike<number>;
  readonly alive: ArrayLike<number>;
};
type Registered = { readonly callSign: string; readonly subject: { readonly scheme: string } | null };

export const isVessel = (unit: string, registered: Registered | null): boolean =>
  registered ? registered.subject?.scheme === vesselScheme : unit.startsWith(`${vesselScheme}/`);

export type VesselNames = {
  readonly unitOf: (slot: number) => string | null;
  readonly registered: (unit: string) => Registered | null;
};

/** Slots that are ships: asked once for each change of names, not for each tick. */
export function vesselSlots(high: number, { unitOf, registered }: VesselNames): ReadonlySet<number> {
  const slots = new Set<number>();
  for (let slot = 0; slot < high; slot++) {
    const unit = unitOf(slot);
    if (unit !== null && isVessel(unit, registered(unit))) slots.add(slot);
  }
  return slots;
}

export function vesselRows(units: Columns, slots: ReadonlySet<number>, names: VesselNames): VesselRow[] {
  const rows: VesselRow[] = [];
  for (const slot of slots) {
    const unit = names.unitOf(slot);
    if (unit === null || slot >= units.high || units.alive[slot] !== 1) continue;
    rows.push({
      key: unit,
      name: names.registered(unit)?.callSign ?? unit.slice(vesselScheme.length + 1),
      lonLat: [longitude(units.originX + (units.x[slot] ?? 0)), latitude(units.originY + (units.y[slot] ?? 0))],
      headingDeg: headingOfByte(units.heading[slot] ?? 255),
      freshness: freshnessClasses[units.freshness[slot] ?? 3] ?? 'unknown',
    });
  }
  return rows.sort((a, b) => a.name.localeCompare(b.name));
}
