import type { Rule } from './rule.ts';
import { own, reading, rule, unread, words } from './rule-parts.ts';

const levels = ['waterLevel', 'Z'];
const depths = ['waterDepth'];
const rains = ['rainfall', 'precipitation', 'P1'];

export const waters: readonly Rule[] = [
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
    source: unread(
      '站点登记的警戒水位（GB/T 22482 所称警戒水位）',
      "Warning level of the station's register (as in GB/T 22482)",
    ),
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
    source: unread('GB 50014 一般道路积水 0.15 m 限值', 'GB 50014: 0.15 m of water on a street'),
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
    source: unread('多地下穿通道“27 厘米”封闭线', 'The 27 cm line at which many cities close underpasses'),
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
    source: unread(
      '中国气象局业务用语：小时雨量 20 mm 以上为短时强降水',
      'China Meteorological Administration: 20 mm within the hour is intense rain',
    ),
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
    source: unread('GB/T 28592 降水量等级', 'GB/T 28592, grades of precipitation'),
  }),
];

export const environment: readonly Rule[] = [
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
    source: unread(
      'HJ 633-2012 表 1：PM2.5 150 µg/m³ 对应 IAQI 200',
      'HJ 633-2012, table 1: PM2.5 of 150 µg/m³ is IAQI 200',
    ),
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
    source: unread('排污许可证载明的排放限值', 'Limits of the discharge permit'),
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
    source: own('报文自带的限值', 'The limit in the message itself'),
  }),
];
