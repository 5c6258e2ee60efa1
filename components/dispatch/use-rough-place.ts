import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/shell/trpc.ts';
import type { LonLat, Place } from '@/server/domain/place.ts';

export type RoughPlace = { readonly name: string; readonly lonLat: LonLat; readonly withinM: number };

/**
 * A landmark that was chosen by name has surroundings but no point to send somebody to. They are good enough to say which units
 * are nearer, as long as the screen says how rough that is; nothing of it is written into the incident.
 */
export function useRoughPlace(place: Place): { rough: RoughPlace | null; asking: boolean } {
  const trpc = useTRPC();
  const name = place.text.trim().split(/\s+/).at(-1) ?? '';
  const enabled = place.lonLat === null && place.source === 'gazetteer' && name !== '';
  const found = useQuery(trpc.place.search.queryOptions({ text: name, limit: 10 }, { enabled, staleTime: 600_000 }));
  const hit = enabled
    ? found.data?.find(
        (one) => one.name === name && one.district === place.district && one.approximateM !== null && one.view !== null,
      )
    : undefined;
  return {
    rough: hit?.view && hit.approximateM ? { name, lonLat: hit.view.centre, withinM: hit.approximateM } : null,
    asking: enabled && found.isLoading,
  };
}
