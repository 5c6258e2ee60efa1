import { bearingDeg, distanceM, type LonLat, moved } from '../geo.ts';
import type { Random } from '../random.ts';
import { channels } from './river.ts';

/** Vessels on the Yangtze: up or down one of the channels on their own side of the fairway (keep right), some of them at anchor. */
export type VesselKind = {
  readonly type: number;
  readonly word: string;
  readonly lengthM: number;
  readonly beamM: number;
  readonly kn: number;
};
const kinds: readonly (VesselKind & { readonly weight: number })[] = [
  { type: 70, word: 'HUO', lengthM: 84, beamM: 14, kn: 6.5, weight: 12 },
  { type: 79, word: 'JI', lengthM: 105, beamM: 16, kn: 7.2, weight: 5 },
  { type: 80, word: 'YOU', lengthM: 92, beamM: 15, kn: 6, weight: 3 },
  { type: 52, word: 'TUO', lengthM: 32, beamM: 9, kn: 5, weight: 2 },
  { type: 60, word: 'KE', lengthM: 68, beamM: 13, kn: 9, weight: 1 },
];

export type Vessel = {
  readonly index: number;
  readonly mmsi: number;
  readonly classB: boolean;
  readonly kind: VesselKind;
  readonly name: string;
  readonly callSign: string;
  readonly down: boolean;
  readonly anchored: boolean;
  readonly draughtM: number;
  channel: number;
  offsetM: number;
  speedKn: number;
  at: LonLat;
  courseDeg: number;
};

const lengths = channels.map(({ line }) =>
  line.slice(1).reduce((sum, point, index) => sum + distanceM(line[index]!, point), 0),
);
/** The river flows to the north-east; the main channel is written the other way round. */
const written = (vessel: Pick<Vessel, 'channel' | 'down'>): 1 | -1 => (vessel.down === (vessel.channel === 0) ? -1 : 1);

/** The small arm behind the island takes few vessels. */
const shares = [0.62, 0.34, 0.04];

function along(channel: number, offsetM: number): { at: LonLat; bearing: number } {
  const { line } = channels[channel]!;
  let left = offsetM;
  for (let i = 1; i < line.length; i++) {
    const length = distanceM(line[i - 1]!, line[i]!);
    const bearing = bearingDeg(line[i - 1]!, line[i]!);
    if (left <= length || i === line.length - 1) {
      const turn = (bearing * Math.PI) / 180;
      const step = Math.min(left, length);
      return { at: moved(line[i - 1]!, step * Math.sin(turn), step * Math.cos(turn)), bearing };
    }
    left -= length;
  }
  throw new Error('a channel without points');
}

function place(vessel: Vessel): void {
  const { at, bearing } = along(vessel.channel, vessel.offsetM);
  const course = written(vessel) < 0 ? (bearing + 180) % 360 : bearing;
  const half = channels[vessel.channel]!.halfWidthM;
  const aside = half * (vessel.anchored ? 0.7 : 0.18 + 0.22 * ((vessel.index * 0.618) % 1));
  const right = ((course + 90) * Math.PI) / 180;
  vessel.at = moved(at, aside * Math.sin(right), aside * Math.cos(right));
  vessel.courseDeg = course;
}

export function fleet(count: number, rng: Random): Vessel[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = rng.weighted(kinds);
    const roll = rng.next();
    const channel = roll < shares[0]! ? 0 : roll < shares[0]! + shares[1]! ? 1 : 2;
    const anchored = channel !== 2 && rng.chance(0.2);
    const vessel: Vessel = {
      index,
      // 413 is China; 99 behind it belongs to aids, which nobody registers a vessel under.
      mmsi: 413_990_000 + index,
      classB: rng.chance(0.25),
      kind,
      name: `SIM ${kind.word} ${String(index + 1).padStart(4, '0')}`,
      callSign: `SIM${String(index + 1).padStart(3, '0')}`.slice(0, 7),
      down: rng.chance(0.5),
      anchored,
      draughtM: Math.round(rng.between(2.4, 6.8) * 10) / 10,
      channel,
      offsetM: rng.next() * lengths[channel]!,
      speedKn: anchored ? 0 : kind.kn * rng.between(0.8, 1.15),
      at: [0, 0],
      courseDeg: 0,
    };
    place(vessel);
    return vessel;
  });
}

/** Where the channel ends a vessel leaves the city, and another of its kind comes in at the other end. */
export function sail(vessel: Vessel, seconds: number): void {
  if (vessel.anchored) return;
  const length = lengths[vessel.channel]!;
  const step = vessel.speedKn * (1_852 / 3_600) * seconds * written(vessel);
  vessel.offsetM = (((vessel.offsetM + step) % length) + length) % length;
  place(vessel);
}
