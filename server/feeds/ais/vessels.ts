import type { AisMessage } from './message.ts';

/** What is known of a vessel beside where it is. Null: it says that it has none; absent: it has not said. */
export type Vessel = {
  readonly shipName?: string | null;
  readonly callSign?: string | null;
  readonly imo?: number | null;
  readonly shipType?: number | null;
  readonly shipTypeName?: string | null;
  readonly lengthM?: number | null;
  readonly beamM?: number | null;
  readonly draughtM?: number | null;
  readonly destination?: string | null;
  readonly eni?: string | null;
};

/** Buckets by the last digits of the number, so that a change copies one bucket and not every vessel that was ever heard. */
export type Vessels = readonly ReadonlyMap<string, Vessel>[];
const buckets = 256;
export const mostInBucket = 64;

const empty: ReadonlyMap<string, Vessel> = new Map();
export const noVessels: Vessels = Array.from({ length: buckets }, () => empty);

const bucketOf = (mmsi: string): number => Number(mmsi) % buckets;

export const vesselOf = (vessels: Vessels, mmsi: string): Vessel | null => vessels[bucketOf(mmsi)]?.get(mmsi) ?? null;

const copied = ['shipName', 'callSign', 'imo', 'shipType', 'shipTypeName', 'draughtM', 'destination'] as const;
const staticTypes = new Set([5, 19, 24]);
const inlandStatic = 'inland ship static data';

/** The static data that a message carries; null where it carries none. */
export function staticDataOf({ type, fields }: AisMessage): Vessel | null {
  if (type === 8 && fields.application === inlandStatic && typeof fields.content === 'object') {
    const { eni, lengthM, beamM, draughtM } = fields.content as Record<string, unknown>;
    return { eni, lengthM, beamM, draughtM } as Vessel;
  }
  if (!staticTypes.has(type)) return null;
  const said: Record<string, unknown> = {};
  for (const name of copied) if (name in fields) said[name] = fields[name];
  if (typeof fields.toBowM === 'number') {
    const sum = (a: unknown, b: unknown) => Number(a) + Number(b) || null;
    said.lengthM = sum(fields.toBowM, fields.toSternM);
    said.beamM = sum(fields.toPortM, fields.toStarboardM);
  }
  return said as Vessel;
}

/** The vessel that was heard of longest ago makes room in its bucket. */
export function remember(vessels: Vessels, mmsi: string, said: Vessel): Vessels {
  const at = bucketOf(mmsi);
  const bucket = new Map(vessels[at]);
  const known = bucket.get(mmsi);
  bucket.delete(mmsi);
  bucket.set(mmsi, { ...known, ...said });
  if (bucket.size > mostInBucket) bucket.delete(bucket.keys().next().value as string);
  return vessels.with(at, bucket);
}
