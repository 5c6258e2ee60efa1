import { beijingStamp } from '../beijing-time.ts';
import { type CallRecord, envelope, iso } from '../push/record.ts';
import type { Random } from '../random.ts';
import type { Spot } from './spot.ts';

/** What people report to the joint 110/119/120 desk. Sentences are invented; `{n}` becomes a small number. */
export type CallTemplate = {
  readonly type: string;
  readonly priority: 'P1' | 'P2' | 'P3' | 'P4';
  /** How often, relative to the others. */
  readonly weight: number;
  readonly texts: readonly string[];
  /** What the same caller adds later, and how likely (a third where nothing is said). */
  readonly more?: readonly string[];
  readonly moreShare?: number;
  readonly injured?: readonly [number, number];
  readonly trapped?: readonly [number, number];
};

export const dailyCalls: readonly CallTemplate[] = [
  {
    type: '道路交通事故',
    priority: 'P2',
    weight: 10,
    texts: [
      '两辆小车追尾，占了中间车道，没有人受伤，后面堵得很长。',
      '电动车和轿车碰了，骑车的人坐在地上说腿疼。',
      '一辆货车蹭到隔离护栏，护栏倒在路上，过往车辆要绕行。',
      '公交车急刹车，车上有{n}名乘客摔倒，司机已经靠边停车。',
    ],
    more: ['民警说还没到，伤者现在头有点晕。', '拖车什么时候能来，后面已经排到上一个路口了。'],
    injured: [0, 2],
  },
  {
    type: '社会治安',
    priority: 'P2',
    weight: 8,
    texts: [
      '楼下两个人喝了酒在吵架，已经动手了。',
      '停车场有人砸车窗，看见我报警往北跑了。',
      '商店里抓到一个偷东西的，请派人来处理。',
      '邻居半夜放音响，上门说了好几次都不听。',
    ],
    more: ['对方叫来了{n}个人，请快一点。'],
  },
  {
    type: '医疗急救',
    priority: 'P2',
    weight: 9,
    texts: [
      '家里老人胸口闷、出冷汗，以前有过心梗。',
      '孩子发高烧抽搐，大约持续了两分钟。',
      '工地上有人从架子上掉下来，意识清楚，后背疼得不能动。',
      '孕妇羊水破了，三十八周，家里没有车。',
      '路边有人晕倒，叫他有反应，脸色很白。',
    ],
    more: ['现在呼吸很急，请告诉我该怎么做。', '我们已经把人移到楼下大门口等救护车。'],
    injured: [1, 1],
  },
  {
    type: '建筑火灾',
    priority: 'P1',
    weight: 2,
    texts: ['居民楼{n}楼厨房冒黑烟，看得到火苗。', '沿街店铺的空调外机着火了，已经用灭火器在喷。'],
    more: ['楼上还有老人没有下来。'],
    trapped: [0, 2],
  },
  {
    type: '电梯困人',
    priority: 'P2',
    weight: 4,
    texts: ['电梯停在两层中间，里面有{n}个人，紧急按钮没人应答。', '写字楼电梯突然停了，里面有一位孕妇。'],
    trapped: [1, 4],
  },
  {
    type: '燃气泄漏',
    priority: 'P1',
    weight: 2,
    texts: ['楼道里有很浓的燃气味，已经通知邻居开窗下楼。', '挖掘机挖到燃气管了，能听到漏气的声音。'],
  },
  {
    type: '车辆火灾',
    priority: 'P1',
    weight: 1,
    texts: ['一辆小车停在路边发动机舱冒烟，司机已经下车。'],
  },
  {
    type: '人员聚集',
    priority: 'P2',
    weight: 1,
    texts: ['商场门口排队的人太多，大约有几百人，有人在推挤。'],
  },
  {
    type: '路面塌陷',
    priority: 'P2',
    weight: 1,
    texts: ['路口地面塌了一个洞，直径有一米多，旁边还在掉土。'],
  },
  {
    type: '树木倒伏',
    priority: 'P3',
    weight: 2,
    texts: ['一棵大树倒在非机动车道上，压到了两辆自行车。'],
  },
];

export type CallFacts = {
  readonly number: string;
  readonly template: CallTemplate;
  readonly text: string;
  readonly spot: Spot;
  /** False: the caller only names the place. */
  readonly located: boolean;
  readonly from: string;
  readonly casualties: { injured: number | null; trapped: number | null };
};

/** Numbers of 11 digits with the prefix 144 belong to nobody. */
export const callerNumber = (rng: Random) => `144${String(rng.int(0, 99_999_999)).padStart(8, '0')}`;

const fill = (text: string, rng: Random) => text.replace('{n}', String(rng.int(2, 6)));

export function newCall(
  template: CallTemplate,
  spot: Spot,
  rng: Random,
  meta: { atMs: number; ordinal: number },
): CallFacts {
  const count = (range?: readonly [number, number]) => (range ? rng.int(...range) : null);
  return {
    number: `JB${beijingStamp(meta.atMs)}${String(meta.ordinal).padStart(4, '0')}`,
    template,
    text: fill(rng.pick(template.texts), rng),
    spot,
    located: rng.chance(0.85),
    from: callerNumber(rng),
    casualties: { injured: count(template.injured), trapped: count(template.trapped) },
  };
}

/** A call as the desk reports it; `more` is a later line of the same caller: the same fact, a higher revision. */
export function callRecord(
  facts: CallFacts,
  firstAtMs: number,
  more?: { atMs: number; text: string; revision: number },
): CallRecord {
  const lines = [{ at: iso(firstAtMs), from: facts.from, text: facts.text }];
  if (more) lines.push({ at: iso(more.atMs), from: facts.from, text: more.text });
  return {
    kind: 'call',
    ...envelope({ scheme: 'police-110', key: facts.number }, more?.atMs ?? firstAtMs, {
      at: facts.located ? facts.spot.at : null,
      dedupeKey: `police-110/${facts.number}`,
      revision: more?.revision ?? 0,
      privacy: 'personal',
    }),
    number: facts.number,
    type: facts.template.type,
    priority: facts.template.priority,
    place: facts.spot.text,
    text: more ? `${facts.text}${more.text}` : facts.text,
    calls: lines,
    units: [],
    state: 'reported',
    casualties: { dead: null, injured: facts.casualties.injured, trapped: facts.casualties.trapped, missing: null },
  };
}
