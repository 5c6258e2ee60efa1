import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { kindWords } from '@/server/domain/kind-words.ts';

/** Pairs of characters that mark a kind; its own name gives them, so a changed table needs no second list. */
const pairs = (words: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at < words.length - 1; at += 1) found.push(words.slice(at, at + 2));
  return found;
};

const vague = new Set([
  '城市',
  '社会',
  '事件',
  '其他',
  '管理',
  '事项',
  '公用',
  '设施',
  '通道',
  '道路',
  '车辆',
  '群体',
  '人员',
  '紧急',
]);

const markers = incidentKinds.map((kind) => ({
  code: kind.code,
  zh: pairs(kind.zh).filter((pair) => !vague.has(pair)),
  en: kind.en
    .toLowerCase()
    .split(' ')
    .filter((word) => word.length > 4),
}));

/** Kinds that the told story names, best first. A proposal only: the operator's choice is never overwritten. */
export function proposeKinds(story: string): string[] {
  const told = story.toLowerCase();
  return markers
    .map(({ code, zh, en }) => ({
      code,
      // What people say counts for more than pieces of an official name.
      hits:
        [...zh, ...en].filter((mark) => told.includes(mark)).length +
        2 * kindWords.filter(([word, kind]) => kind === code && told.includes(word)).length,
    }))
    .filter((found) => found.hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .slice(0, 3)
    .map((found) => found.code);
}
