import type { LonLat } from '../geo.ts';
import { type CapacityRecord, envelope, iso } from '../push/record.ts';
import type { Random } from '../random.ts';

/** Invented hospitals: their names and places are 示意 and stand for no real one. */
type Hospital = {
  readonly key: string;
  readonly name: string;
  readonly at: LonLat;
  readonly beds: Readonly<Record<string, number>>;
  readonly south: boolean;
};
export const hospitals: readonly Hospital[] = [
  {
    key: 'h01',
    name: '演示第一医院（鼓楼）',
    at: [118.771, 32.057],
    beds: { 'icu-bed': 42, 'emergency-bed': 60 },
    south: false,
  },
  {
    key: 'h02',
    name: '演示第二医院（玄武）',
    at: [118.8, 32.046],
    beds: { 'icu-bed': 30, 'emergency-bed': 48 },
    south: false,
  },
  {
    key: 'h03',
    name: '演示第三医院（秦淮）',
    at: [118.783, 32.02],
    beds: { 'icu-bed': 36, 'emergency-bed': 54 },
    south: true,
  },
  {
    key: 'h04',
    name: '演示河西医院（建邺）',
    at: [118.728, 32.005],
    beds: { 'icu-bed': 28, 'emergency-bed': 50 },
    south: true,
  },
  {
    key: 'h05',
    name: '演示江宁医院',
    at: [118.842, 31.948],
    beds: { 'icu-bed': 24, 'emergency-bed': 46 },
    south: true,
  },
  {
    key: 'h06',
    name: '演示江北医院（浦口）',
    at: [118.715, 32.14],
    beds: { 'icu-bed': 22, 'emergency-bed': 40 },
    south: false,
  },
  {
    key: 'h07',
    name: '演示仙林医院（栖霞）',
    at: [118.918, 32.1],
    beds: { 'icu-bed': 20, 'emergency-bed': 36 },
    south: false,
  },
  {
    key: 'h08',
    name: '演示六合医院',
    at: [118.84, 32.342],
    beds: { 'icu-bed': 12, 'emergency-bed': 30 },
    south: false,
  },
];

export type BedState = Map<string, number>;

export function startBeds(rng: Random): BedState {
  const taken: BedState = new Map();
  for (const { key, beds } of hospitals)
    for (const [resource, maximum] of Object.entries(beds))
      taken.set(`${key}/${resource}`, Math.round(maximum * rng.between(0.55, 0.78)));
  return taken;
}

/** One round of arrivals and departures; `pressure` 0 to 1 drives the southern hospitals towards full. */
export function moveBeds(taken: BedState, pressure: number, rng: Random): void {
  for (const { key, beds, south } of hospitals) {
    for (const [resource, maximum] of Object.entries(beds)) {
      const id = `${key}/${resource}`;
      const wanted = Math.round(maximum * (0.68 + pressure * (south ? 0.34 : 0.18)));
      const now = taken.get(id)!;
      const pull = Math.sign(wanted - now) * Math.ceil(Math.abs(wanted - now) * 0.45);
      const drift = pressure > 0 ? pull : rng.int(-1, 1) + Math.sign(wanted - now) * rng.int(0, 1);
      taken.set(id, Math.min(maximum, Math.max(0, now + drift)));
    }
  }
}

function stateOf(available: number, maximum: number, resource: string): CapacityRecord['state'] {
  if (available === 0) return resource === 'emergency-bed' ? 'diversion' : 'full';
  return available < maximum * 0.1 ? 'limited' : 'open';
}

export function capacityRecords(taken: BedState, atMs: number): CapacityRecord[] {
  return hospitals.flatMap(({ key, name, at, beds }) =>
    Object.entries(beds).map(([resource, maximum]) => {
      const available = maximum - taken.get(`${key}/${resource}`)!;
      return {
        kind: 'capacity' as const,
        ...envelope({ scheme: 'health-capacity', key: `${key}/${resource}` }, atMs, {
          at,
          dedupeKey: `health-capacity/${key}/${resource}/${iso(atMs)}`,
        }),
        facility: name,
        resource,
        available,
        baseline: Math.round(maximum * 0.9),
        maximum,
        state: stateOf(available, maximum, resource),
        asOf: iso(atMs),
      };
    }),
  );
}
