import { type TopicName, topicOfKind, topics, topicsOf } from './fusion-kind.ts';
import { normalise } from './fusion-text.ts';
import { incidentKinds } from './incident-kind.ts';

/** The first says more than the second where both are told of: a burning car is no house on fire. */
const ahead: readonly (readonly [TopicName, TopicName])[] = [
  ['vehicleFire', 'fire'],
  ['vehicleFire', 'collision'],
  ['underpass', 'waterlogging'],
  ['hazmat', 'collision'],
  ['hazmat', 'gas'],
  ['lift', 'medical'],
  ['collapse', 'pipe'],
  ['crowd', 'medical'],
];
/** What these alone leave open, for want of a better word. */
const weak: Partial<Record<TopicName, string>> = { smoke: 'statutory.fire.building', odour: 'statutory.gas.leak' };

/** Pairs of characters in many kinds' names, or in any talk. */
const vague = new Set('城市 社会 事件 其他 管理 事项 公用 设施 通道 道路 车辆 群体 人员 紧急'.split(' '));
const pairsOf = (words: string): string[] =>
  [...words.slice(1)].map((_, at) => words.slice(at, at + 2)).filter((pair) => !vague.has(pair));
const names = incidentKinds.map((kind) => ({
  code: kind.code,
  zh: pairsOf(kind.zh),
  en: kind.en
    .toUpperCase()
    .split(' ')
    .filter((word) => word.length > 4),
}));

const burningVehicle = /车[^，。库站间位棚]{0,3}(?:起火|着火|冒烟|燃烧|自燃)/u;
const rankStep = 4;

/** Kinds that the story names, best first, three at most: by the words that fusion knows, then by the kinds' own names. */
export function rankKinds(story: string): string[] {
  const text = normalise(story);
  const told = topicsOf(text, null);
  const said = burningVehicle.test(text) ? [...new Set<TopicName>([...told, 'vehicleFire'])] : told;
  const scores = new Map<string, number>();
  const add = (code: string, score: number) => scores.set(code, Math.max(scores.get(code) ?? 0, score));
  for (const name of said) {
    const { words, codes } = topics[name];
    const outdone = ahead.filter(([more, less]) => less === name && said.includes(more)).length;
    const weight = words.filter((word) => text.includes(word)).reduce((sum, word) => sum + word.length, 0);
    const code = codes[0] ?? null;
    if (code) add(code, 100 + weight - rankStep * 5 * outdone);
    else if (weak[name]) add(weak[name], 50 + weight);
  }
  for (const { code, zh, en } of names) {
    const hits = [...zh, ...en].filter((mark) => text.includes(mark)).length;
    if (hits === 0) continue;
    // The kind's own topic has been weighed above; its name only confirms it.
    const held = scores.get(code) ?? 0;
    add(code, held > 0 ? held + hits : topicOfKind(code) === null ? 60 + rankStep * hits : rankStep * hits);
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([code]) => code);
}
