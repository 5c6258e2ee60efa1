import type { Plan } from './plan.ts';
import { byKind, levels, seededPlan, unread, words } from './plan-parts.ts';

const fireLaw = unread('消防法；力量数由消防核定', 'Fire Protection Law; numbers for the fire service to set');
const traffic = unread('道路交通安全法', 'Road Traffic Safety Law');
const lift = unread('TSG T5002 电梯维护保养规则', 'TSG T5002, rules for the upkeep of lifts');

export const accidentPlans: readonly Plan[] = [
  seededPlan({
    id: 'building-fire',
    title: words('建筑火灾处置预案', 'Building fire'),
    triggers: byKind('statutory.fire.building', 'statutory.fire.vehicle'),
    priority: 'P1',
    source: fireLaw,
    levels: levels(
      fireLaw,
      {
        level: 4,
        when: ['初起火灾，无人员被困报告', 'A fire at its beginning; nobody is said to be trapped'],
        units: 'fire-engine:2 patrol-car:1 ambulance:1',
        departments: [
          { id: 'fire', zh: '灭火救援，组织搜救', en: 'Fight the fire; search for people', answerS: 60 },
          {
            id: 'police',
            zh: '警戒疏散，保障消防通道',
            en: 'Cordon and clear; keep the way open for engines',
            answerS: 60,
          },
          { id: 'health', zh: '现场待命救护', en: 'Stand by for casualties', answerS: 60 },
        ],
        tasks: [
          {
            id: 'trapped',
            owner: 'fire',
            zh: '核实有无人员被困',
            en: 'Find out whether anybody is trapped',
            withinMin: 10,
          },
          {
            id: 'search',
            owner: 'fire',
            zh: '逐层搜救并反馈',
            en: 'Search floor by floor and report',
            withinMin: 40,
            evidence: true,
          },
        ],
      },
      {
        level: 3,
        when: ['火势蔓延或有人被困', 'The fire spreads, or people are trapped'],
        units: 'fire-engine:5 patrol-car:2 ambulance:2',
        departments: [
          { id: 'urban-management', zh: '切断燃气，协调水电', en: 'Have gas cut; see to water and power' },
          { id: 'emergency-management', zh: '协调物资和安置', en: 'See to supplies and lodging', stationMin: 30 },
        ],
        tasks: [
          {
            id: 'gas-off',
            owner: 'urban-management',
            zh: '关闭燃气阀门并确认',
            en: 'Shut the gas and confirm',
            withinMin: 15,
            evidence: true,
          },
          { id: 'hydrants', owner: 'fire', zh: '确认消防水源', en: 'Confirm the supply of water', withinMin: 10 },
        ],
      },
      {
        level: 2,
        when: [
          '高层、地下、人员密集场所火灾或有人员伤亡',
          'High-rise, underground or crowded premises, or people hurt',
        ],
        units: 'fire-engine:7 fire-engine+ladder:2 patrol-car:4 ambulance:4 repair-crew:1',
        departments: [
          { id: 'fire', zh: '统一指挥灭火救援', en: 'Lead the fight and the rescue', answerS: 60, stationMin: 20 },
          { id: 'health', zh: '启动批量伤员救治', en: 'Prepare for many casualties', answerS: 60, stationMin: 30 },
          { id: 'ecology', zh: '监测空气和消防废水', en: 'Measure the air and the water used' },
        ],
        tasks: [
          {
            id: 'casualties',
            owner: 'health',
            zh: '伤亡人数滚动上报',
            en: 'Report casualties as they become known',
            withinMin: 30,
            evidence: true,
          },
          {
            id: 'perimeter',
            owner: 'police',
            zh: '扩大警戒区并疏散周边',
            en: 'Widen the cordon; clear the neighbourhood',
            withinMin: 20,
          },
          {
            id: 'runoff',
            owner: 'ecology',
            zh: '封堵雨水口，防止废水入河',
            en: 'Block drains; keep runoff out of rivers',
            withinMin: 40,
          },
        ],
      },
    ),
  }),
  seededPlan({
    id: 'road-accident',
    title: words('道路交通事故处置预案', 'Road accident'),
    triggers: byKind('statutory.traffic.collision', 'statutory.traffic.vehicle-sos'),
    priority: 'P2',
    source: traffic,
    levels: levels(
      traffic,
      {
        level: 4,
        when: ['一般事故，无人员被困', 'An accident without anybody trapped'],
        units: 'patrol-car:1 ambulance:1',
        departments: [
          { id: 'police', zh: '现场勘查，疏导交通', en: 'Secure the scene; direct traffic', answerS: 60 },
          { id: 'health', zh: '救治伤员', en: 'Treat the injured', answerS: 60 },
        ],
        tasks: [
          {
            id: 'injured',
            owner: 'police',
            zh: '核实伤亡和占道情况',
            en: 'Find out who is hurt and which lanes are blocked',
            withinMin: 15,
          },
        ],
      },
      {
        level: 3,
        when: ['有人被困或多车相撞', 'People trapped, or several vehicles'],
        units: 'patrol-car:2 ambulance:2 fire-engine:1 tow-truck:1',
        departments: [
          { id: 'fire', zh: '破拆营救', en: 'Cut people free', answerS: 60 },
          { id: 'transport', zh: '发布绕行，协调清障', en: 'Publish diversions; have the road cleared' },
        ],
        tasks: [
          {
            id: 'free',
            owner: 'fire',
            zh: '救出被困人员',
            en: 'Free whoever is trapped',
            withinMin: 30,
            evidence: true,
          },
          { id: 'clear', owner: 'transport', zh: '清障恢复通行', en: 'Clear the road', withinMin: 90, evidence: true },
        ],
      },
      {
        level: 2,
        when: ['客车、危化品车辆事故或重大伤亡', 'A coach or a load of hazardous goods, or many hurt'],
        units: 'patrol-car:5 ambulance:5 fire-engine:3 tow-truck:3',
        departments: [
          {
            id: 'emergency-management',
            zh: '统筹救援和善后',
            en: 'See to the rescue and what follows',
            stationMin: 30,
          },
          { id: 'health', zh: '启动批量伤员救治', en: 'Prepare for many casualties', answerS: 60, stationMin: 30 },
          { id: 'ecology', zh: '监测泄漏和污染', en: 'Measure leaks and pollution' },
        ],
        tasks: [
          { id: 'lane', owner: 'police', zh: '开辟救援通道', en: 'Open a lane for rescue', withinMin: 15 },
          {
            id: 'cargo',
            owner: 'transport',
            zh: '查明车辆和货物信息',
            en: 'Find out vehicle and cargo',
            withinMin: 20,
          },
        ],
      },
    ),
  }),
  seededPlan({
    id: 'lift-entrapment',
    title: words('电梯困人处置预案', 'Lift entrapment'),
    triggers: byKind('statutory.lift.entrapment'),
    priority: 'P2',
    source: lift,
    levels: levels(
      lift,
      {
        level: 4,
        when: ['有人被困，无伤病', 'People trapped, nobody ill'],
        units: 'fire-engine:1',
        departments: [
          { id: 'market-regulation', zh: '联系维保单位到场', en: 'Have the maintenance firm come', answerS: 60 },
        ],
        tasks: [
          {
            id: 'comfort',
            owner: 'role/call-taker',
            zh: '与被困人员通话安抚',
            en: 'Talk to those inside',
            withinMin: 5,
          },
          {
            id: 'freed',
            owner: 'market-regulation',
            zh: '救出被困人员并反馈',
            en: 'Free them and report',
            withinMin: 30,
            evidence: true,
          },
          {
            id: 'stop',
            owner: 'market-regulation',
            zh: '停用电梯并查明原因',
            en: 'Take the lift out of use; find the cause',
            withinMin: 240,
            evidence: true,
          },
        ],
      },
      {
        level: 3,
        when: ['有老幼病弱或已有人受伤', 'Old, young or ill people inside, or somebody hurt'],
        units: 'fire-engine:1 ambulance:1',
        departments: [
          { id: 'fire', zh: '破拆营救', en: 'Force the doors', answerS: 60 },
          { id: 'health', zh: '现场救护', en: 'Treat on the spot', answerS: 60 },
        ],
        tasks: [],
      },
    ),
  }),
];
