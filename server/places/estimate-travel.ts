import type { LonLat } from '@/server/domain/place.ts';

/** Straight line at 31 km/h (research: median of three cities by free-flow speeds), until a road graph is imported. Always shown as 估算. */
export const lineSpeedMps = 31 / 3.6;
/** Crossing the Yangtze means a detour to a bridge or a tunnel; a line across it says nothing [prov]. */
export const riverPenaltyS = 15 * 60;
const northBank = new Set(['320111', '320116']);

export type TravelEstimate = {
  readonly distanceM: number;
  readonly seconds: number;
  readonly source: 'line';
  readonly acrossRiver: boolean;
};

export function distanceM(a: LonLat, b: LonLat): number {
  const toRadians = Math.PI / 180;
  const dLat = (b[1] - a[1]) * toRadians;
  const dLon = (b[0] - a[0]) * toRadians;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * toRadians) * Math.cos(b[1] * toRadians) * Math.sin(dLon / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** `bank` by district; unknown districts count as the same bank, and say nothing about the river. */
export function estimateTravel(
  from: { readonly lonLat: LonLat; readonly district: string | null },
  to: { readonly lonLat: LonLat; readonly district: string | null },
): TravelEstimate {
  const metres = distanceM(from.lonLat, to.lonLat);
  const acrossRiver =
    from.district !== null && to.district !== null && northBank.has(from.district) !== northBank.has(to.district);
  const seconds = metres / lineSpeedMps + (acrossRiver ? riverPenaltyS : 0);
  return { distanceM: Math.round(metres), seconds: Math.round(seconds), source: 'line', acrossRiver };
}
