import { describe, expect, it } from 'vitest';
import type { Rule } from './rule.ts';
import { ruleFault } from './rule-fault.ts';
import { seededRules } from './seeded-rules.ts';

const held = seededRules.find(({ id }) => id === 'underpass-close') as Rule;
const condition = (more: object) => ({ ...held, condition: { ...held.condition, ...more } as Rule['condition'] });

describe('a changed rule', () => {
  it('every seeded one is sound', () => {
    for (const rule of seededRules) expect([rule.id, ruleFault(rule, rule)]).toEqual([rule.id, null]);
  });
  it('may have other numbers, within reason', () => {
    expect(ruleFault(held, condition({ value: 0.3, deadBand: 0.1 }))).toBeNull();
    expect(ruleFault(held, condition({ value: 1e308 }))).toBe('value');
    expect(ruleFault(held, condition({ value: -1e308 }))).toBe('value');
    expect(ruleFault(held, condition({ deadBand: 1e308 }))).toBe('deadBand');
    expect(ruleFault(held, condition({ deadBand: 5 }))).toBe('deadBand');
  });
  it('is still about the same thing, has a title and proposes what there is', () => {
    expect(ruleFault(held, { ...held, condition: { of: 'flood', alarms: 2, withinS: 1, endsBelow: 1 } })).toBe(
      'condition',
    );
    expect(ruleFault(held, { ...held, condition: { any: [held.condition as never] } })).toBe('condition');
    expect(ruleFault(held, { ...held, title: { 'zh-CN': ' ', en: 'x' } })).toBe('title');
    expect(ruleFault(held, { ...held, proposedKind: 'no.such.kind' })).toBe('proposedKind');
    expect(ruleFault(held, { ...held, proposedKind: null })).toBeNull();
  });
});
