import type { Plan } from './plan.ts';
import { byKind, levels, seededPlan, unread, words } from './plan-parts.ts';

const flood = unread(
  '国家防汛抗旱应急预案（响应分级；本市数字由值班长核定）',
  'National flood and drought plan (levels of response; numbers for the duty chief to set)',
);
const weather = unread('气象灾害防御条例', 'Regulation on the prevention of meteorological disasters');

export const naturePlans: readonly Plan[] = [
  seededPlan({
    id: 'waterlogging',
    title: words('城市内涝处置预案', 'Urban waterlogging'),
    triggers: byKind('statutory.flood.waterlogging', 'statutory.flood.underpass', 'statutory.flood.river'),
    priority: 'P2',
    source: flood,
    levels: levels(
      flood,
      {
        level: 4,
        when: ['局部积水，车辆行人通行受阻', 'Water stands in places; traffic and people are held up'],
        units: 'pump-truck:1 patrol-car:1',
        departments: [
          { id: 'water', zh: '强排积水，巡查泵站和河道', en: 'Pump the water; check pumping stations and rivers' },
          { id: 'police', zh: '封闭积水路段，疏导交通', en: 'Close the flooded road; direct traffic' },
        ],
        tasks: [
          {
            id: 'depth',
            owner: 'water',
            zh: '核实积水深度和范围并上报',
            en: 'Report depth and extent of the water',
            withinMin: 15,
            evidence: true,
          },
          {
            id: 'closure',
            owner: 'police',
            zh: '设置警示并封闭路段',
            en: 'Set up warnings and close the road',
            withinMin: 15,
            evidence: true,
          },
        ],
      },
      {
        level: 3,
        when: ['多处积水或下穿通道积水，有车辆被困', 'Several places or an underpass flooded; vehicles are stuck'],
        units: 'pump-truck:3 patrol-car:2 fire-engine:1 tow-truck:1',
        departments: [
          { id: 'fire', zh: '营救被困人员', en: 'Rescue whoever is trapped', answerS: 60 },
          { id: 'transport', zh: '调整公交线路，发布绕行信息', en: 'Reroute buses; publish diversions' },
          {
            id: 'urban-management',
            zh: '清理雨水口，排查市政设施险情',
            en: 'Clear the drains; look for damage to facilities',
          },
        ],
        tasks: [
          {
            id: 'trapped',
            owner: 'fire',
            zh: '逐车核查被困人员',
            en: 'Check every vehicle for people',
            withinMin: 20,
            evidence: true,
          },
          {
            id: 'underpass',
            owner: 'water',
            zh: '下穿通道积水超过封闭水深即封闭',
            en: 'Close each underpass at its closing depth',
            withinMin: 10,
          },
          {
            id: 'rounds',
            owner: 'urban-management',
            zh: '巡查低洼地段和地下空间',
            en: 'Go round low places and basements',
            withinMin: 60,
          },
        ],
      },
      {
        level: 2,
        when: ['大范围内涝，地下空间进水或有人员伤亡', 'Wide flooding; basements under water, or people hurt'],
        units: 'pump-truck:6 patrol-car:4 fire-engine:3 ambulance:2 tow-truck:2 repair-crew:2',
        departments: [
          {
            id: 'emergency-management',
            zh: '组织转移安置，调拨物资',
            en: 'Move people to safety; release supplies',
            stationMin: 30,
          },
          { id: 'health', zh: '救治伤员，准备床位', en: 'Treat the injured; keep beds ready', stationMin: 30 },
          {
            id: 'water',
            zh: '强排积水，统一调度泵站闸门',
            en: 'Pump the water; run stations and gates from one hand',
            stationMin: 30,
          },
          { id: 'police', zh: '交通管制，维护秩序', en: 'Control traffic; keep order', stationMin: 30 },
        ],
        tasks: [
          {
            id: 'evacuate',
            owner: 'emergency-management',
            zh: '转移危险区域人员并登记',
            en: 'Move people out of danger and list them',
            withinMin: 60,
            evidence: true,
          },
          { id: 'shelter', owner: 'emergency-management', zh: '开放避难场所', en: 'Open shelters', withinMin: 60 },
          {
            id: 'power',
            owner: 'urban-management',
            zh: '排查漏电风险，协调断电',
            en: 'Look for live wires; have the power cut',
            withinMin: 30,
          },
          {
            id: 'notice',
            owner: 'role/information-officer',
            zh: '拟发公众提示',
            en: 'Draft a notice to the public',
            withinMin: 20,
          },
        ],
      },
      {
        level: 1,
        when: ['特大内涝或溃口险情，城市运行严重受影响', 'Extreme flooding or a breach; the city hardly runs'],
        units: 'pump-truck:10 patrol-car:8 fire-engine:6 ambulance:4 tow-truck:3 repair-crew:4',
        departments: [
          {
            id: 'transport',
            zh: '停运受淹线路，保障救援通道',
            en: 'Stop flooded lines; keep ways open for rescue',
            stationMin: 30,
          },
          { id: 'fire', zh: '统一指挥水上救援', en: 'Lead the rescue on the water', answerS: 60, stationMin: 30 },
          { id: 'urban-management', zh: '抢险堵漏，清障保通', en: 'Shore up, clear, keep open', stationMin: 30 },
        ],
        tasks: [
          {
            id: 'suspend',
            owner: 'role/duty-chief',
            zh: '会商停课停工停运建议',
            en: 'Confer on closing schools, work and transport',
            withinMin: 30,
          },
          {
            id: 'report',
            owner: 'role/duty-chief',
            zh: '向上级报告首报',
            en: 'Make the first report upward',
            withinMin: 30,
            evidence: true,
          },
        ],
      },
    ),
  }),
  seededPlan({
    id: 'fog-snow',
    title: words('大雾与低温雨雪冰冻处置预案', 'Dense fog, snow and ice'),
    triggers: byKind('statutory.weather.fog', 'statutory.weather.snow'),
    priority: 'P2',
    source: weather,
    levels: levels(
      weather,
      {
        level: 4,
        when: ['能见度低或道路结冰，通行变慢', 'Poor sight or icy roads; traffic is slow'],
        units: 'patrol-car:2 sanitation:2',
        departments: [
          { id: 'police', zh: '限速、间断放行', en: 'Limit speed; let traffic pass in turns' },
          { id: 'urban-management', zh: '撒布融雪剂，清扫积雪', en: 'Spread de-icer; clear the snow' },
        ],
        tasks: [
          {
            id: 'bridges',
            owner: 'urban-management',
            zh: '优先处置桥梁、坡道和高架',
            en: 'Bridges, slopes and flyovers first',
            withinMin: 60,
            evidence: true,
          },
          { id: 'limits', owner: 'police', zh: '发布限速和封闭信息', en: 'Publish limits and closures', withinMin: 20 },
        ],
      },
      {
        level: 3,
        when: ['主要道路或过江通道封闭', 'Main roads or crossings of the river are closed'],
        units: 'patrol-car:4 sanitation:4 tow-truck:2 ambulance:1',
        departments: [
          { id: 'transport', zh: '调整客运、轮渡和公交', en: 'Adapt coaches, ferries and buses' },
          {
            id: 'emergency-management',
            zh: '调拨融雪物资，关注困难群体',
            en: 'Release de-icing supplies; look after the vulnerable',
            stationMin: 60,
          },
        ],
        tasks: [
          {
            id: 'stranded',
            owner: 'transport',
            zh: '统计滞留旅客并安置',
            en: 'Count and lodge stranded passengers',
            withinMin: 60,
          },
          {
            id: 'ferries',
            owner: 'transport',
            zh: '核实长江轮渡停航',
            en: 'Confirm that the ferries have stopped',
            withinMin: 30,
            evidence: true,
          },
        ],
      },
      {
        level: 2,
        when: ['大面积交通中断，供水供电受影响', 'Traffic is cut widely; water or power fail'],
        units: 'patrol-car:6 sanitation:6 tow-truck:4 ambulance:3 repair-crew:4',
        departments: [
          { id: 'water', zh: '抢修冻裂管道，保障供水', en: 'Mend frozen mains; keep water running', stationMin: 60 },
          { id: 'health', zh: '增派急救力量', en: 'More ambulances on duty', stationMin: 60 },
          {
            id: 'police',
            zh: '交通管制，护送应急车辆',
            en: 'Control traffic; escort emergency vehicles',
            stationMin: 60,
          },
        ],
        tasks: [
          {
            id: 'mains',
            owner: 'water',
            zh: '上报停水范围和恢复时限',
            en: 'Report where water is cut and until when',
            withinMin: 60,
          },
          {
            id: 'notice',
            owner: 'role/information-officer',
            zh: '拟发公众提示',
            en: 'Draft a notice to the public',
            withinMin: 30,
          },
        ],
      },
    ),
  }),
];
