import { distanceToLineM, type LonLat } from '../geo.ts';

/**
 * The Yangtze as an authored corridor (示意): middle lines with half widths. The main line is where the districts of the
 * two banks meet; the south branch of 八卦洲 and the 夹江 behind 江心洲 are drawn by hand. Islands are what is left out.
 */
export type Channel = { readonly name: string; readonly halfWidthM: number; readonly line: readonly LonLat[] };

export const channels: readonly Channel[] = [
  {
    name: '长江主江及八卦洲北汊',
    halfWidthM: 900,
    line: [
      [119.073, 32.24],
      [119.036, 32.195],
      [119.006, 32.18],
      [118.928, 32.177],
      [118.87, 32.18],
      [118.85, 32.22],
      [118.823, 32.233],
      [118.798, 32.23],
      [118.771, 32.216],
      [118.76, 32.205],
      [118.774, 32.158],
      [118.765, 32.134],
      [118.705, 32.078],
      [118.639, 31.97],
      [118.594, 31.929],
      [118.561, 31.916],
      [118.517, 31.873],
      [118.497, 31.844],
    ],
  },
  {
    name: '八卦洲南汊',
    halfWidthM: 700,
    line: [
      [118.738, 32.117],
      [118.752, 32.13],
      [118.775, 32.139],
      [118.805, 32.146],
      [118.832, 32.156],
      [118.852, 32.17],
      [118.868, 32.184],
    ],
  },
  {
    name: '夹江',
    halfWidthM: 200,
    line: [
      [118.652, 31.975],
      [118.676, 31.99],
      [118.7, 32.016],
      [118.712, 32.04],
      [118.722, 32.062],
    ],
  },
];

/** Lakes on which nobody drives either; circles are enough to keep the authored roads off them. */
export const lakes: readonly { readonly name: string; readonly centre: LonLat; readonly radiusM: number }[] = [
  { name: '玄武湖', centre: [118.7955, 32.0725], radiusM: 850 },
  { name: '石臼湖', centre: [118.86, 31.47], radiusM: 6_500 },
  { name: '固城湖', centre: [118.919, 31.289], radiusM: 3_000 },
  { name: '金牛湖', centre: [118.87, 32.485], radiusM: 1_500 },
];

/** The water that a point lies in, or null. */
export function waterAt(point: LonLat): string | null {
  const river = channels.find(({ line, halfWidthM }) => distanceToLineM(point, line) < halfWidthM);
  if (river) return river.name;
  return lakes.find(({ centre, radiusM }) => distanceToLineM(point, [centre, centre]) < radiusM)?.name ?? null;
}
