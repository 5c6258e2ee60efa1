/**
 * What a signal is about, in words that callers use, and which of these may be one thing seen by several people [prov]. Data: a
 * topic's words are looked for in what was said; `codes` are the kinds of `incident-kind.ts` that mean it. `lastsMin` is how long
 * people go on calling about one. `minor` topics come along with others and do not tell two things apart.
 */
export type Topic = {
  readonly words: readonly string[];
  readonly codes: readonly string[];
  readonly lastsMin: number;
  readonly minor?: true;
};

const topic = (words: string, lastsMin: number, codes: string, minor?: true): Topic => ({
  words: words.split(' '),
  codes: codes.split(' ').filter(Boolean),
  lastsMin,
  ...(minor ? { minor } : {}),
});

export const topics = {
  fire: topic(
    '着火 起火 失火 火灾 火警 火苗 明火 火光 大火 燃烧 烧起来 烧着 火势 烧了 着了 感烟 烟感 手动报警按钮',
    60,
    'statutory.fire.building',
  ),
  vehicleFire: topic('车着火 车起火 自燃 发动机起火 车头起火 车辆火灾 车身起火 车在烧', 45, 'statutory.fire.vehicle'),
  smoke: topic('冒烟 浓烟 黑烟 白烟 烟雾 有烟 糊味 焦味 烟很大 窜烟 烟味', 60, ''),
  gas: topic('燃气 煤气 天然气 瓦斯 可燃气体 臭鸡蛋 液化气 煤气罐', 90, 'statutory.gas.leak'),
  odour: topic('刺鼻 异味 怪味 臭味 气味 恶臭', 120, '', true),
  hazmat: topic(
    '化学品 危化品 槽罐车 罐车 氨气 氯气 硫酸 盐酸 甲苯 液氨 不明液体 危险品',
    180,
    'statutory.hazmat.leak',
  ),
  collision: topic(
    '追尾 车祸 相撞 撞了 撞上 撞到 撞倒 碰撞 剐蹭 刮蹭 交通事故 蹭了 侧翻 撞护栏 连环 两车 撞人 撞车 怼上',
    25,
    'statutory.traffic.collision',
  ),
  vehicleSos: topic('紧急求助 SOS 车辆求助 一键报警', 45, 'statutory.traffic.vehicle-sos'),
  congestion: topic('堵车 拥堵 堵得 堵死 堵了 压车 排长队 走不动 缓行', 60, '', true),
  lift: topic('电梯 困梯 轿厢 关人', 60, 'statutory.lift.entrapment'),
  waterlogging: topic('积水 内涝 水深 淹 倒灌 排不出 漫到 没过 水坑 雨水', 240, 'statutory.flood.waterlogging'),
  underpass: topic('下穿 桥洞 涵洞 隧道积水 桥下积水 地道', 240, 'statutory.flood.underpass'),
  river: topic('河道 河水 水位 漫堤 闸站 超警', 360, 'statutory.flood.river'),
  pipe: topic('爆管 水管 管道 管网 自来水 喷水 水柱 漏水 跑水', 240, 'municipal.pipe.burst'),
  noWater: topic('停水 没水 断水 水压 水小', 240, '', true),
  collapse: topic('塌陷 坍塌 塌了 大坑 路面下沉 陷下去 空洞 塌方', 240, 'municipal.road.collapse'),
  tree: topic('树倒 大树 树枝 倒伏 树断 行道树 树干 树压', 240, 'municipal.tree.fallen'),
  storm: topic('大风 广告牌 吹落 掉落 吹倒 龙卷', 180, 'statutory.weather.storm'),
  fog: topic('大雾 浓雾 团雾 能见度', 240, 'statutory.weather.fog'),
  snow: topic('积雪 结冰 暴雪 大雪 打滑 冰面', 480, 'statutory.weather.snow'),
  landslide: topic('滑坡 山体 落石 泥石流', 360, 'statutory.geology.landslide'),
  noPower: topic('停电 没电 跳闸 断电 变压器', 240, ''),
  facility: topic('井盖 路灯 护栏损坏 红绿灯 信号灯 窨井 隔离栏', 480, 'municipal.facility.damaged'),
  noise: topic('噪音 噪声 扰民 太吵 吵得 施工声 音响 广场舞 唱歌 打桩 轰鸣 夜间施工 影响休息 睡不着 没法睡', 300, ''),
  pollution: topic('排污 废气 偷排 污水 水体发黑 扬尘 污染', 360, 'municipal.environment.pollution'),
  sanitation: topic('垃圾 脏乱 清运 占道经营 乱堆 渣土', 720, 'municipal.sanitation'),
  medical: topic(
    '晕倒 昏倒 胸痛 昏迷 心脏 抽搐 呼吸困难 没有意识 突发疾病 不省人事 倒在地上 摔倒 急救 心脏病 中风',
    40,
    'statutory.health.medical',
  ),
  hurt: topic('受伤 流血 出血 骨折 伤者 救护车 伤员 被困', 60, '', true),
  poisoning: topic('食物中毒 呕吐 腹泻 上吐下泻 拉肚子', 360, 'statutory.health.poisoning'),
  fight: topic('打架 斗殴 动手 持刀 打人 殴打 争吵 打起来', 45, 'statutory.security.public-order'),
  crowd: topic('人太多 拥挤 挤不动 人山人海 人流 踩踏 聚集 排队 限流 挤在', 150, 'statutory.security.crowd'),
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;
const names = Object.keys(topics) as TopicName[];

/** Pairs that one thing may show; 0–1. What is not listed is another thing. */
const related: readonly (readonly [TopicName, TopicName, number])[] = [
  ['fire', 'smoke', 0.95],
  ['fire', 'vehicleFire', 0.6],
  ['fire', 'gas', 0.5],
  ['fire', 'hurt', 0.7],
  ['fire', 'odour', 0.5],
  ['fire', 'noPower', 0.4],
  ['fire', 'hazmat', 0.5],
  ['fire', 'lift', 0.3],
  ['smoke', 'vehicleFire', 0.85],
  ['smoke', 'odour', 0.6],
  ['smoke', 'hurt', 0.6],
  ['smoke', 'gas', 0.4],
  ['smoke', 'hazmat', 0.5],
  ['vehicleFire', 'collision', 0.6],
  ['vehicleFire', 'congestion', 0.6],
  ['vehicleFire', 'vehicleSos', 0.6],
  ['vehicleFire', 'hurt', 0.5],
  ['gas', 'odour', 0.85],
  ['gas', 'hurt', 0.4],
  ['hazmat', 'odour', 0.85],
  ['hazmat', 'collision', 0.6],
  ['hazmat', 'hurt', 0.6],
  ['hazmat', 'congestion', 0.5],
  ['hazmat', 'pollution', 0.5],
  ['hazmat', 'gas', 0.4],
  ['pollution', 'odour', 0.7],
  ['collision', 'hurt', 0.85],
  ['collision', 'vehicleSos', 0.7],
  ['collision', 'congestion', 0.8],
  ['collision', 'medical', 0.3],
  ['collision', 'facility', 0.3],
  // Whoever presses the button may have any trouble; nothing is joined to it on that ground alone.
  ['vehicleSos', 'fire', 0.4],
  ['vehicleSos', 'smoke', 0.45],
  ['vehicleSos', 'medical', 0.45],
  ['vehicleSos', 'fight', 0.45],
  ['vehicleSos', 'hurt', 0.6],
  ['vehicleSos', 'congestion', 0.4],
  ['lift', 'hurt', 0.7],
  ['lift', 'noPower', 0.6],
  ['waterlogging', 'underpass', 0.9],
  ['waterlogging', 'congestion', 0.6],
  ['waterlogging', 'river', 0.5],
  ['waterlogging', 'pipe', 0.5],
  ['waterlogging', 'hurt', 0.5],
  ['waterlogging', 'vehicleSos', 0.5],
  ['underpass', 'congestion', 0.6],
  ['underpass', 'hurt', 0.6],
  ['underpass', 'vehicleSos', 0.6],
  ['underpass', 'river', 0.3],
  ['pipe', 'noWater', 0.85],
  ['pipe', 'collapse', 0.6],
  ['pipe', 'congestion', 0.5],
  ['collapse', 'congestion', 0.6],
  ['collapse', 'hurt', 0.4],
  ['tree', 'storm', 0.8],
  ['tree', 'congestion', 0.6],
  ['tree', 'noPower', 0.5],
  ['tree', 'hurt', 0.5],
  ['storm', 'facility', 0.5],
  ['storm', 'noPower', 0.5],
  ['storm', 'hurt', 0.5],
  ['fog', 'congestion', 0.5],
  ['fog', 'collision', 0.4],
  ['snow', 'congestion', 0.5],
  ['snow', 'collision', 0.4],
  ['snow', 'tree', 0.4],
  ['landslide', 'congestion', 0.5],
  ['landslide', 'hurt', 0.5],
  ['facility', 'congestion', 0.5],
  ['sanitation', 'odour', 0.6],
  ['noise', 'crowd', 0.3],
  ['medical', 'hurt', 0.8],
  ['medical', 'crowd', 0.4],
  ['medical', 'fight', 0.3],
  ['poisoning', 'hurt', 0.5],
  ['poisoning', 'medical', 0.5],
  ['fight', 'hurt', 0.8],
  ['fight', 'crowd', 0.4],
  ['crowd', 'hurt', 0.5],
  ['crowd', 'congestion', 0.5],
];

const strength = new Map<string, number>();
for (const [a, b, value] of related) {
  strength.set(`${a} ${b}`, value);
  strength.set(`${b} ${a}`, value);
}

const byCode = new Map<string, TopicName>(names.flatMap((name) => topics[name].codes.map((code) => [code, name])));
/** Kinds without a topic of their own say nothing. */
export const topicOfKind = (code: string | null): TopicName | null =>
  code === null ? null : (byCode.get(code) ?? null);

/** "没有人受伤" is not about the hurt, and "不是着火" not about a fire. */
const denied =
  /(?:没有?|无|未|不是|暂无)(?:人员?|看到|看见|发现|见|造成|明显|什么|发生)*(?:受伤|伤亡|被困|着火|明火|起火|火苗|流血|堵车|拥堵|积水|漏水)/g;

/** Topics in what was said, the kind's own first. */
export function topicsOf(normalised: string, kind: string | null): TopicName[] {
  const text = normalised.replace(denied, ' ');
  const own = topicOfKind(kind);
  const found = names.filter((name) => name !== own && topics[name].words.some((word) => text.includes(word)));
  return own ? [own, ...found] : found;
}

const isMinor = (name: TopicName): boolean => 'minor' in topics[name];
const longestOf = (of: readonly TopicName[]): number => Math.max(...of.map((name) => topics[name].lastsMin));
/** What comes along counts only where nothing else was said: two fights with injured are not a collision with injured. */
const weighty = (of: readonly TopicName[]): readonly TopicName[] => {
  const major = of.filter((name) => !isMinor(name));
  return major.length > 0 ? major : of;
};

export type KindRelation = {
  readonly relation: 'same' | 'related' | 'contradictory' | 'unknown';
  readonly strength: number;
  /** How long people go on calling about such a thing. */
  readonly lastsMin: number;
};

const leastLastsMin = 20;

/** The closest pair counts: a call that tells of a collision and of water is about both. */
export function relateKinds(x: readonly TopicName[], y: readonly TopicName[]): KindRelation {
  const [a, b] = [weighty(x), weighty(y)];
  if (a.length === 0 || b.length === 0)
    return { relation: 'unknown', strength: 0, lastsMin: a.length + b.length === 0 ? 60 : longestOf([...a, ...b]) };
  const lastsMin = Math.max(Math.min(longestOf(a), longestOf(b)), leastLastsMin);
  if (a.some((name) => b.includes(name))) {
    const only = a.every(isMinor) && b.every(isMinor);
    return only ? { relation: 'related', strength: 0.5, lastsMin } : { relation: 'same', strength: 1, lastsMin };
  }
  let best = 0;
  for (const one of a) for (const other of b) best = Math.max(best, strength.get(`${one} ${other}`) ?? 0);
  return best > 0
    ? { relation: 'related', strength: best, lastsMin }
    : { relation: 'contradictory', strength: 0, lastsMin };
}
