import { describe, expect, it } from 'vitest';
import { incidentKind, incidentKinds } from './incident-kind.ts';
import { answerInWords, answersIn, type CardQuestion, readCard, writeAnswers } from './protocol-card.ts';
import { cardFor, protocolCards } from './protocol-cards.ts';

const fire = cardFor('statutory.fire.building')!;
const waterlogging = cardFor('statutory.flood.waterlogging')!;

describe('the cards', () => {
  it('are there for what an operator hears most, and each is about kinds that exist', () => {
    expect(protocolCards.length).toBeGreaterThanOrEqual(10);
    expect(new Set(protocolCards.map(({ id }) => id)).size).toBe(protocolCards.length);
    for (const card of protocolCards)
      for (const code of card.kinds)
        expect(incidentKinds.some((kind) => kind.code === code || kind.code.startsWith(`${code}.`))).toBe(true);
  });

  it('propose kinds that exist, ask each thing once, in both languages, and name their source', () => {
    for (const card of protocolCards) {
      expect(new Set(card.questions.map(({ id }) => id)).size).toBe(card.questions.length);
      expect(new Set(card.questions.map(({ ask }) => ask['zh-CN'])).size).toBe(card.questions.length);
      expect(JSON.stringify(card)).not.toContain('""');
      for (const [, kind] of JSON.stringify(card.questions).matchAll(/"kind":"([^"]+)"/g))
        expect(incidentKind(kind!), kind).not.toBeNull();
      for (const question of card.questions)
        if (question.answer === 'choice') expect(question.choices.length).toBeLessThanOrEqual(9);
    }
  });

  it('the nearest card is taken; a kind without one has none', () => {
    expect(cardFor('statutory.health.poisoning')?.id).toBe('poisoning');
    expect(cardFor('statutory.fire.vehicle')?.id).toBe('fire');
    expect(cardFor('municipal.tree.fallen')).toBeNull();
    expect(cardFor(null)).toBeNull();
  });
});

describe('answers', () => {
  it('propose the kind, the highest priority, the numbers, and what to tell the caller', () => {
    expect(readCard(waterlogging, { where: 'underpass', trapped: '2', depth: 'knee' })).toMatchObject({
      kind: 'statutory.flood.underpass',
      priority: 'P1',
      facts: { trapped: 2 },
    });
    expect(readCard(fire, { out: 'no' }).tell).toHaveLength(1);
    expect(readCard(fire, { out: 'yes', trapped: '0' })).toEqual({
      kind: null,
      priority: null,
      facts: { trapped: 0 },
      tell: [],
    });
    expect(readCard(fire, { trapped: 'many', burning: 'sea', gone: 'yes' })).toMatchObject({ kind: null, facts: {} });
  });

  it('are written behind the story in words, a second answer in the place of the first', () => {
    const once = writeAnswers('三楼着火', { card: fire, answers: { trapped: '2', out: 'no' }, locale: 'zh-CN' });
    expect(once).toBe('三楼着火\n· 有几人被困？ 2\n· 您现在安全吗？ 否');
    const twice = writeAnswers(once, { card: fire, answers: { trapped: '3', floor: '3楼 ' }, locale: 'zh-CN' });
    expect(twice).toBe('三楼着火\n· 有几人被困？ 3\n· 您现在安全吗？ 否\n· 在几楼？共几层？ 3楼');
    expect(writeAnswers('', { card: fire, answers: {}, locale: 'en' })).toBe('');
  });

  it('are read back from the words, in either language', () => {
    const full = (question: CardQuestion) =>
      ({
        yesNo: 'no',
        number: '12',
        text: '几句话',
        choice: question.answer === 'choice' ? question.choices.at(-1)!.id : '',
      })[question.answer];
    for (const card of protocolCards)
      for (const locale of ['zh-CN', 'en'] as const) {
        const answers = Object.fromEntries(card.questions.map((question) => [question.id, full(question)]));
        expect(answersIn(writeAnswers('先前的话', { card, answers, locale }), card)).toEqual(answers);
      }
    expect(answersIn('· 有几人被困？ 很多', fire)).toEqual({});
    expect(answerInWords(fire.questions[0]!, 'sea', 'en')).toBeNull();
  });
});
