import { describe, expect, it } from 'vitest';
import { rule as schema } from '@/server/domain/rule.ts';
import { seededRules } from '@/server/domain/seeded-rules.ts';
import { numbersOf, withNumbers } from './rule-numbers.ts';

const ruleNamed = (id: string) => seededRules.find((rule) => rule.id === id)!;

describe('numbers of a rule', () => {
  it.each(seededRules.map((rule) => [rule.id, rule] as const))('of %s go back in as they came out', (_id, rule) => {
    const values = Object.fromEntries(numbersOf(rule).map(({ key, value }) => [key, value]));
    expect(withNumbers(rule, values)).toEqual(rule.condition);
  });
  it('are changed by themselves, in their own unit', () => {
    const underpass = ruleNamed('underpass-close');
    expect(numbersOf(underpass).map(({ word, value, unit }) => [word, value, unit])).toEqual([
      ['value', 0.27, 'm'],
      ['deadBand', 0.05, 'm'],
    ]);
    expect(withNumbers(underpass, { '0.value': 0.3 })).toMatchObject({ value: 0.3, deadBand: 0.05 });
    const visitors = ruleNamed('visitors-notice');
    const condition = withNumbers(visitors, { '0.share': 25 });
    expect(condition).toMatchObject({ value: { shareOfMaximum: 0.25 } });
    expect(schema.safeParse({ ...visitors, condition }).success).toBe(true);
    expect(withNumbers(ruleNamed('rain-heavy'), { '1.value': 30 })).toMatchObject({
      any: [{ value: 20 }, { value: 30 }],
    });
  });
});
