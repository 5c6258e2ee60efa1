/**
 * Particulars that tell two things of one kind apart: which vehicles, what burns, who is hurt where [prov]. Data: within a group,
 * words on one line mean the same.
 */
const groups = {
  vehicle: [
    '小车 轿车 小轿车 私家车 越野车 SUV 特斯拉 新能源车',
    '电动车 电瓶车 电动自行车 电驴 外卖车 外卖员 骑手',
    '货车 卡车 大货车 渣土车 半挂 工程车 厢货',
    '公交车 大巴 客车 公交 校车',
    '出租车 网约车 的士',
    '摩托车 摩托',
    '三轮车 三轮',
    '自行车 共享单车',
    '行人 老人过马路 路人 过马路',
    '罐车 槽罐车',
    '面包车 商务车',
  ],
  burning: [
    '厨房 油锅 油烟机 灶台',
    '阳台 晾衣',
    '空调外机 外机',
    '垃圾桶 垃圾堆 垃圾箱',
    '仓库 库房 厂房 车间',
    '商铺 店铺 门面 饭店 餐馆 烧烤',
    '配电箱 电表箱 电箱 配电房',
    '屋顶 楼顶 天台',
    '卧室 房间 客厅',
    '草地 绿化带 荒草 杂草',
    '地下车库 车库 地库',
    '充电桩 充电',
  ],
  person: ['老人 大爷 大妈 老太 老年 老奶奶 老爷爷', '小孩 孩子 儿童 小朋友 小学生 婴儿 男童 女童', '孕妇'],
  injury: ['腿 脚 膝盖', '头部 额头 脑袋 头破', '手臂 胳膊 手'],
  facility: [
    '井盖 窨井',
    '路灯',
    '红绿灯 信号灯',
    '隔离栏 护栏',
    '公交站台 站牌',
    '监控杆 电线杆 灯杆',
    '座椅 健身器材',
  ],
  venue: [
    '烧烤店 烧烤摊 大排档',
    '停车场 停车位',
    '棋牌室 麻将馆',
    '奶茶店 咖啡店 咖啡馆',
    '网吧',
    '超市 便利店',
    '酒吧 KTV 卡拉OK',
    '学校 幼儿园',
    '工地',
  ],
  gathering: ['演出 演唱会 音乐节', '促销 打折', '灯会 花灯', '签售 见面会', '球赛 比赛 马拉松', '讨薪 维权'],
  tree: ['梧桐 法桐', '香樟 樟树', '杨树', '柳树', '银杏', '雪松 松树'],
  substance: ['甲苯', '盐酸', '硫酸', '液氨 氨气', '氯气', '柴油 汽油', '液化气', '烧碱'],
  lane: ['人行道', '非机动车道', '绿化带', '小区门口', '公交站旁 公交站边', '快车道', '应急车道', '围挡'],
  noiseOf: [
    '施工 工地 打桩 挖机 搅拌',
    '广场舞 跳舞',
    '卡拉OK KTV 唱歌 酒吧',
    '装修 电钻 敲墙',
    '狗叫 犬吠 狗一直叫',
    '空调机组 冷却塔 风机 水泵',
    '炸街 喇叭 鸣笛',
  ],
} as const;

type Group = keyof typeof groups;
const table = (Object.keys(groups) as Group[]).map((group) => ({
  group,
  rows: groups[group].map((line) => line.split(' ')),
}));

export type Details = ReadonlyMap<Group, ReadonlySet<number>>;

export function detailsOf(normalised: string): Details {
  const found = new Map<Group, ReadonlySet<number>>();
  for (const { group, rows } of table) {
    const hits = new Set(
      rows.flatMap((words, index) => (words.some((word) => normalised.includes(word)) ? [index] : [])),
    );
    if (hits.size > 0) found.set(group, hits);
  }
  return found;
}

/** Groups in which both say something: shared, and differing in everything that is said. */
export function compareDetails(a: Details, b: Details): { readonly agree: number; readonly differ: number } {
  let agree = 0;
  let differ = 0;
  for (const [group, ours] of a) {
    const theirs = b.get(group);
    if (!theirs) continue;
    if ([...ours].some((one) => theirs.has(one))) agree += 1;
    else differ += 1;
  }
  return { agree, differ };
}
