import { distanceM, type LonLat } from '../geo.ts';
import { type Network, underpassOf } from '../network/network.ts';
import { underpasses } from '../network/roads.ts';

/** Where the scenario's rain falls hardest, and how fast it lessens from there: a squall, not a province. */
const heart: LonLat = [118.794, 31.9775];
const reachM = 6_500;
const everywhere = 0.22;

/** The share of the scenario's rain that falls at a place. */
export function rainShare(at: LonLat): number {
  const far = distanceM(at, heart) / reachM;
  return everywhere + (1 - everywhere) * Math.exp(-far * far);
}

const nearM = 700;

/** The scenario's underpass that a depth gauge looks into; null where it watches another one. */
export function underpassNear(network: Network, at: LonLat): string | null {
  const near = underpasses
    .map(({ id }) => ({ id, far: distanceM(underpassOf(network, id).at, at) }))
    .sort((one, other) => one.far - other.far)[0];
  return near && near.far < nearM ? near.id : null;
}
