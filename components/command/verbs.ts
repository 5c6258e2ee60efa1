import type { Slot } from './meant.ts';

/** `one`: exactly one. `maybe`: at most one. `any`: several or none. */
export type Arity = 'one' | 'maybe' | 'any';

export type Verb = {
  readonly id: string;
  /** Everything it answers to: characters, spelling, initials, English, one letter. Never shared by two verbs. */
  readonly names: readonly string[];
  readonly takes: Readonly<Partial<Record<Slot, Arity>>>;
  /** At least one of these has to be named. */
  readonly needs?: readonly Slot[];
  /** Words after a colon. */
  readonly words: 'none' | 'maybe' | 'must';
};

const on = { incident: 'one' } as const;
const verb = (
  id: string,
  names: string,
  takes: Verb['takes'],
  more: { words?: Verb['words']; needs?: readonly Slot[] } = {},
): Verb => ({
  id,
  names: names.split(' '),
  takes,
  words: more.words ?? 'none',
  ...(more.needs ? { needs: more.needs } : {}),
});

const must = { words: 'must' } as const;
const maybe = { words: 'maybe' } as const;
/** An order is named by its incident and by whom it was sent to. */
const order = { incident: 'one', unit: 'maybe', department: 'maybe' } as const;
const ordered = { needs: ['unit', 'department'] as const };

/** Every action that the console's buttons have. */
export const verbs: readonly Verb[] = [
  // The incident's own line.
  verb('claim', '受理 shouli sl claim a', { incident: 'maybe', signal: 'maybe' }, { needs: ['incident', 'signal'] }),
  verb('check', '核实 转核实 heshi hs check', on),
  verb('file', '立案 lian la file f', on),
  verb('edit', '补充 修改 buchong bc xiugai edit m', on),
  verb(
    'send',
    '派 派遣 调派 pai paiqian pq diaopai send dispatch d',
    { incident: 'one', unit: 'any', department: 'any', second: 'maybe' },
    { words: 'maybe', needs: ['unit', 'department'] },
  ),
  verb('control', '控制 已控制 kongzhi kz yikongzhi control k', on),
  verb('report', '反馈 fankui fk report r', on, must),
  verb('confirm', '核查通过 核查 通过 hecha hc hechatongguo confirm verify v', on, maybe),
  verb('sendBack', '核查退回 退回 tuihui th send-back sendback b', on, must),
  verb('close', '结案 jiean ja close c', { incident: 'one', closing: 'one' }, maybe),
  verb('evaluate', '评价 pingjia pj evaluate e', { incident: 'one', score: 'one' }, maybe),
  verb('suspend', '挂账 guazhang gz suspend', { incident: 'one', minutes: 'one' }, must),
  verb('resume', '恢复办理 恢复 huifu hf resume', on),
  verb('transfer', '转办 zhuanban zb transfer', { incident: 'one', department: 'one' }, must),
  verb('takeBack', '收回 shouhui sh take-back takeback', on, must),
  verb('merge', '并案 合并 bingan ba merge', { incident: 'one', onto: 'one' }),
  verb('split', '拆分 chaifen cf split', on, must),
  verb('reopen', '重新办理 重开 chongkai chongxinbanli reopen', on, must),
  verb('void', '作废 zuofei zf void', on, must),
  // What it is.
  verb('grade', '定级 分级 dingji dj grade g', { incident: 'one', grade: 'one' }),
  verb('respond', '响应 xiangying xy respond', { incident: 'one', level: 'one' }, must),
  verb('priority', '优先级 优先 youxian yx priority p', { incident: 'one', priority: 'one' }),
  verb('kind', '类型 leixing lx kind', { incident: 'one', kind: 'one' }),
  verb('title', '标题 biaoti bt title', on, must),
  verb('note', '记录 记 备注 ji jilu jl beizhu note n', on, must),
  // Orders and units.
  verb('acknowledge', '签收 qianshou qs acknowledge ack', order, ordered),
  verb('orderDone', '办结 banjie bj done', order, ordered),
  verb('orderReturn', '退令 tuiling tl return', order, { ...must, ...ordered }),
  verb('orderCancel', '撤令 cheling cancel', order, { ...must, ...ordered }),
  verb('enRoute', '出动 途中 chudong cd tuzhong en-route enroute', { incident: 'one', unit: 'one' }),
  verb('staging', '集结 jijie jj staging', { incident: 'one', unit: 'one' }),
  verb('onScene', '到场 daochang dc on-scene onscene', { incident: 'one', unit: 'one' }),
  verb('transporting', '转运 zhuanyun zy transporting', { incident: 'one', unit: 'one' }),
  verb('atDestination', '到达 daoda dd at-destination', { incident: 'one', unit: 'one' }),
  verb('cleared', '任务完成 撤离 cheli cl clear', { incident: 'one', unit: 'one' }),
  verb('available', '待命 daiming dm available', { unit: 'one' }),
  verb('returning', '返回 fanhui fh returning', { unit: 'one' }),
  verb('busyDivertible', '可改派 kegaipai kgp divertible', { unit: 'one' }),
  verb('unavailable', '停勤 tingqin tq unavailable', { unit: 'one' }),
  verb('offDuty', '下班 xiaban xb off-duty offduty', { unit: 'one' }),
  verb('endEmergency', '解除求助 jiechuqiuzhu jcqz end-emergency', { unit: 'one' }),
  // What follows a dispatch.
  verb(
    'task',
    '任务 renwu rw task',
    { incident: 'one', unit: 'maybe', department: 'maybe', minutes: 'maybe' },
    { ...must, ...ordered },
  ),
  verb('taskAccept', '接受任务 jieshourenwu jsrw accept', { incident: 'one', task: 'one' }),
  verb('taskDone', '完成任务 完成 wancheng wc finish', { incident: 'one', task: 'one' }, maybe),
  verb('taskVerify', '验收 yanshou ys approve', { incident: 'one', task: 'one' }, maybe),
  verb('taskFail', '打回 dahui dh reject', { incident: 'one', task: 'one' }, must),
  verb('taskCancel', '取消任务 quxiaorenwu qxrw cancel-task', { incident: 'one', task: 'one' }, must),
  verb('need', '需求 xuqiu xq need', { incident: 'one', unitKind: 'maybe', count: 'maybe' }, maybe),
  verb('needMet', '需求满足 满足 manzu mz met', { incident: 'one', need: 'one' }, maybe),
  verb('needDecline', '需求不予 不予 buyu by decline', { incident: 'one', need: 'one' }, must),
  verb('hear', '签到 qiandao qd check-in checkin', { incident: 'one', checkIn: 'one' }),
  verb('watch', '开始签到 kaishiqiandao ksqd watch', { incident: 'one', unit: 'one', minutes: 'one' }),
  verb('unwatch', '结束签到 jieshuqiandao jsqd unwatch', { incident: 'one', checkIn: 'one' }, maybe),
  verb('upgrade', '升级 shengji sj upgrade', on, must),
  verb('plan', '预案 yuan ya plan', { incident: 'one', plan: 'one', level: 'one' }),
  // Signals and alarms.
  verb('attach', '关联 guanlian gl attach', { signal: 'one', incident: 'one' }),
  verb('detach', '解除关联 jiechuguanlian jcgl detach', { signal: 'one' }, must),
  verb('dismiss', '排除 paichu pc dismiss x', { signal: 'one' }, must),
  verb('restore', '还原 huanyuan hy restore', { signal: 'one' }),
  verb('apart', '分开 fenkai keep-apart', { signal: 'one', incident: 'one' }),
  verb('alarmAck', '确认告警 确认 queren qr ack-alarm', { alarm: 'one' }),
  verb('shelve', '搁置 gezhi shelve', { alarm: 'one', minutes: 'one' }, must),
  verb('unshelve', '取消搁置 quxiaogezhi qxgz unshelve', { alarm: 'one' }),
  // The screen.
  verb(
    'open',
    '打开 看 dakai dk kan open o',
    { incident: 'maybe', signal: 'maybe', unit: 'maybe' },
    { needs: ['incident', 'signal', 'unit'] },
  ),
  verb('find', '找 定位 zhao dingwei find locate', { unit: 'one' }),
  verb('go', '转到 去 zhuandao zd qu go', { page: 'one' }),
  verb('new', '新建 xinjian xj new', {}),
  verb('undo', '撤销 chexiao cx undo z', {}),
];

const byName = new Map(verbs.flatMap((one) => one.names.map((name) => [name, one] as const)));
const byId = new Map(verbs.map((one) => [one.id, one]));

export const verbOf = (id: string): Verb | null => byId.get(id) ?? null;
export const verbNamed = (word: string): Verb | null => byName.get(word) ?? null;

const characters = [...byName.keys()]
  .filter((name) => /[\u4e00-\u9fff]/u.test(name))
  .sort((a, b) => b.length - a.length);
/** `派消1201`: a verb in characters may stand right before its first argument; the longest one counts. */
export function verbBefore(word: string): { verb: Verb; rest: string } | null {
  const name = characters.find((one) => word.length > one.length && word.startsWith(one));
  const found = name ? byName.get(name) : null;
  return name && found ? { verb: found, rest: word.slice(name.length) } : null;
}
