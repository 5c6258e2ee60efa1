import type { QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { Clock } from './clock.ts';
import type { DataObject, Gb26875Message } from './message.ts';
import type { Gb26875Options } from './options.ts';

export const underTest = (object: DataObject): boolean => ((object.state ?? 0) & 1) === 0;

const harmless: ReadonlySet<QualityFlag> = new Set(['enum_unknown', 'test']);

export function envelopeOf(
  message: Gb26875Message,
  clock: Clock,
  { context, flags }: { context: MapContext<Gb26875Options>; flags: readonly QualityFlag[] },
) {
  const all = [...new Set<QualityFlag>([...message.flags, ...clock.flags, ...flags])];
  const doubtful = all.some((flag) => !harmless.has(flag));
  return {
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: null,
    crsReceived: context.crs,
    geometrySource: 'none' as const,
    quality: { state: doubtful ? ('suspect' as const) : ('good' as const), flags: all },
    revision: 0,
    privacy: 'none' as const,
  };
}
