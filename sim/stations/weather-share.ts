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

const drownedReachM = 3_500;

/** How much a depth gauge shares in what happens at the nearest underpass of the scenario; null where it lies too far away. */
export type Drowned = { readonly underpass: string; readonly share: number };

export function drownedNear(network: Network, at: LonLat): Drowned | null {
  const near = underpasses
    .map(({ id }) => ({ id, far: distanceM(underpassOf(network, id).at, at) }))
    .sort((one, other) => one.far - other.far)[0];
  return near && near.far < drownedReachM ? { underpass: near.id, share: 1 - near.far / drownedReachM } : null;
}
