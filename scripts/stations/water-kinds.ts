import type { LonLat } from '@/sim/geo.ts';
import type { Random } from '@/sim/random.ts';
import type { KindRow } from './kinds.ts';
import { digits, type Line, rounded } from './row.ts';

const battery: Line = { property: 'VT', unit: 'V', usual: [12.1, 13.6], notice: 11.5, alarm: 11, when: 'below' };

/** Six decimetres before the alarm, unless that is where the water stands on any day. */
const noticeOf = (dryM: number, alarmM: number): number =>
  rounded(alarmM - 0.6 > dryM + 0.35 ? alarmM - 0.6 : alarmM - (alarmM - dryM) / 4, 2);

/** Levels over the Wusong zero: 设防, 警戒, 保证 (示意). */
const levels = (property: string, dryM: number, alarmM: number): Line => ({
  property,
  unit: 'm',
  usual: [rounded(dryM - 0.35, 2), rounded(dryM + 0.35, 2)],
  notice: noticeOf(dryM, alarmM),
  alarm: alarmM,
  severe: rounded(alarmM + 1.5, 2),
});

type Named = { readonly key: string; readonly at: LonLat; readonly dryM: number; readonly alarmM: number };
/** The gauges that report by the push profile. */
const pushed: readonly Named[] = [
  { key: '下关水位站', at: [118.7425, 32.0985], dryM: 7.35, alarmM: 8.7 },
  { key: '东山水位站', at: [118.8365, 31.9585], dryM: 7.6, alarmM: 8.5 },
  { key: '三汊河口水位站', at: [118.7375, 32.0785], dryM: 7.3, alarmM: 8.6 },
  { key: '滁河六合水位站', at: [118.836, 32.336], dryM: 7.9, alarmM: 9.5 },
  { key: '玄武湖水位站', at: [118.789, 32.066], dryM: 10.05, alarmM: 10.6 },
];
const depth: Line = { property: 'waterDepth', unit: 'm', usual: [0, 0.05], notice: 0.15, alarm: 0.27, severe: 0.4 };
const hourRain = { notice: 16, alarm: 30, severe: 50 };

export const waterKinds: readonly KindRow[] = [
  {
    label: 'river-push',
    kind: 'river-level',
    scheme: 'water-level',
    department: 'water',
    datum: 'wusong',
    intervalS: 300,
    fixed: pushed.map(({ key, at, dryM, alarmM }) => ({
      key,
      name: key,
      at,
      measures: [levels('waterLevel', dryM, alarmM)],
    })),
  },
  {
    label: 'river-level',
    kind: 'river-level',
    scheme: 'sl651',
    department: 'water',
    datum: 'wusong',
    intervalS: 300,
    count: 80,
    at: 'bank',
    key: (index) => `006019${digits(index, 4)}`,
    name: (place) => `${place}水位站`,
    measures: (rng: Random) => {
      const dryM = rounded(rng.between(6.6, 8.2), 2);
      return [levels('Z', dryM, rounded(dryM + rng.between(1.2, 1.8), 2)), battery];
    },
  },
  {
    label: 'underpass-push',
    kind: 'underpass',
    scheme: 'water-level',
    department: 'water',
    datum: 'local',
    intervalS: 300,
    /** Where the simulator's roads dive; it knows them by these names. */
    underpasses: true,
    measures: () => [depth],
  },
  {
    label: 'underpass',
    kind: 'underpass',
    scheme: 'mqtt',
    department: 'water',
    datum: 'local',
    intervalS: 120,
    count: 120,
    key: (index) => `nj-ponding-${digits(index, 4)}`,
    name: (place) => `${place}下穿积水监测点`,
    measures: () => [depth],
  },
  {
    label: 'rain-push',
    kind: 'rain',
    scheme: 'water-level',
    department: 'water',
    intervalS: 300,
    fixed: (
      [
        ['鼓楼雨量站', [118.7765, 32.061]],
        ['孝陵卫雨量站', [118.851, 32.036]],
        ['南京南站雨量站', [118.793, 31.974]],
        ['河西雨量站', [118.727, 32.003]],
        ['江浦雨量站', [118.63, 32.056]],
        ['雄州雨量站', [118.841, 32.343]],
      ] as const
    ).map(([key, at]) => ({
      key,
      name: key,
      at,
      measures: [{ property: 'rainfall', unit: 'mm', usual: [0, 0] as const, notice: 2, alarm: 4, severe: 7 }],
    })),
  },
  {
    label: 'rain',
    kind: 'rain',
    scheme: 'sl651',
    department: 'water',
    intervalS: 300,
    count: 260,
    key: (index) => `006239${digits(index, 4)}`,
    name: (place) => `${place}雨量遥测站`,
    measures: () => [
      { property: 'PN05', unit: 'mm', usual: [0, 0], alarm: 5, severe: 8 },
      { property: 'P1', unit: 'mm', usual: [0, 0], ...hourRain },
      { property: 'PT', unit: 'mm', usual: [600, 1_100] },
      battery,
    ],
  },
];
