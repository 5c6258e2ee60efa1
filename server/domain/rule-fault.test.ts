import { describe, expect, it } from 'vitest';
import type { Rule, SimpleCondition } from './rule.ts';
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
  it('is retired only when it is off', () => {
    expect(ruleFault(held, { ...held, retired: true })).toBe('enabled');
    expect(ruleFault(held, { ...held, retired: true, enabled: false })).toBeNull();
  });
});

describe('a new rule', () => {
  const position = (more: object) => ({
    ...held,
    condition: {
      of: 'position',
      event: 'sos',
      flags: [],
      area: [],
      dwellS: null,
      dwellM: null,
      schemes: [],
      ...more,
    } as never,
  });
  const ring = [
    [
      [118, 32],
      [119, 32],
      [119, 33],
      [118, 32],
    ],
  ];
  it('may be about anything but the room', () => {
    for (const rule of seededRules)
      expect([rule.id, ruleFault(null, rule)]).toEqual([rule.id, rule.id === 'alarm-flood' ? 'condition' : null]);
    const feed: SimpleCondition = { of: 'feed', states: ['down'] };
    expect(ruleFault(null, { ...held, condition: { any: [feed, held.condition as never] } })).toBe('condition');
  });
  it.each([
    ['flags', { event: 'flag' }],
    ['area', { event: 'inside' }],
    ['area', { event: 'outside' }],
    ['dwellS', { event: 'dwell', area: ring }],
  ])('says that %s is missing', (fault, more) => {
    expect(ruleFault(null, position(more))).toBe(fault);
  });
  it('is whole', () => {
    expect(ruleFault(null, position({ event: 'inside', area: ring }))).toBeNull();
    const blank = { 'zh-CN': '', en: '' };
    expect(ruleFault(null, { ...held, action: blank })).toBe('action');
    expect(ruleFault(null, { ...held, consequence: blank })).toBe('consequence');
    expect(ruleFault(null, { ...held, action: blank, consequence: blank, raises: 'status' })).toBeNull();
    expect(ruleFault(null, { ...held, source: { text: blank, verified: true } })).toBe('source');
    expect(ruleFault(null, { ...held, source: { text: blank, verified: false } })).toBeNull();
  });
});
