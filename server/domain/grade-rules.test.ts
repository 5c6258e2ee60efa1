import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeFactsIn, numberIn, withAnswers } from './grade-facts.ts';
import { gradeRules, noGradeFacts, ruleInWords, suggestGrade } from './grade-rules.ts';
import { gradeFor } from './grade-suggestion.ts';
import type { Incident } from './incident.ts';
import { decideIncident } from './incident-decide.ts';
import { incidentKinds } from './incident-kind.ts';
import { wasRefused } from './refusal.ts';
import { type Grade, grades, mayBeGraded } from './scale.ts';
import { context, filed, operator } from './testing/samples.ts';

const fire = 'statutory.fire.building';
const graded = (kind: string | null, facts: Partial<typeof noGradeFacts>) =>
  suggestGrade(kind, { ...noGradeFacts, ...facts })?.grade ?? null;

describe('a grade is suggested by rules with their source', () => {
  it.each([
    [1, 'IV'],
    [2, 'IV'],
    [3, 'III'],
    [9, 'III'],
    [10, 'II'],
    [29, 'II'],
    [30, 'I'],
    [500, 'I'],
  ] as const)('%i dead in an accident: %s, bounds included', (dead, grade) => {
    expect(graded(fire, { dead })).toBe(grade);
  });

  it.each([
    [9, 'IV'],
    [10, 'III'],
    [49, 'III'],
    [50, 'II'],
    [99, 'II'],
    [100, 'I'],
  ] as const)('%i severely injured: %s', (severelyInjured, grade) => {
    expect(graded(fire, { severelyInjured })).toBe(grade);
  });

  it('the highest of several counts, and says by which rule it was reached', () => {
    const found = suggestGrade(fire, { ...noGradeFacts, dead: 1, severelyInjured: 50, trapped: 3 });
    expect(found).toMatchObject({ grade: 'II', counted: 50, from: 50, rule: { id: 'accident-injured' } });
    expect(found?.rule.source.verified).toBe(true);
  });

  it('between equals the rule whose source was read speaks', () => {
    expect(suggestGrade(fire, { ...noGradeFacts, dead: 3, trapped: 10 })?.rule.source.verified).toBe(true);
  });

  it('nothing is suggested where no number is known, or the kind takes no grade', () => {
    expect(graded(fire, {})).toBeNull();
    expect(graded(fire, { dead: 0 })).toBeNull();
    expect(graded(null, { dead: 30 })).toBeNull();
    for (const kind of incidentKinds.filter(({ category }) => !mayBeGraded(category)))
      expect(graded(kind.code, { dead: 100, trapped: 100, affected: 9_999 })).toBeNull();
  });

  it('more of the same never means a lower grade, and each rule is about kinds that exist', () => {
    for (const rule of gradeRules) {
      const numbers = grades.flatMap((grade) => rule.from[grade] ?? []);
      expect([...numbers].sort((a, b) => b - a)).toEqual(numbers);
      for (const code of rule.kinds)
        expect(incidentKinds.some((kind) => kind.code === code || kind.code.startsWith(`${code}.`))).toBe(true);
      expect(rule.source.text.en).not.toBe('');
    }
  });
});

describe('the store and the screen ask the same function', () => {
  const story = (text: string) => ({ ...filed(), kind: fire, category: 'accident' as const, text });
  const graded = (of: Incident, grade: Grade) => {
    const decided = decideIncident(of, { move: 'grade', grade, rule: null }, context(operator));
    if (wasRefused(decided)) throw new Error(decided.refused);
    return decided[0]?.kind === 'incidentGraded' ? decided[0].content : null;
  };

  it('what is confirmed as suggested keeps its rule; another choice has none', () => {
    const of = story('3人死亡');
    expect(gradeFor(of)?.grade).toBe('III');
    expect(graded(of, 'III')?.rule).toContain('493');
    expect(graded(of, 'II')?.rule).toBeNull();
  });

  it('answers count that were written into the story', () => {
    expect(gradeFor(story('着火\n· 有几人被困？ 12'))?.grade).toBe('III');
    expect(gradeFor(story('着火，12人被困'), { trapped: '3' })?.grade).toBe('IV');
  });

  it('for any numbers the suggestion on the screen is the one that the store would name', () => {
    fc.assert(
      fc.property(fc.nat(120), fc.nat(120), fc.nat(60), (dead, hurt, trapped) => {
        const of = story(`${dead}人死亡，${hurt}人重伤，${trapped}人被困`);
        const shown = gradeFor(of);
        if (!shown) return;
        expect(graded(of, shown.grade)).toMatchObject({ grade: shown.grade, rule: ruleInWords(shown) });
      }),
    );
  });
});

describe('numbers in a story', () => {
  it.each([
    ['12', 12],
    ['三', 3],
    ['十二', 12],
    ['二十', 20],
    ['一百二十三', 123],
    ['两', 2],
    ['x', null],
    ['', null],
  ])('%s', (text, value) => expect(numberIn(text as string)).toBe(value));

  it.each([
    ['现场3人死亡，十二人重伤', { dead: 3, severelyInjured: 12 }],
    ['电梯里困住了两个人', { trapped: 2 }],
    ['五名工人被困井下，可能有一人遇难', { trapped: 5, dead: 1 }],
    ['食堂吃完饭后三十多人中毒', { poisoned: 30 }],
    ['已疏散1200人', { affected: 1200 }],
    ['一开始说2人被困，后来说4人被困', { trapped: 4 }],
    ['无人受伤，没有人员被困，3号楼5层', {}],
    ['10分钟前听到爆炸', {}],
  ])('%s', (text, facts) => {
    expect(gradeFactsIn(text as string)).toEqual({ ...noGradeFacts, ...(facts as object) });
  });

  it('an answer stands before the story', () => {
    expect(withAnswers(gradeFactsIn('2人被困'), { trapped: 0, dead: null })).toEqual({ ...noGradeFacts, trapped: 0 });
  });
});
