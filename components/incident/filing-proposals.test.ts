import { expect, it } from 'vitest';
import { nowhere } from '@/server/domain/place.ts';
import type { FilingDraft } from './filing-form.tsx';
import { proposalsFor } from './filing-proposals.ts';
import { answerOfKey } from './protocol-panel.tsx';

const draft = (more: Partial<FilingDraft>): FilingDraft => ({
  title: '',
  text: '',
  kind: null,
  place: nowhere,
  priority: null,
  answers: {},
  ...more,
});

it('the story proposes kinds, a card and a grade', () => {
  const found = proposalsFor(draft({ text: '商场建筑火灾，3人死亡' }), false);
  expect(found.kinds[0]).toBe('statutory.fire.building');
  expect(found.card?.id).toBe('fire');
  expect(found.grade).toMatchObject({ grade: 'III', counted: 3 });
});

it('a chosen kind is left alone by the story; an answer may contradict it', () => {
  const chosen = draft({ text: '电梯困人', kind: 'statutory.flood.waterlogging' });
  expect(proposalsFor(chosen, true).kinds).toEqual([]);
  expect(proposalsFor({ ...chosen, answers: { where: 'underpass' } }, true).kinds).toEqual([
    'statutory.flood.underpass',
  ]);
});

it('a priority is proposed upwards only, and not again once it stands', () => {
  const of = draft({ kind: 'statutory.flood.waterlogging', answers: { trapped: '1' } });
  expect(proposalsFor(of, true).priority).toBe('P1');
  expect(proposalsFor({ ...of, priority: 'P1' }, true).priority).toBeNull();
  expect(proposalsFor({ ...of, answers: { depth: 'knee' } }, true).priority).toBeNull();
});

it('an answered number stands before the story', () => {
  const of = draft({ kind: 'statutory.fire.building', text: '12人被困', answers: { trapped: '3' } });
  expect(proposalsFor(of, true).grade?.grade).toBe('IV');
});

it('keys answer: y, n and figures, also the other width of hand', () => {
  const yesNo = { id: 'a', ask: { 'zh-CN': '', en: '' }, answer: 'yesNo' } as const;
  expect(['y', 'N', '1', 'x'].map((key) => answerOfKey(yesNo, key))).toEqual(['yes', 'no', 'yes', null]);
  const choice = {
    ...yesNo,
    answer: 'choice',
    choices: [
      { id: 'p', label: yesNo.ask },
      { id: 'q', label: yesNo.ask },
    ],
  } as const;
  expect(['1', '2', '3', '0'].map((key) => answerOfKey(choice, key))).toEqual(['p', 'q', null, null]);
});
