import { incidentKind } from './incident-kind.ts';
import type { CitedSource } from './plan.ts';
import { type Grade, grades, higherGrade, mayBeGraded } from './scale.ts';

/** Grading suggestions [prov], versioned data: a person confirms, nothing here sets a grade. */
export const gradeRulesVersion = '2026-11';

/** What a grade hangs on. Null: nobody has said. */
export const gradeFactNames = ['dead', 'severelyInjured', 'poisoned', 'trapped', 'affected'] as const;
export type GradeFactName = (typeof gradeFactNames)[number];
export type GradeFacts = { readonly [F in GradeFactName]: number | null };
export const noGradeFacts: GradeFacts = {
  dead: null,
  severelyInjured: null,
  poisoned: null,
  trapped: null,
  affected: null,
};

export type GradeRule = {
  readonly id: string;
  /** Codes, or beginnings of codes. */
  readonly kinds: readonly string[];
  readonly fact: GradeFactName;
  /** The least number for each grade; a grade that is left out is not reached by this fact. */
  readonly from: { readonly [G in Grade]?: number };
  readonly source: CitedSource;
};

const order493: CitedSource = {
  text: {
    'zh-CN': '《生产安全事故报告和调查处理条例》（国务院令第493号）第三条',
    en: 'Regulations on the Reporting, Investigation and Handling of Work Safety Accidents (State Council Order 493), Art. 3',
  },
  verified: true,
};
const foodPoisoning: CitedSource = {
  text: {
    'zh-CN': '《江苏省食物中毒事件应急处理预案》（2006年）分级标准',
    en: 'Jiangsu plan for food poisoning incidents (2006), grading',
  },
  verified: false,
};
const own: CitedSource = {
  text: { 'zh-CN': '本平台暂定阈值，无法规依据', en: 'Provisional threshold of this product, no norm behind it' },
  verified: false,
};

const accidents = ['statutory.fire', 'statutory.traffic', 'statutory.hazmat', 'statutory.gas', 'statutory.lift'];
const nature = ['statutory.flood', 'statutory.weather', 'statutory.geology'];

export const gradeRules: readonly GradeRule[] = [
  { id: 'accident-dead', kinds: accidents, fact: 'dead', from: { I: 30, II: 10, III: 3, IV: 1 }, source: order493 },
  {
    id: 'accident-injured',
    kinds: accidents,
    fact: 'severelyInjured',
    from: { I: 100, II: 50, III: 10, IV: 1 },
    source: order493,
  },
  {
    id: 'food-poisoned',
    kinds: ['statutory.health.poisoning'],
    fact: 'poisoned',
    from: { III: 101, IV: 30 },
    source: foodPoisoning,
  },
  {
    id: 'food-dead',
    kinds: ['statutory.health.poisoning'],
    fact: 'dead',
    from: { II: 10, III: 1 },
    source: foodPoisoning,
  },
  { id: 'nature-dead', kinds: nature, fact: 'dead', from: { I: 30, II: 10, III: 3, IV: 1 }, source: own },
  {
    id: 'life-at-stake',
    kinds: [...accidents, ...nature],
    fact: 'trapped',
    from: { II: 30, III: 10, IV: 3 },
    source: own,
  },
  { id: 'many-affected', kinds: nature, fact: 'affected', from: { II: 5_000, III: 1_000, IV: 100 }, source: own },
];

export type GradeSuggestion = {
  readonly grade: Grade;
  readonly rule: GradeRule;
  /** What was counted, and from how many on it is this grade. */
  readonly counted: number;
  readonly from: number;
};

const concerns = (rule: GradeRule, kind: string) =>
  rule.kinds.some((code) => kind === code || kind.startsWith(`${code}.`));

function byRule(rule: GradeRule, facts: GradeFacts): GradeSuggestion | null {
  const counted = facts[rule.fact];
  if (counted === null) return null;
  const grade = grades.find((one) => counted >= (rule.from[one] ?? Number.POSITIVE_INFINITY));
  return grade ? { grade, rule, counted, from: rule.from[grade]! } : null;
}

/**
 * The one function that any screen, the store and an export ask. The highest grade that any rule gives; between equals the
 * rule whose source was read. Null: no rule speaks, or this kind takes no grade.
 */
export function suggestGrade(kind: string | null, facts: GradeFacts): GradeSuggestion | null {
  const known = kind === null ? null : incidentKind(kind);
  if (!known || !mayBeGraded(known.category)) return null;
  return gradeRules
    .filter((rule) => concerns(rule, known.code))
    .flatMap((rule) => byRule(rule, facts) ?? [])
    .reduce<GradeSuggestion | null>((best, one) => {
      if (!best) return one;
      if (one.grade !== best.grade) return higherGrade(one.grade, best.grade) === one.grade ? one : best;
      return one.rule.source.verified && !best.rule.source.verified ? one : best;
    }, null);
}

/** As it is kept with the grade that a person confirmed. */
export const ruleInWords = ({ rule }: GradeSuggestion): string =>
  `${rule.id}@${gradeRulesVersion} ${rule.source.text['zh-CN']}`;
