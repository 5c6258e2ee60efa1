import { type GradeFactName, type GradeFacts, gradeFactNames, noGradeFacts } from './grade-rules.ts';

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

/** `三`, `十二`, `一百二十`, `1200`; null where it is no number. */
export function numberIn(text: string): number | null {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  let sum = 0;
  let held: number | null = null;
  for (const sign of text) {
    const digit = digits[sign];
    const unit = units[sign];
    if (digit !== undefined) held = digit;
    else if (unit !== undefined) {
      sum += (held ?? 1) * unit;
      held = null;
    } else return null;
  }
  return text === '' ? null : sum + (held ?? 0);
}

const count = '(?<n>\\d{1,7}|[零一二两俩三四五六七八九十百千]{1,6})';
const people = '\\s*(?:多|余)?(?:名|个|位|户)?\\s*(?:人|群众|乘客|工人|学生|居民|老人|孩子|小孩|员工|住户)?(?:员)?';
const either = (said: string) => [
  new RegExp(`${count}${people}\\s*(?:已经|已|都|被|全|可能|疑似)?\\s*(?:${said})`, 'gu'),
  new RegExp(`(?:${said})(?:了|人数|约|大约|有|：|:|\\s)*${count}\\s*(?:多|余)?(?:名|个|位|人)`, 'gu'),
];

const spoken: { readonly [F in GradeFactName]: readonly RegExp[] } = {
  dead: either('死亡|遇难|身亡|死了|没了呼吸'),
  severelyInjured: either('重伤|伤势严重|危重'),
  poisoned: either('中毒|上吐下泻|呕吐腹泻'),
  trapped: either('被困|困在|困住|被埋|被压|失联'),
  affected: either('受灾|被转移|转移|疏散|需要安置|断水|停电'),
};

/** Numbers that a story names. People correct themselves upwards and others call again: the largest counts. */
export function gradeFactsIn(story: string): GradeFacts {
  const text = story.normalize('NFKC');
  const found = gradeFactNames.map((name) => {
    const numbers = spoken[name]
      .flatMap((pattern) => [...text.matchAll(pattern)])
      .flatMap((match) => numberIn(match.groups?.n ?? '') ?? []);
    return [name, numbers.length ? Math.max(...numbers) : null] as const;
  });
  return Object.fromEntries(found) as GradeFacts;
}

/** What was answered to a question stands before what a story seems to say. */
export const withAnswers = (told: GradeFacts, answered: Partial<GradeFacts>): GradeFacts => ({
  ...noGradeFacts,
  ...told,
  ...Object.fromEntries(Object.entries(answered).filter(([, value]) => value !== null && value !== undefined)),
});
