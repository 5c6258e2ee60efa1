import type { LonLat } from '@/server/domain/place.ts';
import type { Random } from '@/sim/random.ts';
import { type Highway, heldOutHighways, heldOutSpots, type Spot, trainHighways, trainSpots } from './places.ts';
import type { Part, SituationKind } from './situation-kinds.ts';

export type Situation = {
  readonly id: string;
  readonly kind: SituationKind;
  readonly at: number;
  readonly lonLat: LonLat;
  readonly district: string;
  readonly spot: Spot | null;
  readonly highway: Highway | null;
  readonly what: string;
  readonly hurt: string;
  readonly plates: readonly string[];
  readonly house: number;
  readonly building: number;
  readonly stair: number;
  readonly floor: number;
  readonly room: string;
  readonly stakeM: number;
  readonly heading: string;
};

export const minuteMs = 60_000;
const start = Date.parse('2026-07-06T00:00:00Z');
const lastsMin = 20 * 24 * 60;

export const normal = (by: Random): number =>
  Math.sqrt(-2 * Math.log(1 - by.next())) * Math.cos(2 * Math.PI * by.next());

export const moved = ([lon, lat]: LonLat, eastM: number, northM: number): LonLat => [
  Math.round((lon + eastM / (111_320 * Math.cos((lat * Math.PI) / 180))) * 1e6) / 1e6,
  Math.round((lat + northM / 110_950) * 1e6) / 1e6,
];

export const plateOf = (by: Random): string =>
  `苏A${by.pick([...'ABCDEFGHJKLMN'])}${Array.from({ length: 4 }, () => by.pick([...'0123456789'])).join('')}`;

export function situationOf(by: Random, of: { id: string; part: Part; kind: SituationKind }): Situation {
  const { kind, part, id } = of;
  const highway = kind.setting === 'highway' ? by.pick(part === 'train' ? trainHighways : heldOutHighways) : null;
  const spot = highway ? null : by.pick(part === 'train' ? trainSpots : heldOutSpots);
  const stakeM = by.int(8, 46) * 1_000 + by.int(0, 9) * 100;
  const floor = by.int(2, 17);
  const at = start + by.between(0, lastsMin) * minuteMs;
  const centre = spot?.at ?? highway?.at ?? [118.78, 32.05];
  return {
    id,
    kind,
    at,
    // A stake stands where its road is; an estate is a few hundred metres wide.
    lonLat: highway
      ? moved(centre, (stakeM - 27_000) * 0.6, (stakeM - 27_000) * 0.5)
      : moved(centre, by.between(-150, 150), by.between(-150, 150)),
    district: spot?.district ?? highway?.district ?? '',
    spot,
    highway,
    what: by.pick(kind.particulars),
    hurt: by.chance(0.5) ? '没有人受伤' : by.pick(['有人腿受伤了', '有人头部流血', '有人手臂受伤']),
    plates: [plateOf(by), plateOf(by)],
    house: by.int(1, 320),
    building: by.int(1, 24),
    stair: by.int(1, 4),
    floor,
    room: `${floor}0${by.int(1, 4)}`,
    stakeM,
    heading: by.pick(highway?.headings ?? ['由东向西', '由西向东']),
  };
}
