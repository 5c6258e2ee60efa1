import type { GradeFactName, GradeFacts } from './grade-rules.ts';
import type { CitedSource } from './plan.ts';
import { higherPriority, type Priority } from './scale.ts';

/** Questions to a caller for one kind of incident, in the order they matter. Data: what an answer changes stands beside it. */
export type Said = { readonly 'zh-CN': string; readonly en: string };

/** What an answer proposes. Never more than a proposal: the operator's own choice stands. */
export type CardEffect = {
  readonly kind?: string;
  readonly priority?: Priority;
  /** Said to the caller at once. */
  readonly tell?: Said;
};
type Asked = { readonly id: string; readonly ask: Said };
export type CardQuestion =
  | (Asked & { readonly answer: 'yesNo'; readonly yes?: CardEffect; readonly no?: CardEffect })
  | (Asked & {
      readonly answer: 'number';
      readonly fact?: GradeFactName;
      /** From so many on. */
      readonly from?: { readonly least: number; readonly effect: CardEffect };
    })
  | (Asked & {
      readonly answer: 'choice';
      readonly choices: readonly ({ readonly id: string; readonly label: Said } & CardEffect)[];
    })
  | (Asked & { readonly answer: 'text' });

export type ProtocolCard = {
  readonly id: string;
  /** Codes, or beginnings of codes; the longest one that fits wins. */
  readonly kinds: readonly string[];
  readonly title: Said;
  readonly questions: readonly CardQuestion[];
  /** For every caller about this. */
  readonly advice: readonly Said[];
  readonly source: CitedSource;
};

/** `yes`, `no`, a number, the id of a choice, or words; what is not answered is not there. */
export type CardAnswers = Readonly<Record<string, string>>;
export type CardLocale = keyof Said;

const yesNo: Readonly<Record<string, Said>> = { yes: { 'zh-CN': '是', en: 'yes' }, no: { 'zh-CN': '否', en: 'no' } };
const numberOf = (answer: string): number | null => (/^\d{1,7}$/.test(answer) ? Number(answer) : null);

/** In words; null where the answer does not fit the question (an older card's). */
export function answerInWords(question: CardQuestion, answer: string | undefined, locale: CardLocale): string | null {
  if (!answer?.trim()) return null;
  if (question.answer === 'yesNo') return yesNo[answer]?.[locale] ?? null;
  if (question.answer === 'choice') return question.choices.find(({ id }) => id === answer)?.label[locale] ?? null;
  if (question.answer === 'number') return numberOf(answer) === null ? null : String(Number(answer));
  return answer.trim().replace(/\s+/g, ' ');
}

function effectOf(question: CardQuestion, answer: string): CardEffect | null {
  switch (question.answer) {
    case 'yesNo':
      return (answer === 'yes' ? question.yes : answer === 'no' ? question.no : null) ?? null;
    case 'choice':
      return question.choices.find(({ id }) => id === answer) ?? null;
    case 'number': {
      const number = numberOf(answer);
      return question.from && number !== null && number >= question.from.least ? question.from.effect : null;
    }
    default:
      return null;
  }
}

export type CardReading = {
  readonly kind: string | null;
  readonly priority: Priority | null;
  readonly facts: Partial<GradeFacts>;
  readonly tell: readonly Said[];
};

/** What the answers so far propose: the last kind, the highest priority, the numbers, what to tell the caller. */
export function readCard(card: ProtocolCard, answers: CardAnswers): CardReading {
  let reading: CardReading = { kind: null, priority: null, facts: {}, tell: [] };
  for (const question of card.questions) {
    const answer = answers[question.id];
    if (answer === undefined) continue;
    const effect = effectOf(question, answer);
    const number = question.answer === 'number' ? numberOf(answer) : null;
    reading = {
      kind: effect?.kind ?? reading.kind,
      priority: effect?.priority
        ? reading.priority
          ? higherPriority(reading.priority, effect.priority)
          : effect.priority
        : reading.priority,
      facts:
        question.answer === 'number' && question.fact && number !== null
          ? { ...reading.facts, [question.fact]: number }
          : reading.facts,
      tell: effect?.tell ? [...reading.tell, effect.tell] : reading.tell,
    };
  }
  return reading;
}

const mark = '· ';
const lineOf = (question: CardQuestion, words: string, locale: CardLocale) => `${mark}${question.ask[locale]} ${words}`;
const startsOf = (question: CardQuestion) =>
  (['zh-CN', 'en'] as const).map((locale) => `${mark}${question.ask[locale]} `);

/** The story with the answers in words, a line each; a question that was answered before gets the new answer in its place. */
export function writeAnswers(
  text: string,
  { card, answers, locale }: { card: ProtocolCard; answers: CardAnswers; locale: CardLocale },
): string {
  let lines = text === '' ? [] : text.split('\n');
  for (const question of card.questions) {
    const words = answerInWords(question, answers[question.id], locale);
    if (words === null) continue;
    const line = lineOf(question, words, locale);
    const at = lines.findIndex((held) => startsOf(question).some((start) => held.startsWith(start)));
    lines = at < 0 ? [...lines, line] : lines.with(at, line);
  }
  return lines.join('\n');
}

/** The answers that a story holds in words, as `writeAnswers` put them there; another operator goes on where one stopped. */
export function answersIn(text: string, card: ProtocolCard): CardAnswers {
  const found: Record<string, string> = {};
  for (const line of text.split('\n')) {
    for (const question of card.questions) {
      const start = startsOf(question).find((one) => line.startsWith(one));
      if (!start) continue;
      const words = line.slice(start.length).trim();
      const fits = (answer: string) =>
        (['zh-CN', 'en'] as const).some((locale) => answerInWords(question, answer, locale) === words);
      const answer =
        question.answer === 'yesNo'
          ? ['yes', 'no'].find(fits)
          : question.answer === 'choice'
            ? question.choices.find(({ id }) => fits(id))?.id
            : words;
      if (answer && answerInWords(question, answer, 'en') !== null) found[question.id] = answer;
    }
  }
  return found;
}
