import type { CardQuestion, ProtocolCard, Said } from './protocol-card.ts';

const say = (zh: string, en: string): Said => ({ 'zh-CN': zh, en });
/** Written for this product from general safety advice; no dispatch protocol of anybody is reproduced. */
export const ownWords = {
  text: say('本平台编写的通用提问，未对照任何规程', 'Written for this product; held against no protocol'),
  verified: false,
};

const trapped: CardQuestion = {
  id: 'trapped',
  ask: say('有几人被困？', 'How many are trapped?'),
  answer: 'number',
  fact: 'trapped',
  from: { least: 1, effect: { priority: 'P1' } },
};
const injured: CardQuestion = {
  id: 'severely-injured',
  ask: say('有几人伤势严重？', 'How many are badly hurt?'),
  answer: 'number',
  fact: 'severelyInjured',
  from: { least: 1, effect: { priority: 'P1' } },
};

export const accidentCards: readonly ProtocolCard[] = [
  {
    id: 'fire',
    kinds: ['statutory.fire'],
    title: say('火灾', 'Fire'),
    questions: [
      {
        id: 'burning',
        ask: say('什么在烧？', 'What is burning?'),
        answer: 'choice',
        choices: [
          { id: 'home', label: say('住宅', 'a home'), kind: 'statutory.fire.building' },
          { id: 'shop', label: say('商店、餐饮、仓库', 'shop, restaurant, store'), kind: 'statutory.fire.building' },
          {
            id: 'plant',
            label: say('厂房、化工', 'works, chemicals'),
            kind: 'statutory.fire.building',
            priority: 'P1',
          },
          { id: 'vehicle', label: say('车辆', 'a vehicle'), kind: 'statutory.fire.vehicle' },
          { id: 'battery', label: say('电动车、电池', 'e-bike, battery'), priority: 'P1' },
          { id: 'outside', label: say('室外杂物、草木', 'rubbish or plants outside') },
        ],
      },
      { id: 'floor', ask: say('在几楼？共几层？', 'Which floor, of how many?'), answer: 'text' },
      trapped,
      {
        id: 'out',
        ask: say('您现在安全吗？', 'Are you safe now?'),
        answer: 'yesNo',
        no: {
          priority: 'P1',
          tell: say(
            '低姿离开、随手关门、不乘电梯；出不去就堵门缝、到窗口呼救。',
            'Leave low, shut doors, use no lift; if you cannot leave, seal the door and call from a window.',
          ),
        },
      },
      {
        id: 'explosive',
        ask: say('附近有气瓶、油品或电池吗？', 'Gas bottles, fuel or batteries near it?'),
        answer: 'yesNo',
        yes: { priority: 'P1', tell: say('远离现场，提醒旁人不要靠近。', 'Keep well away and keep others away.') },
      },
      injured,
    ],
    advice: [say('不要返回取物；到路口接引消防车。', 'Do not go back in; meet the engines at the road.')],
    source: ownWords,
  },
  {
    id: 'road-accident',
    kinds: ['statutory.traffic'],
    title: say('道路交通事故', 'Road accident'),
    questions: [
      { id: 'vehicles', ask: say('几辆车？什么车？', 'How many vehicles, of what sort?'), answer: 'text' },
      injured,
      trapped,
      {
        id: 'leaking',
        ask: say('有漏油、冒烟或危险品车吗？', 'Leaking fuel, smoke or a dangerous load?'),
        answer: 'choice',
        choices: [
          { id: 'none', label: say('没有', 'no') },
          { id: 'smoke', label: say('冒烟或起火', 'smoke or fire'), kind: 'statutory.fire.vehicle', priority: 'P1' },
          { id: 'fuel', label: say('漏油', 'leaking fuel'), priority: 'P1' },
          { id: 'hazmat', label: say('危险品车', 'dangerous load'), kind: 'statutory.hazmat.leak', priority: 'P1' },
        ],
      },
      { id: 'blocked', ask: say('堵了几条车道？', 'How many lanes are blocked?'), answer: 'number' },
      {
        id: 'standing',
        ask: say('人还在车道上吗？', 'Is anybody still on the carriageway?'),
        answer: 'yesNo',
        yes: {
          tell: say(
            '开双闪，人到护栏外，来车方向放警告标志。',
            'Hazard lights on, behind the barrier, warning triangle upstream.',
          ),
        },
      },
    ],
    advice: [
      say('不要移动重伤者，除非有起火等危险。', 'Do not move the badly hurt unless fire or the like threatens them.'),
    ],
    source: ownWords,
  },
  {
    id: 'gas',
    kinds: ['statutory.gas'],
    title: say('燃气泄漏', 'Gas leak'),
    questions: [
      {
        id: 'smell',
        ask: say('在哪里闻到气味？', 'Where is the smell?'),
        answer: 'choice',
        choices: [
          { id: 'home', label: say('家中', 'at home') },
          { id: 'stairs', label: say('楼道', 'in the stairwell'), priority: 'P1' },
          { id: 'street', label: say('路面、井盖', 'street, manhole'), priority: 'P1' },
          { id: 'restaurant', label: say('餐饮场所', 'restaurant'), priority: 'P1' },
        ],
      },
      {
        id: 'fire',
        ask: say('已经起火或爆炸了吗？', 'Has it caught fire or exploded?'),
        answer: 'yesNo',
        yes: { kind: 'statutory.fire.building', priority: 'P1' },
      },
      {
        id: 'ill',
        ask: say('有人头晕、昏迷吗？几人？', 'Is anybody dizzy or unconscious? How many?'),
        answer: 'number',
        from: { least: 1, effect: { priority: 'P1', tell: say('移到通风处。', 'Bring them into fresh air.') } },
      },
      {
        id: 'closed',
        ask: say('阀门关了吗？', 'Is the valve shut?'),
        answer: 'yesNo',
        no: {
          tell: say(
            '能关就关阀门，开窗，不动任何开关，到室外再打电话。',
            'Shut it if you can, open windows, touch no switch, telephone from outside.',
          ),
        },
      },
    ],
    advice: [say('不开灯、不用明火、不在室内打电话。', 'No lights, no flames, no calls from inside.')],
    source: ownWords,
  },
  {
    id: 'hazmat',
    kinds: ['statutory.hazmat'],
    title: say('危险化学品', 'Hazardous substance'),
    questions: [
      {
        id: 'substance',
        ask: say('什么物质？看得到标牌或编号吗？', 'Which substance? Any placard or number?'),
        answer: 'text',
      },
      {
        id: 'form',
        ask: say('是什么状态？', 'In what form?'),
        answer: 'choice',
        choices: [
          { id: 'gas', label: say('气体、烟雾', 'gas, cloud'), priority: 'P1' },
          { id: 'liquid', label: say('液体', 'liquid') },
          { id: 'solid', label: say('粉末、固体', 'powder, solid') },
        ],
      },
      { id: 'wind', ask: say('风往哪边吹？', 'Which way does the wind blow?'), answer: 'text' },
      {
        ...injured,
        id: 'poisoned',
        ask: say('有几人不适或中毒？', 'How many feel ill or are poisoned?'),
        fact: 'poisoned',
      },
      {
        id: 'water',
        ask: say('流向河道或雨水口吗？', 'Does it run into a river or a drain?'),
        answer: 'yesNo',
        yes: { priority: 'P1' },
      },
    ],
    advice: [say('向上风方向撤离，不触碰、不冲洗。', 'Move upwind; do not touch it, do not hose it.')],
    source: ownWords,
  },
  {
    id: 'lift',
    kinds: ['statutory.lift'],
    title: say('电梯困人', 'Lift entrapment'),
    questions: [
      trapped,
      { id: 'code', ask: say('轿厢内的救援识别码？', 'The rescue code inside the car?'), answer: 'text' },
      {
        id: 'ill',
        ask: say('有人不适、受伤，或是孕妇、老人、幼儿吗？', 'Anybody ill or hurt, pregnant, old or very young?'),
        answer: 'yesNo',
        yes: { priority: 'P1' },
      },
      {
        id: 'moving',
        ask: say('电梯还在动或门半开吗？', 'Does it still move, or is a door half open?'),
        answer: 'yesNo',
        yes: { priority: 'P1', tell: say('离开门边，不要往外爬。', 'Keep away from the door, do not climb out.') },
      },
    ],
    advice: [say('不扒门、不跳动，等待专业人员。', 'Do not force the door or jump; wait for the rescuers.')],
    source: ownWords,
  },
  {
    id: 'collapse',
    kinds: ['municipal.road.collapse', 'statutory.geology'],
    title: say('塌陷、滑坡', 'Collapse, landslide'),
    questions: [
      { id: 'size', ask: say('塌陷有多大、多深？', 'How large and how deep?'), answer: 'text' },
      { ...trapped, ask: say('有几人被埋或掉入？', 'How many are buried or fell in?') },
      {
        id: 'pipes',
        ask: say('有漏水、气味或电缆外露吗？', 'Leaking water, a smell, bare cables?'),
        answer: 'choice',
        choices: [
          { id: 'none', label: say('没有', 'no') },
          { id: 'water', label: say('漏水', 'water') },
          { id: 'gas', label: say('燃气味', 'smell of gas'), kind: 'statutory.gas.leak', priority: 'P1' },
          { id: 'power', label: say('电缆外露', 'bare cables'), priority: 'P1' },
        ],
      },
      {
        id: 'growing',
        ask: say('还在扩大吗？', 'Is it still growing?'),
        answer: 'yesNo',
        yes: { priority: 'P1', tell: say('退到安全处，拦住车辆和行人。', 'Step back, stop cars and walkers.') },
      },
    ],
    advice: [say('不要靠近边缘。', 'Keep away from the edge.')],
    source: ownWords,
  },
];
