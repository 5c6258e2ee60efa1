import type { Random } from '@/sim/random.ts';
import type { KindRow } from './kinds.ts';
import { digits, type Line, rounded } from './row.ts';

/** HJ 212-2017 §6.2.1: a device number of 24 hexadecimal digits. */
const deviceNumber = (site: string, index: number): string => `32010001${site}${digits(index, 8)}EF`.padEnd(24, '0');

const air: readonly Line[] = [
  { property: 'a34004', unit: 'ug/m3', usual: [18, 60], notice: 75, alarm: 115, severe: 150 },
  { property: 'a34002', unit: 'ug/m3', usual: [35, 100], notice: 150, alarm: 250, severe: 350 },
  { property: 'a21026', unit: 'ug/m3', usual: [4, 12], alarm: 500 },
  { property: 'a21004', unit: 'ug/m3', usual: [15, 55], alarm: 200 },
  { property: 'a21005', unit: 'mg/m3', usual: [0.4, 1.1], alarm: 10 },
  { property: 'a05024', unit: 'ug/m3', usual: [40, 140], notice: 160, alarm: 200, severe: 300 },
];
const surfaceWater: readonly Line[] = [
  { property: 'w01001', unit: '[pH]', usual: [7.2, 8.2], alarm: 9 },
  { property: 'w01009', unit: 'mg/L', usual: [6.2, 9.5], notice: 5, alarm: 3, when: 'below' },
  { property: 'w01019', unit: 'mg/L', usual: [1.8, 4.2], notice: 6, alarm: 10 },
  { property: 'w21003', unit: 'mg/L', usual: [0.08, 0.6], notice: 1, alarm: 1.5 },
  { property: 'w21011', unit: 'mg/L', usual: [0.03, 0.12], notice: 0.2, alarm: 0.3 },
];
const outfall: readonly Line[] = [
  { property: 'w01018', unit: 'mg/L', usual: [14, 34], notice: 45, alarm: 50 },
  { property: 'w21003', unit: 'mg/L', usual: [0.4, 2.6], notice: 4.5, alarm: 5 },
  { property: 'w00000', unit: 'L/s', usual: [40, 260] },
];
const flue: readonly Line[] = [
  { property: 'a34013', unit: 'mg/m3', usual: [1.5, 6], notice: 9, alarm: 10 },
  { property: 'a21026', unit: 'mg/m3', usual: [6, 22], notice: 32, alarm: 35 },
  { property: 'a21002', unit: 'mg/m3', usual: [16, 38], notice: 46, alarm: 50 },
  { property: 'a19001', unit: '%', usual: [5, 9] },
];
const sensed: readonly Line[] = [
  { property: 'methane', unit: '%{LEL}', usual: [0, 2], notice: 5, alarm: 10, severe: 20 },
  { property: 'tilt', unit: 'deg', usual: [0.01, 0.12], notice: 0.3, alarm: 0.5, severe: 1 },
  { property: 'displacement', unit: 'mm', usual: [0, 4], notice: 10, alarm: 20, severe: 50 },
  { property: 'settlement', unit: 'mm', usual: [0, 3], notice: 10, alarm: 20, severe: 30 },
];
const weather: readonly Line[] = [
  { property: 'airTemperature', unit: 'Cel', usual: [8, 28], notice: 35, alarm: 37, severe: 40 },
  { property: 'relativeHumidity', unit: '%', usual: [45, 88] },
  { property: 'airPressure', unit: 'hPa', usual: [1_004, 1_024] },
  { property: 'windSpeed', unit: 'm/s', usual: [0.5, 5], notice: 10.8, alarm: 17.2, severe: 24.5 },
  { property: 'precipitation', unit: 'mm', usual: [0, 0], notice: 16, alarm: 30, severe: 50 },
  { property: 'visibility', unit: 'm', usual: [4_000, 20_000], notice: 1_000, alarm: 500, severe: 200, when: 'below' },
];

const ecology = { department: 'ecology', scheme: 'hj212' } as const;

export const monitorKinds: readonly KindRow[] = [
  {
    ...ecology,
    label: 'water-quality',
    kind: 'water-quality',
    intervalS: 3_600,
    count: 60,
    at: 'bank',
    key: (index) => deviceNumber('21', index),
    name: (place) => `${place}水质自动站`,
    measures: () => surfaceWater,
  },
  {
    ...ecology,
    label: 'air',
    kind: 'air',
    intervalS: 300,
    count: 90,
    key: (index) => deviceNumber('22', index),
    name: (place) => `${place}空气自动站`,
    measures: () => air,
  },
  {
    ...ecology,
    label: 'emission-water',
    kind: 'emission',
    intervalS: 600,
    count: 120,
    key: (index) => deviceNumber('32', index),
    name: (place) => `${place}废水排口`,
    measures: () => outfall,
  },
  {
    ...ecology,
    label: 'emission-flue',
    kind: 'emission',
    intervalS: 600,
    count: 120,
    key: (index) => deviceNumber('31', index),
    name: (place) => `${place}废气排口`,
    measures: () => flue,
  },
  {
    label: 'aerodrome',
    kind: 'weather',
    scheme: 'metar',
    department: 'meteorology',
    intervalS: 3_600,
    fixed: [
      {
        key: 'ZSNJ',
        name: '禄口机场气象观测（ZSNJ）',
        at: [118.862, 31.742],
        measures: [
          { property: 'airTemperature', unit: 'Cel', usual: [8, 28], notice: 35, alarm: 37, severe: 40 },
          { property: 'windSpeed', unit: 'm/s', usual: [1, 6], notice: 10.8, alarm: 17.2 },
          { property: 'windGust', unit: 'm/s', notice: 17.2, alarm: 20.8 },
          { property: 'visibility', unit: 'm', usual: [3_000, 9_999], notice: 800, alarm: 550, when: 'below' },
          { property: 'pressureQnh', unit: 'hPa', usual: [1_004, 1_024] },
        ],
      },
    ],
  },
  {
    label: 'weather',
    kind: 'weather',
    scheme: 'ngsi',
    department: 'meteorology',
    intervalS: 600,
    count: 120,
    key: (index) => `urn:ngsi-ld:WeatherObserved:nanjing:M${digits(index, 4)}`,
    name: (place) => `${place}自动气象站`,
    measures: () => weather,
  },
  {
    label: 'sensor-mqtt',
    kind: 'sensor',
    scheme: 'mqtt',
    department: 'emergency-management',
    intervalS: 300,
    count: 220,
    key: (index) => `nj-sensor-${digits(index, 4)}`,
    name: (place, index) => `${place}${['燃气井盖', '桥梁倾角', '边坡位移', '路面塌陷'][index % 4]}传感器`,
    measures: (_rng, index) => [
      sensed[index % 4]!,
      { property: 'battery', unit: '%', usual: [45, 100], notice: 15, when: 'below' },
    ],
  },
  {
    label: 'sensor-things',
    kind: 'sensor',
    scheme: 'sensorthings',
    department: 'emergency-management',
    intervalS: 600,
    count: 100,
    // As a server answers `$expand`: the reader names a thing so.
    key: (index) => `Thing(nanjing-thing-${digits(index, 4)})`,
    name: (place) => `${place}环境感知杆`,
    measures: (rng: Random) => [
      { property: 'airTemperature', unit: 'Cel', usual: [8, 28], notice: 37 },
      { property: 'LAeq', unit: 'dB', usual: [48, rounded(rng.between(60, 68), 0)], notice: 70, alarm: 80 },
    ],
  },
];
