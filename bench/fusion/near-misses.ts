import type { Random } from '@/sim/random.ts';
import { minuteMs, moved, plateOf, type Situation } from './situation.ts';
import type { SituationKind } from './situation-kinds.ts';

type NearMiss = (of: Situation, by: Random) => Situation;
const another = (of: Situation, by: Random): string => by.pick(of.kind.particulars.filter((one) => one !== of.what));

/** Water does not part at a crossing: the next one that is flooded is another job, the same one later is not. */
export const nextCrossing: NearMiss = (of, by) => ({
  ...of,
  spot: of.spot && {
    ...of.spot,
    cross: by.pick(['规划支路', '新河路', '文昌巷', '青石街', '育才路']),
    landmark: by.pick(['农贸市场', '社区服务站']),
  },
  at: of.at + by.between(-20, 40) * minuteMs,
  lonLat: moved(of.lonLat, by.between(450, 800), by.between(-250, 250)),
  what: another(of, by),
});

/** The same but for what makes it another thing: the pairs that fusion must not join. */
export const nearMisses: Readonly<Record<SituationKind['setting'], readonly NearMiss[]>> = {
  estate: [
    (of, by) => ({
      ...of,
      building: ((of.building + by.int(1, 20)) % 24) + 1,
      at: of.at + by.between(-25, 40) * minuteMs,
      lonLat: moved(of.lonLat, by.between(60, 160), by.between(-120, 120)),
      what: another(of, by),
      floor: by.int(2, 17),
    }),
    (of, by) => ({ ...of, at: of.at + by.between(20, 30) * 60 * minuteMs, floor: by.int(2, 17) }),
  ],
  crossing: [
    (of, by) => ({
      ...of,
      at: of.at + by.between(14, 30) * minuteMs,
      what: another(of, by),
      plates: [plateOf(by), plateOf(by)],
      hurt: of.hurt === '没有人受伤' ? '有人头部流血' : '没有人受伤',
    }),
    (of, by) => ({ ...of, at: of.at + by.between(22, 27) * 60 * minuteMs, plates: [plateOf(by), plateOf(by)] }),
  ],
  street: [
    (of, by) => ({
      ...of,
      house: of.house + by.int(60, 200),
      at: of.at + by.between(-20, 40) * minuteMs,
      lonLat: moved(of.lonLat, by.between(350, 700), by.between(-200, 200)),
      what: another(of, by),
    }),
    (of, by) => ({ ...of, at: of.at + by.between(22, 40) * 60 * minuteMs }),
  ],
  highway: [
    (of, by) => ({
      ...of,
      stakeM: of.stakeM + by.int(3, 7) * 1_000,
      at: of.at + by.between(-20, 30) * minuteMs,
      lonLat: moved(of.lonLat, 3_000, 2_500),
      what: by.pick(of.kind.particulars),
    }),
    (of, by) => ({
      ...of,
      heading: of.highway?.headings.find((one) => one !== of.heading) ?? of.heading,
      at: of.at + by.between(5, 35) * minuteMs,
      what: another(of, by),
      stakeM: of.stakeM + by.int(1, 5) * 100,
    }),
  ],
  site: [
    (of, by) => ({ ...of, at: of.at + by.between(18, 30) * 60 * minuteMs, what: by.pick(of.kind.particulars) }),
    (of, by) => ({
      ...of,
      at: of.at + by.between(-20, 30) * minuteMs,
      lonLat: moved(of.lonLat, by.between(500, 900), by.between(-300, 300)),
      what: another(of, by),
    }),
  ],
};
