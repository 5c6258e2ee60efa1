import type { Plan } from './plan.ts';
import { byKind, levels, seededPlan, unread, words } from './plan-parts.ts';

const hazmat = unread('危险化学品安全管理条例', 'Regulation on the safety of hazardous chemicals');
const gas = unread('城镇燃气管理条例', 'Regulation on urban gas');
const tourism = unread('旅游法；景区最大承载量核定导则 LB/T 034', 'Tourism Law; LB/T 034, capacity of scenic areas');

export const hazardPlans: readonly Plan[] = [
  seededPlan({
    id: 'hazardous-goods',
    title: words('危险化学品泄漏处置预案', 'Hazardous goods leak'),
    triggers: byKind('statutory.hazmat.leak'),
    priority: 'P1',
    source: hazmat,
    levels: levels(
      hazmat,
      {
        level: 4,
        when: ['少量泄漏，影响限于厂区或路段', 'A small leak within one site or road'],
        units: 'fire-engine:1 fire-engine+hazmat:1 patrol-car:2 ambulance:1',
        departments: [
          { id: 'fire', zh: '侦检、堵漏、稀释', en: 'Identify, stop and dilute', answerS: 60 },
          {
            id: 'emergency-management',
            zh: '查明物质，组织专家研判',
            en: 'Find out the substance; ask experts',
            answerS: 60,
          },
          { id: 'ecology', zh: '布点监测', en: 'Measure around it' },
          { id: 'police', zh: '上风向警戒，疏散人员', en: 'Cordon from upwind; clear people' },
        ],
        tasks: [
          {
            id: 'substance',
            owner: 'emergency-management',
            zh: '确认物质名称和UN编号',
            en: 'Confirm the substance and its UN number',
            withinMin: 15,
            evidence: true,
          },
          {
            id: 'zones',
            owner: 'fire',
            zh: '划定重危区、轻危区、安全区',
            en: 'Mark hot, warm and cold zones',
            withinMin: 20,
          },
          {
            id: 'wind',
            owner: 'role/dispatcher',
            zh: '向进场力量通报风向和集结点',
            en: 'Tell crews the wind and where to stage',
            withinMin: 5,
          },
        ],
      },
      {
        level: 2,
        when: ['持续泄漏或向居民区、水体扩散', 'It goes on, or drifts to homes or water'],
        units: 'fire-engine:4 fire-engine+hazmat:2 patrol-car:6 ambulance:4 repair-crew:1',
        departments: [
          {
            id: 'health',
            zh: '中毒救治，洗消后收治',
            en: 'Treat the poisoned after decontamination',
            answerS: 60,
            stationMin: 30,
          },
          { id: 'water', zh: '关闭取水口，监测水质', en: 'Shut intakes; watch the water', stationMin: 30 },
          { id: 'emergency-management', zh: '统一指挥处置', en: 'Lead the response', answerS: 60, stationMin: 20 },
        ],
        tasks: [
          {
            id: 'evacuate',
            owner: 'police',
            zh: '按扩散范围疏散并清点',
            en: 'Clear by the spread and count people',
            withinMin: 40,
            evidence: true,
          },
          {
            id: 'intakes',
            owner: 'water',
            zh: '确认下游取水口状态',
            en: 'Confirm the state of intakes downstream',
            withinMin: 20,
            evidence: true,
          },
          {
            id: 'notice',
            owner: 'role/information-officer',
            zh: '拟发避险提示',
            en: 'Draft instructions to the public',
            withinMin: 15,
          },
        ],
      },
    ),
  }),
  seededPlan({
    id: 'gas-leak',
    title: words('燃气泄漏处置预案', 'Gas leak'),
    triggers: byKind('statutory.gas.leak'),
    priority: 'P1',
    source: gas,
    levels: levels(
      gas,
      {
        level: 4,
        when: ['户内或局部泄漏，未燃爆', 'A leak indoors or in one place; nothing exploded'],
        units: 'fire-engine:1 repair-crew:1 patrol-car:1',
        departments: [
          {
            id: 'urban-management',
            zh: '督促燃气企业关阀抢修',
            en: 'Have the gas company shut valves and mend',
            answerS: 60,
          },
          { id: 'fire', zh: '侦检警戒，稀释驱散', en: 'Measure, cordon, disperse', answerS: 60 },
          { id: 'police', zh: '疏散人员，禁火禁电', en: 'Clear people; no fire, no switches' },
        ],
        tasks: [
          {
            id: 'valve',
            owner: 'urban-management',
            zh: '关闭上游阀门并确认',
            en: 'Shut the valve upstream and confirm',
            withinMin: 20,
            evidence: true,
          },
          {
            id: 'reading',
            owner: 'fire',
            zh: '检测浓度并每15分钟反馈',
            en: 'Measure, and report every 15 minutes',
            withinMin: 15,
            evidence: true,
          },
        ],
      },
      {
        level: 2,
        when: ['中压以上管线泄漏，或已燃爆', 'A pressure main leaks, or it has exploded'],
        units: 'fire-engine:5 repair-crew:2 patrol-car:4 ambulance:3',
        departments: [
          { id: 'health', zh: '救治伤员', en: 'Treat the injured', answerS: 60, stationMin: 30 },
          { id: 'emergency-management', zh: '统筹抢险安置', en: 'See to repairs and lodging', stationMin: 30 },
          { id: 'urban-management', zh: '关阀、放散、抢修', en: 'Shut, vent, mend', answerS: 60, stationMin: 30 },
        ],
        tasks: [
          {
            id: 'evacuate',
            owner: 'police',
            zh: '疏散影响范围内人员',
            en: 'Clear everybody within reach',
            withinMin: 30,
            evidence: true,
          },
          {
            id: 'users',
            owner: 'urban-management',
            zh: '上报停气户数和恢复时限',
            en: 'Report how many are cut off and until when',
            withinMin: 60,
          },
        ],
      },
    ),
  }),
  seededPlan({
    id: 'scenic-crowd',
    title: words('景区人员聚集处置预案', 'Crowd at a scenic spot'),
    triggers: byKind('statutory.security.crowd'),
    priority: 'P2',
    source: tourism,
    levels: levels(
      tourism,
      {
        level: 4,
        when: ['在园人数达到最大承载量的80%', 'Visitors at 80 % of what is approved'],
        units: 'patrol-car:2',
        departments: [
          { id: 'culture-tourism', zh: '限流、预约管控，发布分流信息', en: 'Limit entry; publish where else to go' },
          { id: 'police', zh: '外围疏导，重点部位值守', en: 'Guide people outside; watch the narrow places' },
        ],
        tasks: [
          {
            id: 'count',
            owner: 'culture-tourism',
            zh: '每15分钟报在园人数',
            en: 'Report visitors every 15 minutes',
            withinMin: 15,
          },
        ],
      },
      {
        level: 3,
        when: ['达到或超过最大承载量', 'At or above what is approved'],
        units: 'patrol-car:5 ambulance:1',
        departments: [
          { id: 'transport', zh: '地铁公交甩站、加密疏运', en: 'Trains pass the station; more services out' },
          { id: 'health', zh: '医疗点值守', en: 'Staff the first-aid posts' },
        ],
        tasks: [
          { id: 'entry', owner: 'culture-tourism', zh: '停止入园', en: 'Stop entry', withinMin: 10, evidence: true },
          { id: 'oneway', owner: 'police', zh: '设置单向通行', en: 'Make paths one-way', withinMin: 20 },
        ],
      },
      {
        level: 2,
        when: ['出现拥挤或有人受伤', 'People are crushed, or hurt'],
        units: 'patrol-car:10 ambulance:4 fire-engine:2',
        departments: [
          { id: 'fire', zh: '救援', en: 'Rescue', answerS: 60 },
          { id: 'culture-tourism', zh: '疏散游客', en: 'Clear the site', answerS: 60, stationMin: 30 },
          { id: 'police', zh: '统一指挥疏散', en: 'Lead the clearing', answerS: 60, stationMin: 30 },
        ],
        tasks: [{ id: 'lanes', owner: 'police', zh: '打通救护通道', en: 'Open a way for ambulances', withinMin: 10 }],
      },
    ),
  }),
];
