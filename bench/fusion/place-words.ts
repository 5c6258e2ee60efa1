import type { Random } from '@/sim/random.ts';
import type { Situation } from './situation.ts';
import type { Part } from './situation-kinds.ts';

const stake = (metres: number, spoken: boolean): string =>
  spoken
    ? `${Math.floor(metres / 1000)}公里${metres % 1000 ? `${metres % 1000}米` : '处'}`
    : `K${Math.floor(metres / 1000)}+${String(metres % 1000).padStart(3, '0')}`;

/** How people name a place: whole, in part, by what stands beside it, or not at all. */
export function placeWords(of: Situation, part: Part, by: Random): string {
  const { spot, highway, kind } = of;
  if (highway) {
    const near = of.stakeM + by.pick([0, 0, 0, -100, 100]);
    return part === 'train'
      ? by.pick([
          `${highway.name}${of.heading}${stake(near, false)}`,
          `在${highway.name}${stake(near, true)}，${of.heading}`,
          `${highway.name}上，${of.heading}方向`,
        ])
      : by.pick([
          `${highway.name}${stake(near, true)}${of.heading}`,
          `${of.heading}，${highway.name}${stake(near, false)}附近`,
          `人在${highway.name}，桩号${stake(near, false)}`,
        ]);
  }
  if (!spot) return '';
  if (kind.setting === 'crossing')
    return part === 'train'
      ? by.pick([
          `${spot.road}和${spot.cross}路口`,
          `${spot.road}靠近${spot.cross}`,
          `${spot.cross}与${spot.road}交叉口`,
          `${spot.landmark}旁边的路口`,
          `${spot.road}上`,
        ])
      : by.pick([
          `${spot.road}${spot.cross}交叉口`,
          `${spot.cross}往${spot.road}拐弯的地方`,
          `${spot.landmark}跟前路口`,
          `${spot.road}快到${spot.cross}`,
        ]);
  if (kind.setting === 'street')
    return part === 'train'
      ? by.pick([
          `${spot.road}${of.house}号门前`,
          `${spot.road}${spot.estate}门口`,
          `${spot.landmark}对面的${spot.road}`,
          `${spot.road}近${spot.cross}`,
        ])
      : by.pick([
          `${spot.road}${of.house}号附近`,
          `${spot.road}上，靠${spot.landmark}`,
          `${spot.estate}外面的${spot.road}`,
          `${spot.road}${spot.cross}往前一点`,
        ]);
  if (kind.setting === 'site')
    return part === 'train'
      ? by.pick([`${spot.landmark}门口`, `${spot.road}${spot.landmark}`, `在${spot.landmark}`])
      : by.pick([`${spot.landmark}这块`, `${spot.landmark}里面`, `${spot.road}${spot.landmark}北侧`]);
  // A wrong floor is told now and then, a building seldom.
  const floor = by.chance(0.12) ? of.floor + by.pick([-1, 1]) : of.floor;
  const room = `${floor}${of.room.slice(-2)}`;
  return part === 'train'
    ? by.pick([
        `${spot.estate}${of.building}栋${of.stair}单元${room}室`,
        `${spot.estate}${of.building}栋`,
        `${spot.road}${spot.estate}${of.building}幢`,
        `${spot.estate}`,
        `我们小区${of.building}栋`,
      ])
    : by.pick([
        `${spot.estate}${of.building}号楼${room}`,
        `${spot.estate}${of.building}幢${of.stair}单元`,
        `${spot.road}旁边${spot.estate}${of.building}栋`,
        `${spot.estate}里面`,
        `${spot.estate}${of.building}座楼下`,
      ]);
}
