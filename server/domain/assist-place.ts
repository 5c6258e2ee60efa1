import { addressOf } from './fusion-address.ts';
import { normalise } from './fusion-text.ts';

const number = '[\\d零〇一二两三四五六七八九十百]{1,5}';
/** What follows a name and makes it exact. */
const details = new RegExp(
  [
    '[Kk]\\s?\\d{1,4}\\s?\\+\\s?\\d{1,3}',
    `${number}(?:公里|千米)(?:${number}米|处)?`,
    `${number}(?:号楼|号|栋|幢|座|单元|室|层|楼)`,
    '由?[东南西北][向往][东南西北](?:方向)?',
  ].join('|'),
  'gu',
);
/** Where beside it. */
const beside = /(?:十字路口|交叉口|路口|门口|门前|附近|旁边|对面|楼下|里面|跟前|[东南西北]侧|拐弯的地方)/gu;
const joints = /^(?:[与和跟同及的往在靠近快到旁边、\s·,]|靠近|快到|旁边|附近|之间){0,4}$/u;
/** Something with a name of its own, known only by the word behind it: 鼓楼医院门口, 新街口附近. */
const namedBeside = /([\p{Script=Han}A-Za-z\d]{2,10}?)(?:门口|门前|附近|旁边|对面|楼下|里面|跟前|这块|[东南西北]侧)/gu;
const leads =
  /^.*(?:我们|我|这里|这边|位于|就在|现在|在|到|于|的|有|是|来电人称[:：]?|市民来电反映|喂|你好|您好|刚才|离|往|从|人)(?=.{2,})/u;
const noName =
  /^(?:我家|家|楼|门|车|路|这|那|这里|那里|学校|小区|公司|单位|店|房子|马路|外|前|后|他|她|我|电梯|隔壁|广场|旁|床|窗户?|厨房|屋子?|房间)$/u;

/** Names by their last word, besides those that tell two addresses apart. */
const moreNames =
  /[\p{Script=Han}]{2,8}?(?:小区|新寓|社区|医院|体育馆|体育场|动物园|博物馆|图书馆|文化宫|火车站|汽车站|机场|码头|商厦|大楼|家属院)/gu;
/** 我们小区, 停车场门口: everybody has one. */
const anyones =
  /^(?:我们|你们|他们|这个|那个|本|隔壁|整个|老|全)?(?:小区|社区|停车场|医院|公园|学校|单位|公司|大楼|楼道|店|超市|\d)/u;

type Span = { from: number; to: number; weight: number; named: boolean };

function spansOf(clause: string): Span[] {
  const { roads, estates } = addressOf(normalise(clause));
  const spans: Span[] = [];
  for (const name of [...roads, ...estates]) {
    const at = clause.indexOf(name);
    if (at >= 0) spans.push({ from: at, to: at + name.length, weight: 3, named: true });
  }
  for (const [whole] of clause.matchAll(moreNames)) {
    const name = whole.replace(leads, '');
    if (name.length < 4 || anyones.test(name)) continue;
    const at = clause.indexOf(name);
    spans.push({ from: at, to: at + name.length, weight: 3, named: true });
  }
  for (const found of clause.matchAll(details)) {
    const named = /^[Kk]/.test(found[0]);
    spans.push({ from: found.index, to: found.index + found[0].length, weight: 2, named });
  }
  for (const found of clause.matchAll(beside))
    spans.push({ from: found.index, to: found.index + found[0].length, weight: 1, named: false });
  return spans.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Neighbours become one: 中山北路 + 和 + 湖南路 + 路口. */
function merged(clause: string, spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last && (span.from <= last.to || joints.test(clause.slice(last.to, span.from)))) {
      if (span.to > last.to) last.weight += span.weight;
      last.to = Math.max(last.to, span.to);
      last.named ||= span.named;
    } else whole.push({ ...span });
  }
  return whole;
}

function besideOnly(clause: string): string | null {
  for (const [whole, name = ''] of clause.matchAll(namedBeside)) {
    const bare = name.replace(leads, '');
    if (bare.length >= 2 && !noName.test(bare) && !anyones.test(bare)) return whole.slice(whole.indexOf(bare));
  }
  return null;
}

/** The words of the text that say where, just as they stand there; null where it says nothing that could be searched for. */
export function placeIn(text: string): string | null {
  const clauses = text
    .slice(0, 2_000)
    .split(/[，。！？；,!?;\n]/u)
    .map((clause) => clause.trim())
    .filter(Boolean);
  let best: { words: string; weight: number } | null = null;
  for (const clause of clauses)
    for (const span of merged(clause, spansOf(clause)))
      if (span.named && (!best || span.weight > best.weight))
        best = { words: clause.slice(span.from, span.to), weight: span.weight };
  if (best) return best.words;
  for (const clause of clauses) {
    const words = besideOnly(clause);
    if (words) return words;
  }
  return null;
}
