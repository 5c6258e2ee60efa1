import type { Random } from '@/sim/random.ts';
import type { KindRow } from './kinds.ts';
import { digits, type Line } from './row.ts';

/** Free places; few of them is what matters. */
const stock = (property: string, maximum: number, shares: readonly [number, number]): Line => ({
  property,
  unit: '1',
  maximum,
  notice: Math.max(1, Math.round(maximum * shares[0])),
  alarm: Math.round(maximum * shares[1]),
  when: 'below',
  usual: [Math.round(maximum * 0.2), Math.round(maximum * 0.45)],
});
const beds = (icu: number, emergency: number): Line[] => [
  stock('icu-bed', icu, [0.1, 0.03]),
  stock('emergency-bed', emergency, [0.1, 0.03]),
];
const health = { kind: 'hospital', department: 'health', intervalS: 900 } as const;

export const cityKinds: readonly KindRow[] = [
  {
    ...health,
    label: 'hospital-push',
    scheme: 'health-capacity',
    fixed: (
      [
        ['h01', '演示第一医院（鼓楼）', [118.771, 32.057], 42, 60],
        ['h02', '演示第二医院（玄武）', [118.8, 32.046], 30, 48],
        ['h03', '演示第三医院（秦淮）', [118.783, 32.02], 36, 54],
        ['h04', '演示河西医院（建邺）', [118.728, 32.005], 28, 50],
        ['h05', '演示江宁医院', [118.842, 31.948], 24, 46],
        ['h06', '演示江北医院（浦口）', [118.715, 32.14], 22, 40],
        ['h07', '演示仙林医院（栖霞）', [118.918, 32.1], 20, 36],
        ['h08', '演示六合医院', [118.84, 32.342], 12, 30],
      ] as const
    ).map(([key, name, at, icu, emergency]) => ({ key, name, at, measures: beds(icu, emergency) })),
  },
  {
    ...health,
    label: 'hospital',
    scheme: 'fhir',
    count: 52,
    /** The reference by which reports name it. */
    key: (index) => `Location/nj-hospital-${digits(index, 3)}`,
    name: (place) => `演示${place}医院`,
    measures: (rng: Random) => [
      stock('hospital-bed', rng.int(8, 60) * 10, [0.08, 0.02]),
      ...beds(rng.int(6, 36), rng.int(12, 50)),
    ],
  },
  {
    label: 'scenic',
    kind: 'scenic',
    scheme: 'ngsi',
    department: 'culture-tourism',
    intervalS: 300,
    count: 50,
    key: (index) => `urn:ngsi-ld:TouristAttraction:nanjing:${digits(index, 3)}`,
    name: (place) => `演示${place}景区`,
    // Left of what is approved at one moment (LB/T 034-2014 names four fifths as the point to act).
    measures: (rng: Random) => {
      const approved = rng.int(8, 120) * 250;
      return [
        {
          ...stock('site-visitors', approved, [0.2, 0]),
          usual: [Math.round(approved * 0.45), Math.round(approved * 0.9)],
        },
      ];
    },
  },
  {
    label: 'shelter',
    kind: 'shelter',
    scheme: 'shelter',
    department: 'emergency-management',
    intervalS: 3_600,
    count: 90,
    key: (index, district) => `${district}-bn-${digits(index, 3)}`,
    name: (place) => `${place}应急避难场所`,
    measures: (rng: Random) => {
      const held = rng.int(4, 60) * 50;
      return [{ ...stock('shelter-place', held, [0.2, 0.05]), usual: [held, held] }];
    },
  },
  {
    label: 'parking',
    kind: 'parking',
    scheme: 'ngsi',
    department: 'transport',
    intervalS: 300,
    count: 80,
    key: (index) => `urn:ngsi-ld:OffStreetParking:nanjing:${digits(index, 3)}`,
    name: (place) => `${place}公共停车场`,
    measures: (rng: Random) => [stock('parking', rng.int(6, 60) * 10, [0.05, 0])],
  },
  {
    label: 'fire-panel',
    kind: 'fire-panel',
    scheme: 'gb26875',
    department: 'fire',
    intervalS: null,
    count: 420,
    /** Six bytes of source address. */
    key: (index) => `3201${digits(index, 8)}`,
    name: (place, index) => `${place}${['商务楼', '住宅小区', '商场', '厂房', '学校', '酒店'][index % 6]}消防控制室`,
    measures: () => [],
  },
  {
    label: 'lift',
    kind: 'lift',
    scheme: 'lift',
    department: 'market-regulation',
    intervalS: null,
    count: 560,
    /** 设备代码: kind of equipment, district of registration, year, number. */
    key: (index, district, rng) => `3110${district}${rng.int(2008, 2024)}${digits(index, 4)}`,
    name: (place, index) => `${place}${['住宅', '写字楼', '地铁口', '商场'][index % 4]}电梯`,
    measures: () => [],
  },
  {
    label: 'camera',
    kind: 'camera',
    scheme: 'gb28181',
    department: 'police',
    intervalS: null,
    count: 200,
    /** GB/T 28181-2016 annex D: centre 8, trade 2, kind 3 (132: camera), net 1, number 6. */
    key: (index, district) => `${district}0100${'132'}0${digits(index, 6)}`,
    name: (place) => `${place}路口视频`,
    measures: () => [],
  },
  {
    label: 'stop',
    kind: 'stop',
    scheme: 'gtfs',
    department: 'transport',
    intervalS: null,
    count: 400,
    key: (index) => `NJ${digits(index, 5)}`,
    name: (place, index) => `${place}${['东', '南', '西', '北'][index % 4]}公交站`,
    measures: () => [],
  },
];
