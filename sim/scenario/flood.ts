import { curve, type Scenario, type Step } from './scenario.ts';

/**
 * 梅雨内涝 in ten minutes: warnings rise from yellow to red, water gathers, an underpass fills while people still drive in,
 * the hospitals of the south run short of beds, the rain ends and everything is lifted. Invented from end to end.
 */
const underpass = 'kazimen';

const call = (
  atS: number,
  [at, words]: readonly [string, string],
  [type, priority]: readonly [string, 'P1' | 'P2' | 'P3' | 'P4'],
  text: string,
  people: { injured?: readonly [number, number]; trapped?: readonly [number, number]; more?: readonly string[] } = {},
): Step => ({
  atS,
  tell: `来电：${type}（${words}）`,
  action: { do: 'call', at, words, call: { type, priority, text, moreShare: 1, ...people } },
});

const steps: readonly Step[] = [
  { atS: 8, tell: '防汛演练消息（Exercise）', action: { do: 'warn', warning: 'exercise' } },
  { atS: 14, tell: '预警链路测试（Test）', action: { do: 'warn', warning: 'test' } },
  { atS: 25, tell: '暴雨黄色预警', action: { do: 'warn', warning: 'yellow' } },
  call(60, ['shanxilu', '路口'], ['城市内涝', 'P3'], '路口积水到脚踝了，井盖在往外冒水，行人不好走。'),
  call(85, ['jialingjiang', '小区门口'], ['城市内涝', 'P2'], '小区地下车库入口开始倒灌，请派泵车。'),
  { atS: 105, tell: '暴雨橙色预警', action: { do: 'warn', warning: 'orange' } },
  { atS: 110, tell: '一辆出租车驶向积水的下穿通道', action: { do: 'strand', underpass } },
  call(120, ['longjiang', '附近'], ['树木倒伏', 'P3'], '风大把行道树吹倒了，横在路上，只剩一条车道。'),
  call(140, ['dongshan', '老小区'], ['城市内涝', 'P2'], '一楼家里进水了，大概十厘米，有老人行动不便。', {
    trapped: [1, 2],
  }),
  call(165, ['underpass:kazimen', '北侧'], ['下穿通道积水', 'P1'], '卡子门大街下穿通道积水了，有小车熄火停在里面。'),
  call(190, ['underpass:kazimen', '北口'], ['下穿通道积水', 'P1'], '卡子门下面的桥洞水已经到车门了，车里还有人。', {
    trapped: [1, 3],
    more: ['水还在涨，车里的人已经爬到车顶上了。'],
  }),
  call(
    205,
    ['underpass:kazimen', '南口'],
    ['下穿通道积水', 'P1'],
    '我在卡子门地下道南口，水涨得很快，前面的车倒不出来。',
    { trapped: [2, 4] },
  ),
  { atS: 215, tell: '卡子门大街下穿通道封闭', action: { do: 'close', underpass } },
  call(235, ['kazimen', '匝道'], ['道路交通事故', 'P2'], '绕行的车在匝道追尾，三辆车，一个人额头流血。', {
    injured: [1, 2],
    more: ['伤者头上的血止不住，救护车到哪里了？'],
  }),
  { atS: 250, tell: '暴雨红色预警', action: { do: 'warn', warning: 'red' } },
  call(265, ['shuangqiaomen', '立交'], ['道路交通事故', 'P2'], '立交上全堵死了，有一辆货车侧滑横在路中间。'),
  call(285, ['andemen', '居民楼'], ['医疗急救', 'P1'], '停电了，家里老人用的呼吸机没电，只能撑二十分钟。', {
    injured: [1, 1],
  }),
  { atS: 275, tell: '货运平台链路中断', action: { do: 'silence', line: 'jt809', forS: 110 } },
  { atS: 292, tell: '停电，电梯困人', action: { do: 'trap', at: 'yuhuatai', people: 3, freedAfterS: 190 } },
  call(300, ['yuhuatai', '写字楼'], ['电梯困人', 'P2'], '停电以后电梯停在负一层，里面有人说脚下进水了。', {
    trapped: [2, 4],
  }),
  call(320, ['southstation', '出站口'], ['人员聚集', 'P2'], '出租车上客区全是人，外面积水走不了，大约上千人。'),
  call(335, ['zhonghuamen', '城墙外'], ['医疗急救', 'P2'], '有人在水里滑倒撞到头，意识不太清楚。', { injured: [1, 1] }),
  call(360, ['baijiahu', '河边'], ['河道超警', 'P2'], '河水快漫到步道上了，离岸边的店铺不到半米。'),
  call(385, ['ruanjian', '路边配电箱'], ['公用设施损坏', 'P2'], '配电箱泡在水里，有火花，旁边有人走过。'),
  { atS: 395, tell: '软件大道配电间起火', action: { do: 'fire', at: 'ruanjian', outAfterS: 140 } },
  call(410, ['mengdu', '工地'], ['路面塌陷', 'P2'], '工地围挡外面的路面塌了一块，雨水还在往里灌。'),
  { atS: 450, tell: '被困车辆获救，解除紧急报警', action: { do: 'rescue' } },
  { atS: 500, tell: '下穿通道排干，恢复通行', action: { do: 'open', underpass } },
  { atS: 540, tell: '暴雨预警解除', action: { do: 'warn', warning: 'red', end: true } },
];

export const flood: Scenario = {
  name: 'flood',
  title: '梅雨内涝',
  lengthS: 600,
  chatter: 0.5,
  steps,
  weather: (atS) => ({
    rainMmH: curve(
      [
        [20, 4],
        [60, 18],
        [150, 46],
        [250, 78],
        [360, 82],
        [450, 30],
        [520, 6],
        [560, 0],
      ],
      atS,
    ),
    depthM: {
      [underpass]: curve(
        [
          [90, 0.04],
          [150, 0.2],
          [190, 0.46],
          [260, 0.82],
          [370, 0.9],
          [430, 0.55],
          [500, 0.1],
          [560, 0],
        ],
        atS,
      ),
      longpan: curve(
        [
          [150, 0.03],
          [260, 0.2],
          [330, 0.31],
          [430, 0.16],
          [520, 0],
        ],
        atS,
      ),
    },
    riseM: curve(
      [
        [60, 0],
        [200, 0.35],
        [330, 0.95],
        [450, 1.15],
        [600, 0.8],
      ],
      atS,
    ),
    bedPressure: curve(
      [
        [180, 0],
        [300, 0.5],
        [360, 1],
        [480, 1],
        [600, 0.2],
      ],
      atS,
    ),
  }),
};
