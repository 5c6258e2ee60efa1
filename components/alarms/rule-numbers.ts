import { type Condition, type Rule, type SimpleCondition, simpleConditionsOf } from '@/server/domain/rule.ts';

/** A number of a rule that a duty chief may change: what it is, and how it goes back in. */
export type RuleNumber = {
  readonly key: string;
  readonly word: 'value' | 'share' | 'deadBand' | 'dwellS' | 'dwellM' | 'alarms' | 'withinS' | 'endsBelow';
  /** Position among the conditions. */
  readonly at: number;
  readonly value: number;
  readonly unit: string | null;
};

type Word = RuleNumber['word'];

function numbersIn(of: SimpleCondition): Partial<Record<Word, number>> {
  switch (of.of) {
    case 'reading':
    case 'capacity': {
      const { value, deadBand } = of;
      if (typeof value === 'number') return { value, deadBand };
      return 'shareOfMaximum' in value ? { share: value.shareOfMaximum * 100, deadBand } : { deadBand };
    }
    case 'position':
      return of.event === 'dwell' ? { dwellS: of.dwellS ?? 0, dwellM: of.dwellM ?? 0 } : {};
    case 'flood':
      return { alarms: of.alarms, withinS: of.withinS, endsBelow: of.endsBelow };
    default:
      return {};
  }
}

const unitOf = (of: SimpleCondition, word: Word): string | null => {
  if (word === 'share') return '%';
  if (word === 'dwellS' || word === 'withinS') return 's';
  if (word === 'dwellM') return 'm';
  if (of.of !== 'reading' || of.unit === null) return null;
  return of.as === 'per-hour' ? `${of.unit}/h` : of.unit;
};

export const numbersOf = (rule: Rule): RuleNumber[] =>
  simpleConditionsOf(rule.condition).flatMap((of, at) =>
    (Object.entries(numbersIn(of)) as [Word, number][]).map(([word, value]) => ({
      key: `${at}.${word}`,
      word,
      at,
      value,
      unit: unitOf(of, word),
    })),
  );

function withNumber(of: SimpleCondition, word: Word, value: number): SimpleCondition {
  if (word === 'share' && (of.of === 'reading' || of.of === 'capacity'))
    return { ...of, value: { shareOfMaximum: value / 100 } };
  return { ...of, [word]: value } as SimpleCondition;
}

/** The condition with other numbers; anything else of it stays. */
export function withNumbers(rule: Rule, values: Readonly<Record<string, number>>): Condition {
  const changed = simpleConditionsOf(rule.condition).map((of, at) =>
    numbersOf(rule)
      .filter((number) => number.at === at)
      .reduce((one, { key, word, value }) => withNumber(one, word, values[key] ?? value), of),
  );
  const [first] = changed;
  if ('of' in rule.condition) return first ?? rule.condition;
  return 'all' in rule.condition ? { all: changed } : { any: changed };
}
