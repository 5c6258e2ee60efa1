import type { Rule, SimpleCondition } from './rule.ts';

/**
 * The alarms of a new city [prov]: numbers, delays and priorities are its own to change, and whoever does so stands in the log. A source is
 * `verified` only where its text is at hand; nobody here has read the paywalled norms.
 */
type Words = { readonly 'zh-CN': string; readonly en: string };
const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

type Of<Kind extends SimpleCondition['of']> = Extract<SimpleCondition, { of: Kind }>;
const anything = { schemes: [], stationKinds: [] };
const reading = (of: Partial<Of<'reading'>> & Pick<Of<'reading'>, 'properties' | 'value'>): Of<'reading'> => ({
  of: 'reading',
  except: { properties: [], schemes: [] },
  statistics: [],
  as: 'value',
  unit: null,
  when: 'above',
  deadBand: 0,
  ...anything,
  ...of,
});
const capacity = (of: Partial<Of<'capacity'>> & Pick<Of<'capacity'>, 'resources' | 'value'>): Of<'capacity'> => ({
  of: 'capacity',
  when: 'below',
  deadBand: 0,
  ...anything,
  ...of,
});
const position = (of: Partial<Of<'position'>> & Pick<Of<'position'>, 'event'>): Of<'position'> => ({
  of: 'position',
  flags: [],
  area: [],
  dwellS: null,
  dwellM: null,
  schemes: [],
  ...of,
});

type Given = Pick<Rule, 'id' | 'title' | 'condition' | 'priority' | 'consequence' | 'action' | 'raises'> &
  Partial<Rule>;
const unread = (text: string): Rule['source'] => ({ text, verified: false });
const own = (text: string): Rule['source'] => ({ text, verified: true });
const rule = (of: Given): Rule => ({
  onDelayS: 0,
  offDelayS: 0,
  respondWithinS: null,
  owner: null,
  proposedKind: null,
  groupedBy: 'subject',
  source: own('本平台默认值，由值班长调整'),
  enabled: true,
  changed: null,
  ...of,
});

const levels = ['waterLevel', 'Z'];
const depths = ['waterDepth'];
const rains = ['rainfall', 'precipitation', 'P1'];

const waters: readonly Rule[] = [
  rule({
    id: 'river-level',
    title: words('河道水位超警', 'River above its warning level'),
    condition: {
      any: [
        reading({ properties: levels, value: { threshold: 'alarm' }, deadBand: 0.05 }),
        reading({ properties: levels, value: { limit: 'message' }, deadBand: 0.05 }),
      ],
    },
    offDelayS: 600,
    priority: 'P2',
    raises: 'signal',
    consequence: words('堤防承压，低洼地区可能倒灌', 'Dikes under strain; low ground may flood'),
    action: words(
      '核实水位，通知水务巡堤，准备排涝力量',
      'Check the level, have water patrol the dikes, ready the pumps',
    ),
    respondWithinS: 1_800,
    owner: 'water',
    proposedKind: 'statutory.flood.river',
    source: unread('站点登记的警戒水位（GB/T 22482 所称警戒水位）'),
  }),
  rule({
    id: 'underpass-notice',
    title: words('下穿通道积水', 'Water in an underpass'),
    condition: reading({ properties: depths, value: 0.15, unit: 'm', deadBand: 0.02 }),
    offDelayS: 300,
    priority: 'P4',
    raises: 'status',
    consequence: words('小型车通行困难', 'Small cars have trouble to pass'),
    action: words('关注上涨速度', 'Watch how fast it rises'),
    owner: 'water',
    source: unread('GB 50014 一般道路积水 0.15 m 限值'),
  }),
  rule({
    id: 'underpass-close',
    title: words('下穿通道积水须封闭', 'Underpass flooded, to be closed'),
    condition: reading({ properties: depths, value: 0.27, unit: 'm', deadBand: 0.05 }),
    offDelayS: 600,
    priority: 'P1',
    raises: 'signal',
    consequence: words('车辆熄火被困，危及生命', 'Vehicles stall; lives are at risk'),
    action: words(
      '立即封闭通道，派泵车和交警，搜寻被困人员',
      'Close it at once, send pumps and police, look for people',
    ),
    respondWithinS: 300,
    owner: 'water',
    proposedKind: 'statutory.flood.underpass',
    source: unread('多地下穿通道“27 厘米”封闭线'),
  }),
  rule({
    id: 'rain-heavy',
    title: words('短时强降水', 'Intense rain'),
    condition: {
      any: [
        reading({ properties: rains, as: 'per-hour', unit: 'mm', value: 20, deadBand: 4 }),
        reading({ properties: ['rainIntensity'], unit: 'mm/h', value: 20, deadBand: 4 }),
      ],
    },
    onDelayS: 300,
    offDelayS: 1_800,
    priority: 'P4',
    raises: 'status',
    consequence: words('局部可能积水', 'Some streets may flood'),
    action: words('关注易涝点', 'Watch the places that flood easily'),
    owner: 'meteorology',
    source: unread('中国气象局业务用语：小时雨量 20 mm 以上为短时强降水'),
  }),
  rule({
    id: 'rain-extreme',
    title: words('极端小时雨强', 'Extreme rain within the hour'),
    condition: {
      any: [
        reading({ properties: rains, as: 'per-hour', unit: 'mm', value: 50, deadBand: 10 }),
        reading({ properties: ['rainIntensity'], unit: 'mm/h', value: 50, deadBand: 10 }),
      ],
    },
    onDelayS: 300,
    offDelayS: 1_800,
    priority: 'P2',
    raises: 'signal',
    consequence: words('城市内涝，地下空间进水', 'The city floods; basements and tunnels fill'),
    action: words(
      '会商气象、水务，预置泵车，提示地下空间',
      'Talk to meteorology and water, place pumps, warn basements',
    ),
    respondWithinS: 900,
    owner: 'meteorology',
    proposedKind: 'statutory.flood.waterlogging',
    source: unread('GB/T 28592 降水量等级'),
  }),
];

const environment: readonly Rule[] = [
  rule({
    id: 'air-heavily-polluted',
    title: words('空气重污染', 'Heavy air pollution'),
    condition: {
      any: [
        reading({ properties: ['PM2.5', 'a34004'], unit: 'ug/m3', value: 150, deadBand: 15 }),
        reading({ properties: ['airQualityIndex', 'AQI'], value: 201, deadBand: 10 }),
      ],
    },
    onDelayS: 1_800,
    offDelayS: 3_600,
    priority: 'P3',
    raises: 'signal',
    consequence: words('影响公众健康', "People's health suffers"),
    action: words('核实污染源，提请启动重污染天气应急', 'Find the source; ask for the heavy-pollution response'),
    respondWithinS: 3_600,
    owner: 'ecology',
    source: unread('HJ 633-2012 表 1：PM2.5 150 µg/m³ 对应 IAQI 200'),
  }),
  rule({
    id: 'emission-over-limit',
    title: words('污染物排放超限', 'Emission over its limit'),
    condition: {
      any: [
        reading({ properties: [], stationKinds: ['emission'], value: { threshold: 'alarm' } }),
        reading({ properties: [], schemes: ['hj212'], value: { limit: 'message' } }),
      ],
    },
    onDelayS: 600,
    offDelayS: 600,
    priority: 'P3',
    raises: 'signal',
    consequence: words('超标排放，环境受损', 'Emission beyond what is permitted'),
    action: words('通知生态环境核查企业', 'Have ecology check the plant'),
    respondWithinS: 3_600,
    owner: 'ecology',
    source: unread('排污许可证载明的排放限值'),
  }),
  rule({
    id: 'reading-over-limit',
    title: words('读数超过来源限值', 'Reading over the limit that its source states'),
    condition: reading({
      properties: [],
      except: { properties: [...levels, ...depths], schemes: ['hj212'] },
      value: { limit: 'message' },
    }),
    onDelayS: 0,
    offDelayS: 120,
    priority: 'P2',
    raises: 'signal',
    consequence: words('来源设备认为已越限', 'Its own source calls it too much'),
    action: words('核实现场，联系来源部门', 'Check on the spot; call the department'),
    respondWithinS: 900,
    source: own('报文自带的限值'),
  }),
];

const people: readonly Rule[] = [
  rule({
    id: 'visitors-notice',
    title: words('游客量达核定八成', 'Visitors at four fifths of what is approved'),
    condition: capacity({ resources: ['site-visitors'], value: { shareOfMaximum: 0.2 } }),
    offDelayS: 600,
    priority: 'P4',
    raises: 'status',
    consequence: words('景区趋于饱和', 'The site is filling up'),
    action: words('提示景区分流', 'Ask the site to divert people'),
    owner: 'culture-tourism',
    source: unread('LB/T 034 景区最大承载量核定导则：80 %'),
  }),
  rule({
    id: 'visitors-full',
    title: words('游客量达核定上限', 'Visitors at the approved maximum'),
    condition: capacity({ resources: ['site-visitors'], value: { shareOfMaximum: 0 } }),
    onDelayS: 60,
    offDelayS: 600,
    priority: 'P2',
    raises: 'signal',
    consequence: words('拥挤踩踏风险', 'People may be crushed'),
    action: words('要求停止入园，派力量疏导', 'Have the entrance closed; send people to guide the crowd'),
    respondWithinS: 600,
    owner: 'culture-tourism',
    source: unread('旅游法第四十五条：不得超过核定的最大承载量'),
  }),
  rule({
    id: 'lift-entrapment',
    title: words('电梯困人', 'People trapped in a lift'),
    condition: {
      any: [
        { of: 'alert', events: ['lift.entrapment', '电梯困人'], schemes: [] },
        reading({ properties: ['personsTrapped'], value: 1 }),
      ],
    },
    priority: 'P1',
    raises: 'signal',
    consequence: words('有人被困，可能出现伤病', 'People are trapped and may fall ill'),
    action: words('通话安抚，派维保和消防', 'Talk to them; send the maintenance firm and the fire service'),
    respondWithinS: 300,
    owner: 'market-regulation',
    proposedKind: 'statutory.lift.entrapment',
    source: unread('TSG T5002：维保 30 分钟内到场'),
  }),
  rule({
    id: 'bed-shortage',
    title: words('床位紧张', 'Beds running out'),
    condition: {
      any: [
        capacity({
          resources: ['icu-bed', 'emergency-bed', 'hospital-bed'],
          value: { threshold: 'alarm' },
          deadBand: 1,
        }),
        capacity({
          resources: ['icu-bed', 'emergency-bed', 'hospital-bed'],
          value: { shareOfMaximum: 0.05 },
          deadBand: 1,
        }),
      ],
    },
    onDelayS: 600,
    offDelayS: 900,
    priority: 'P3',
    raises: 'signal',
    consequence: words('伤员无处收治', 'The injured find no bed'),
    action: words('协调分流到其他医院', 'Divert patients to other hospitals'),
    respondWithinS: 1_800,
    owner: 'health',
  }),
];

const devices: readonly Rule[] = [
  rule({
    id: 'fire-component',
    title: words('火灾报警', 'Fire alarm'),
    condition: { of: 'alert', events: ['火灾报警', 'fire.'], schemes: ['gb26875'] },
    priority: 'P1',
    raises: 'signal',
    consequence: words('建筑可能起火，人员被困', 'The building may be on fire with people in it'),
    action: words('致电消防控制室核实，同时派消防', 'Call the control room of the building; send the fire service'),
    respondWithinS: 120,
    owner: 'fire',
    proposedKind: 'statutory.fire.building',
    groupedBy: 'site',
    source: unread('GB/T 26875.3-2011 建筑消防设施部件状态'),
  }),
  rule({
    id: 'vehicle-sos',
    title: words('车辆紧急求助', 'Vehicle calls for help'),
    condition: position({ event: 'sos' }),
    offDelayS: 5,
    priority: 'P1',
    raises: 'signal',
    consequence: words('驾驶员或乘员有危险', 'The crew is in danger'),
    action: words('呼叫驾驶员，派就近力量', 'Call the driver; send the nearest unit'),
    respondWithinS: 60,
    owner: 'transport',
    proposedKind: 'statutory.traffic.vehicle-sos',
    source: unread('JT/T 808-2019 表 24 报警标志位 0'),
  }),
  rule({
    id: 'vehicle-crash',
    title: words('车辆碰撞或侧翻', 'Vehicle collided or rolled over'),
    condition: position({ event: 'flag', flags: ['alarm.collision', 'alarm.rollover'] }),
    offDelayS: 60,
    priority: 'P2',
    raises: 'signal',
    consequence: words('可能有人受伤', 'People may be hurt'),
    action: words('呼叫驾驶员，核实后派救护', 'Call the driver; send an ambulance when confirmed'),
    respondWithinS: 180,
    owner: 'transport',
    proposedKind: 'statutory.traffic.collision',
    source: unread('JT/T 808-2019 表 24 报警标志位 29、30'),
  }),
  rule({
    id: 'river-dwell',
    title: words('车辆停留江滩危险区', 'Vehicle stays on the river’s foreshore'),
    condition: position({
      event: 'dwell',
      schemes: ['jt808'],
      dwellS: 600,
      dwellM: 100,
      area: [
        [
          [118.694, 32.064],
          [118.706, 32.064],
          [118.706, 32.076],
          [118.694, 32.076],
          [118.694, 32.064],
        ],
      ],
    }),
    offDelayS: 60,
    priority: 'P3',
    raises: 'alarm',
    consequence: words('涨水时车辆人员被困', 'Caught when the water rises'),
    action: words('联系车辆驶离', 'Have it drive away'),
    respondWithinS: 1_800,
    owner: 'water',
    source: own('示例围栏（示意范围）'),
  }),
];

const house: readonly Rule[] = [
  rule({
    id: 'feed-silence',
    title: words('数据接入中断', 'Feed is silent'),
    condition: { of: 'feed', states: ['stale', 'down'] },
    offDelayS: 10,
    priority: 'P3',
    raises: 'alarm',
    consequence: words('该来源的画面不再可信', 'What it shows cannot be trusted any more'),
    action: words('联系来源部门，必要时改用电话', 'Call the department; fall back to the phone'),
    respondWithinS: 900,
    source: own('平台规则：两个心跳周期无有效数据'),
  }),
  rule({
    id: 'alarm-flood',
    title: words('告警洪泛', 'Alarm flood'),
    condition: { of: 'flood', alarms: 10, withinS: 600, endsBelow: 5 },
    priority: 'P2',
    raises: 'alarm',
    consequence: words('P3、P4 告警已归并，不再逐条提示', 'P3 and P4 are collected and not announced one by one'),
    action: words('先处置 P1、P2，再按来源查看列表', 'Work on P1 and P2 first; then read the list by source'),
    respondWithinS: 600,
    source: unread('ISA-18.2、EEMUA 191：10 分钟超过 10 条'),
  }),
];

export const seededRules: readonly Rule[] = [...waters, ...environment, ...people, ...devices, ...house];
