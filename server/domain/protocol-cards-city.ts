import type { ProtocolCard, Said } from './protocol-card.ts';
import { ownWords } from './protocol-cards-accident.ts';

const say = (zh: string, en: string): Said => ({ 'zh-CN': zh, en });

export const cityCards: readonly ProtocolCard[] = [
  {
    id: 'waterlogging',
    kinds: ['statutory.flood'],
    title: say('积水内涝', 'Waterlogging'),
    questions: [
      {
        id: 'where',
        ask: say('积水在哪里？', 'Where does the water stand?'),
        answer: 'choice',
        choices: [
          { id: 'road', label: say('路面', 'road'), kind: 'statutory.flood.waterlogging' },
          {
            id: 'underpass',
            label: say('下穿通道、隧道', 'underpass, tunnel'),
            kind: 'statutory.flood.underpass',
            priority: 'P1',
          },
          {
            id: 'basement',
            label: say('地下室、车库', 'basement, car park'),
            kind: 'statutory.flood.waterlogging',
            priority: 'P1',
          },
          { id: 'home', label: say('屋内', 'inside a home'), kind: 'statutory.flood.waterlogging' },
          {
            id: 'river',
            label: say('河道漫溢', 'a river over its bank'),
            kind: 'statutory.flood.river',
            priority: 'P1',
          },
        ],
      },
      {
        id: 'trapped',
        ask: say('有几人被困？', 'How many are trapped?'),
        answer: 'number',
        fact: 'trapped',
        from: {
          least: 1,
          effect: {
            priority: 'P1',
            tell: say(
              '水到车门一半就弃车，先开窗，往高处走。',
              'Leave the car once water reaches half the door: window first, then to higher ground.',
            ),
          },
        },
      },
      {
        id: 'depth',
        ask: say('水有多深？', 'How deep is it?'),
        answer: 'choice',
        choices: [
          { id: 'ankle', label: say('没过脚踝', 'over the ankle') },
          { id: 'knee', label: say('到膝盖', 'to the knee'), priority: 'P2' },
          { id: 'waist', label: say('到腰或更深', 'to the waist or more'), priority: 'P1' },
        ],
      },
      {
        id: 'rising',
        ask: say('还在上涨吗？', 'Is it still rising?'),
        answer: 'yesNo',
        yes: { priority: 'P1' },
      },
      {
        id: 'power',
        ask: say('水里有电箱、路灯或断线吗？', 'Is a power box, a lamp or a broken cable in the water?'),
        answer: 'yesNo',
        yes: { priority: 'P1', tell: say('不要下水，离开带电物。', 'Stay out of the water, away from anything live.') },
      },
      { id: 'affected', ask: say('影响多少人？', 'How many people are affected?'), answer: 'number', fact: 'affected' },
    ],
    advice: [say('不驾车涉水，绕开井盖。', 'Do not drive through it; keep clear of manholes.')],
    source: ownWords,
  },
  {
    id: 'burst-pipe',
    kinds: ['municipal.pipe'],
    title: say('水管爆裂', 'Burst water main'),
    questions: [
      {
        id: 'pipe',
        ask: say('是什么管？', 'Which pipe?'),
        answer: 'choice',
        choices: [
          { id: 'street', label: say('路上的供水管', 'main in the street') },
          { id: 'house', label: say('小区或楼内', 'estate or house') },
          { id: 'sewer', label: say('污水管', 'sewer') },
          { id: 'heat', label: say('热力管', 'district heating'), priority: 'P2' },
        ],
      },
      {
        id: 'hollow',
        ask: say('路面下陷或冒泥吗？', 'Is the road sinking, is mud coming up?'),
        answer: 'yesNo',
        yes: { kind: 'municipal.road.collapse', priority: 'P2' },
      },
      { id: 'affected', ask: say('停水多少户？', 'How many homes are without water?'), answer: 'number' },
      {
        id: 'flooding',
        ask: say('水进屋或进车库了吗？', 'Is water getting into homes or a car park?'),
        answer: 'yesNo',
        yes: { priority: 'P2' },
      },
    ],
    advice: [say('远离水流冲刷的路面。', 'Keep off the road that the water washes over.')],
    source: ownWords,
  },
  {
    id: 'medical',
    kinds: ['statutory.health.medical'],
    title: say('医疗急救', 'Medical emergency'),
    questions: [
      {
        id: 'awake',
        ask: say('叫得醒吗？', 'Does the person answer?'),
        answer: 'yesNo',
        no: { priority: 'P1', tell: say('放平，看胸口有没有起伏。', 'Lay the person flat and watch the chest.') },
      },
      {
        id: 'breathing',
        ask: say('呼吸正常吗？', 'Is the breathing normal?'),
        answer: 'yesNo',
        no: {
          priority: 'P1',
          tell: say(
            '立即胸外按压：两乳连线中点，每分钟100到120次；取AED。',
            'Press the middle of the chest 100 to 120 times a minute; send for an AED.',
          ),
        },
      },
      {
        id: 'complaint',
        ask: say('主要是什么情况？', 'What is the matter?'),
        answer: 'choice',
        choices: [
          { id: 'chest', label: say('胸痛', 'chest pain'), priority: 'P1' },
          { id: 'stroke', label: say('偏瘫、说话不清', 'one-sided weakness, slurred speech'), priority: 'P1' },
          {
            id: 'bleeding',
            label: say('大出血', 'heavy bleeding'),
            priority: 'P1',
            tell: say('用干净布用力压住伤口。', 'Press hard on the wound with clean cloth.'),
          },
          { id: 'fall', label: say('跌倒、骨折', 'fall, broken bone') },
          { id: 'birth', label: say('临产', 'childbirth'), priority: 'P1' },
          { id: 'other', label: say('其他', 'other') },
        ],
      },
      { id: 'age', ask: say('多大年纪？', 'How old?'), answer: 'number' },
      {
        id: 'others',
        ask: say('还有几人有同样症状？', 'How many others have the same?'),
        answer: 'number',
        fact: 'poisoned',
        from: { least: 3, effect: { kind: 'statutory.health.poisoning', priority: 'P1' } },
      },
    ],
    advice: [
      say('有人到路口接救护车，不要喂水喂药。', 'Send somebody to meet the ambulance; give no food, drink or drugs.'),
    ],
    source: ownWords,
  },
  {
    id: 'poisoning',
    kinds: ['statutory.health.poisoning'],
    title: say('群体性中毒', 'Mass poisoning'),
    questions: [
      { id: 'poisoned', ask: say('有几人不适？', 'How many feel ill?'), answer: 'number', fact: 'poisoned' },
      { id: 'dead', ask: say('有几人死亡？', 'How many have died?'), answer: 'number', fact: 'dead' },
      {
        id: 'place',
        ask: say('在什么场所？', 'In what place?'),
        answer: 'choice',
        choices: [
          { id: 'school', label: say('学校、幼儿园', 'school, nursery'), priority: 'P1' },
          { id: 'site', label: say('工地、单位食堂', 'site, canteen'), priority: 'P1' },
          { id: 'restaurant', label: say('餐馆', 'restaurant') },
          { id: 'home', label: say('家中', 'at home') },
        ],
      },
      {
        id: 'smell',
        ask: say('同时在一个封闭空间、有气味吗？', 'All in one closed space, with a smell?'),
        answer: 'yesNo',
        yes: {
          priority: 'P1',
          tell: say('立即离开，开门窗，不要进去找人。', 'Leave at once, open doors, do not go in for others.'),
        },
      },
      { id: 'eaten', ask: say('吃了什么？几点？', 'What was eaten, and when?'), answer: 'text' },
    ],
    advice: [say('保留食物和呕吐物。', 'Keep what was eaten and vomited.')],
    source: ownWords,
  },
  {
    id: 'crowd',
    kinds: ['statutory.security.crowd'],
    title: say('人员聚集、踩踏', 'Crowding'),
    questions: [
      {
        id: 'people',
        ask: say('大约多少人？', 'How many people, roughly?'),
        answer: 'number',
        from: { least: 1_000, effect: { priority: 'P1' } },
      },
      {
        id: 'fallen',
        ask: say('有人摔倒或被挤压吗？', 'Has anybody fallen or been crushed?'),
        answer: 'yesNo',
        yes: {
          priority: 'P1',
          tell: say('停下脚步，护住胸口，向边上移动。', 'Stop walking, guard the chest, move sideways.'),
        },
      },
      {
        id: 'why',
        ask: say('因为什么聚集？', 'What are they there for?'),
        answer: 'choice',
        choices: [
          { id: 'event', label: say('活动、景区', 'event, sight') },
          { id: 'transport', label: say('车站、地铁', 'station, metro'), priority: 'P2' },
          { id: 'dispute', label: say('纠纷', 'a dispute'), priority: 'P2' },
        ],
      },
      { id: 'exits', ask: say('出口通畅吗？', 'Are the exits free?'), answer: 'yesNo', no: { priority: 'P1' } },
    ],
    advice: [say('不要逆行，不要弯腰捡东西。', 'Do not walk against the flow or bend down.')],
    source: ownWords,
  },
  {
    id: 'public-order',
    kinds: ['statutory.security.public-order'],
    title: say('社会治安', 'Public order'),
    questions: [
      {
        id: 'now',
        ask: say('正在发生吗？', 'Is it happening now?'),
        answer: 'yesNo',
        yes: { priority: 'P1', tell: say('到安全的地方，不要阻拦。', 'Get to a safe place, do not step in.') },
      },
      {
        id: 'weapon',
        ask: say('有刀具等凶器吗？', 'Is there a knife or another weapon?'),
        answer: 'yesNo',
        yes: { priority: 'P1' },
      },
      { id: 'persons', ask: say('几个人？', 'How many people?'), answer: 'number' },
      {
        id: 'hurt',
        ask: say('有几人受伤？', 'How many are hurt?'),
        answer: 'number',
        from: { least: 1, effect: { priority: 'P1' } },
      },
      { id: 'looks', ask: say('特征、车牌、往哪里去了？', 'Looks, number plate, which way?'), answer: 'text' },
    ],
    advice: [say('保持通话，能说话再说。', 'Stay on the line; speak when it is safe.')],
    source: ownWords,
  },
];
