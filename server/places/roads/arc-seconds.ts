import { type RoadSpeeds, roadClasses } from './road-speeds.ts';
import { backwardBit, forwardBit, mayOpposeBit, publicBit, type Roads } from './roads.ts';

export type TravelProfile = 'standard' | 'emergency';
export type ProfileOptions = {
  readonly profile: TravelProfile;
  /** Vehicles on duty against one-way streets; off unless a query says so. */
  readonly againstOneway?: boolean;
};

/** Seconds over each arc as it is on a free road; infinity: not for this profile. */
export function arcSeconds(roads: Roads, speeds: RoadSpeeds, { profile, againstOneway }: ProfileOptions): Float32Array {
  const { lengthM, roadClass, bits, limitKmh } = roads;
  const emergency = profile === 'emergency';
  const factor = emergency ? speeds.emergencyFactor : 1;
  const classKmh = roadClasses.map((name) => speeds.classes[name]);
  const seconds = new Float32Array(lengthM.length * 2);
  for (let arc = 0; arc < seconds.length; arc += 1) {
    const segment = arc >>> 1;
    const bit = bits[segment]!;
    if (!emergency && !(bit & publicBit)) {
      seconds[arc] = Infinity;
      continue;
    }
    const limit = limitKmh[arc]!;
    const kmh = (limit ? limit * speeds.limitShare : classKmh[roadClass[segment]!]!) * factor;
    const along = (bit & (arc & 1 ? backwardBit : forwardBit)) !== 0;
    const opposed = !along && emergency && againstOneway && (bit & mayOpposeBit) !== 0;
    const share = along ? 1 : opposed ? speeds.againstOnewayFactor : 0;
    seconds[arc] = share === 0 ? Infinity : (lengthM[segment]! * 3.6) / (kmh * share);
  }
  return seconds;
}

/** The same under conditions: a copy where there are any. */
export function withFactors(seconds: Float32Array, factors: ReadonlyMap<number, number>): Float32Array {
  if (factors.size === 0) return seconds;
  const changed = seconds.slice();
  for (const [segment, factor] of factors) {
    changed[segment * 2]! *= factor;
    changed[segment * 2 + 1]! *= factor;
  }
  return changed;
}
