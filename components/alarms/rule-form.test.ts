import { describe, expect, it } from 'vitest';
import type { Rule } from '@/server/domain/rule.ts';
import { seededRules } from '@/server/domain/seeded-rules.ts';
import { emptyCondition } from './condition-form.ts';
import { namesIn, numberIn, ringsIn, textOfRings } from './read-cell.ts';
import { emptyForm, formOfRule, freeId, type RuleForm, ruleOfForm } from './rule-form.ts';

const bare = ({ changed: _who, ...rule }: Rule) => rule;
const faultsOf = (form: RuleForm) => {
  const read = ruleOfForm(form, null);
  return 'faults' in read ? read.faults : null;
};
const level: RuleForm = {
  ...emptyForm('own-1'),
  titleZh: '河道水位过高',
  consequenceZh: '漫堤',
  actionZh: '巡堤',
  conditions: [{ ...emptyCondition('reading'), names: 'waterLevel', value: '8.5', unit: 'm', deadBand: '0.1' }],
};
const [condition] = level.conditions;
const withCondition = (more: object): RuleForm => ({ ...level, conditions: [{ ...condition!, ...more }] });

describe('a rule and its form', () => {
  it.each(seededRules.map((rule) => [rule.id, rule] as const))('%s comes back as it went in', (_id, rule) => {
    expect(ruleOfForm(formOfRule(bare(rule)), bare(rule))).toEqual({ rule: bare(rule) });
  });

  it('says what was written, and in both languages what was said in one', () => {
    expect(ruleOfForm(level, null)).toMatchObject({
      rule: {
        id: 'own-1',
        title: { 'zh-CN': '河道水位过高', en: '河道水位过高' },
        condition: { of: 'reading', properties: ['waterLevel'], value: 8.5, unit: 'm', deadBand: 0.1 },
        respondWithinS: null,
        source: { verified: false },
      },
    });
  });

  it('joins several conditions by all or any', () => {
    const conditions = [condition!, { ...condition!, names: 'flow', value: '900', unit: 'm3/s' }];
    expect(ruleOfForm({ ...level, conditions, join: 'all' }, null)).toMatchObject({
      rule: { condition: { all: [{ value: 8.5 }, { value: 900 }] } },
    });
    expect(ruleOfForm({ ...level, conditions }, null)).toMatchObject({ rule: { condition: { any: [{}, {}] } } });
  });

  it('names each field that is wrong', () => {
    expect(faultsOf({ ...level, onDelayS: 'soon', respondWithinS: '-' })).toEqual({
      onDelayS: 'number',
      respondWithinS: 'number',
    });
    expect(faultsOf({ ...level, onDelayS: '-1' })).toEqual({ onDelayS: 'range' });
    expect(faultsOf({ ...level, respondWithinS: '0' })).toEqual({ respondWithinS: 'range' });
    expect(faultsOf({ ...level, id: 'Big One' })).toEqual({ id: 'code' });
    expect(faultsOf({ ...level, titleZh: ' ' })).toEqual({ titleZh: 'title' });
    expect(faultsOf({ ...level, actionZh: '' })).toEqual({ actionZh: 'action' });
    expect(faultsOf({ ...emptyForm('own-1'), verified: true })).toEqual({
      ...{ titleZh: 'title', consequenceZh: 'consequence', actionZh: 'action', source: 'source' },
      '0.value': 'number',
    });
    expect(faultsOf({ ...level, actionZh: '', consequenceZh: '', raises: 'status' })).toBeNull();
  });

  it('names the condition and its field', () => {
    expect(faultsOf(withCondition({ value: '' }))).toEqual({ '0.value': 'number' });
    expect(faultsOf(withCondition({ deadBand: '9' }))).toEqual({ '0.deadBand': 'deadBand' });
    expect(faultsOf(withCondition({ deadBand: '-1' }))).toEqual({ '0.condition': 'range' });
    expect(faultsOf(withCondition({ of: 'alert', names: '' }))).toEqual({ '0.names': 'missing' });
    expect(faultsOf(withCondition({ of: 'feed', states: [] }))).toEqual({ '0.states': 'missing' });
    expect(faultsOf(withCondition({ of: 'position', event: 'inside', area: '118 32' }))).toEqual({ '0.area': 'area' });
    expect(faultsOf(withCondition({ of: 'position', event: 'flag', names: '' }))).toEqual({ '0.flags': 'flags' });
    const second = { ...condition!, value: '1', deadBand: '2' };
    expect(faultsOf({ ...level, conditions: [condition!, second] })).toEqual({ '1.deadBand': 'deadBand' });
  });
});

describe('cells', () => {
  it('read numbers, names and areas as people write them', () => {
    expect([numberIn(' 1.5 '), numberIn(''), numberIn('1e999'), numberIn('x')]).toEqual([1.5, null, null, null]);
    expect(namesIn('PM2.5， SO2、SO2\n O3;')).toEqual(['PM2.5', 'SO2', 'O3']);
    const open = '118.7 32.0\n118.8,32.0\n118.8 32.1';
    expect(ringsIn(open)).toEqual([
      [
        [118.7, 32],
        [118.8, 32],
        [118.8, 32.1],
        [118.7, 32],
      ],
    ]);
    expect(ringsIn(textOfRings(ringsIn(`${open}\n\n${open}`) ?? []))).toHaveLength(2);
    expect(ringsIn('')).toEqual([]);
    for (const text of ['118 32\n119 32', '118\n1 2\n3 4', '118 32 5\n1 2\n3 4', 'a b\n1 2\n3 4'])
      expect(ringsIn(text)).toBeNull();
  });

  it('a free code is one that nobody has', () => {
    expect(freeId('own', new Set(['own-1']))).toBe('own-2');
    expect(freeId('own', new Set())).toBe('own-1');
    expect(freeId('rain-heavy', new Set(['rain-heavy']))).toBe('rain-heavy-2');
    expect(freeId('rain-heavy-2', new Set(['rain-heavy', 'rain-heavy-2']))).toBe('rain-heavy-3');
  });
});
