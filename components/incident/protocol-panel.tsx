'use client';
import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import {
  type CardAnswers,
  type CardLocale,
  type CardQuestion,
  type ProtocolCard,
  readCard,
} from '@/server/domain/protocol-card.ts';

export type ProtocolPanelProps = {
  card: ProtocolCard;
  answers: CardAnswers;
  onAnswers: (answers: CardAnswers) => void;
};

const rowMark = 'data-question';

/** The key that gives an answer: y and n, the number of a choice. Null: not a key of this question. */
export function answerOfKey(question: CardQuestion, key: string): string | null {
  if (question.answer === 'yesNo') return { y: 'yes', n: 'no', '1': 'yes', '2': 'no' }[key.toLowerCase()] ?? null;
  if (question.answer === 'choice') return /^[1-9]$/.test(key) ? (question.choices[Number(key) - 1]?.id ?? null) : null;
  return null;
}

/** Questions to the caller beside the form: one key answers and goes on to the next. */
export function ProtocolPanel({ card, answers, onAnswers }: ProtocolPanelProps) {
  const t = useTranslations('incident.card');
  const locale: CardLocale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const list = useRef<HTMLOListElement>(null);
  const { tell } = readCard(card, answers);
  const rows = () => Array.from(list.current?.querySelectorAll<HTMLElement>(`[${rowMark}]`) ?? []);
  const put = (question: CardQuestion, answer: string) => {
    const { [question.id]: _before, ...others } = answers;
    onAnswers(answer === '' ? others : { ...others, [question.id]: answer });
  };
  function go(from: number, step: 1 | -1) {
    const row = rows()[from + step];
    (row?.querySelector<HTMLElement>('input') ?? row)?.focus();
  }
  useHotkeys([
    {
      chord: 'alt+q',
      label: t('focus'),
      group: t('title'),
      inField: true,
      run: () => {
        const first = card.questions.findIndex(({ id }) => answers[id] === undefined);
        go(Math.max(0, first) - 1, 1);
      },
    },
  ]);

  function onKey(event: KeyboardEvent, question: CardQuestion, index: number) {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const inField = event.target instanceof HTMLInputElement;
    const answer = inField ? null : answerOfKey(question, event.key);
    if (answer !== null) {
      put(question, answer);
      go(index, 1);
    } else if (event.key === 'ArrowDown' || (event.key === 'Enter' && inField)) go(index, 1);
    else if (event.key === 'ArrowUp') go(index, -1);
    else if (event.key === 'Backspace' && !inField) put(question, '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section aria-label={t('title')} className="rounded-md border border-line bg-sunken/60 p-2.5">
      <h3 className="mb-1 flex items-baseline gap-2 text-xs font-medium text-ink-soft">
        {t('for', { kind: card.title[locale] })}
        <span aria-hidden className="text-2xs font-normal text-ink-faint">
          Alt+Q
        </span>
        <span className="ms-auto text-2xs font-normal text-ink-faint" title={card.source.text[locale]}>
          {t(card.source.verified ? 'verified' : 'unverified')}
        </span>
      </h3>
      <ol ref={list} className="flex flex-col gap-1">
        {card.questions.map((question, index) => (
          <li
            key={question.id}
            {...{ [rowMark]: question.id }}
            tabIndex={question.answer === 'number' || question.answer === 'text' ? -1 : 0}
            className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-sm px-1 py-0.5 text-sm focus:bg-hover focus:outline-2 focus:outline-accent"
            onKeyDown={(event) => onKey(event, question, index)}
          >
            <span className="min-w-0 flex-1 basis-36">{question.ask[locale]}</span>
            <Answer
              question={question}
              value={answers[question.id] ?? ''}
              locale={locale}
              onPut={(value) => put(question, value)}
            />
          </li>
        ))}
      </ol>
      {[...tell, ...card.advice].length ? (
        <ul
          aria-label={t('tell')}
          aria-live="polite"
          className="mt-1.5 border-t border-line pt-1.5 text-xs text-ink-soft"
        >
          {[...tell, ...card.advice].map((said) => (
            <li key={said.en} className={cn(tell.includes(said) && 'font-medium text-ink')}>
              {said[locale]}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

type AnswerProps = { question: CardQuestion; value: string; locale: CardLocale; onPut: (value: string) => void };

function Answer({ question, value, locale, onPut }: AnswerProps) {
  const t = useTranslations('incident.card');
  if (question.answer === 'number' || question.answer === 'text')
    return (
      <Input
        aria-label={question.ask[locale]}
        inputMode={question.answer === 'number' ? 'numeric' : undefined}
        maxLength={question.answer === 'number' ? 7 : 300}
        className={cn('h-7 text-sm', question.answer === 'number' ? 'w-20' : 'w-40')}
        value={value}
        onChange={(event) => {
          const next = event.target.value;
          // Full-width figures of an input method are figures.
          onPut(question.answer === 'number' ? next.normalize('NFKC').replace(/\D/g, '') : next);
        }}
      />
    );
  const offered =
    question.answer === 'yesNo'
      ? [
          { id: 'yes', label: t('yes'), key: 'Y' },
          { id: 'no', label: t('no'), key: 'N' },
        ]
      : question.choices.map((choice, index) => ({
          id: choice.id,
          label: choice.label[locale],
          key: String(index + 1),
        }));
  return (
    <span className="flex flex-wrap gap-1">
      {offered.map(({ id, label, key }) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          aria-pressed={value === id}
          className={cn(
            'inline-flex h-6 items-center gap-1 rounded-sm border border-line px-1.5 text-xs text-ink-soft hover:bg-hover',
            value === id && 'border-accent bg-accent-wash font-medium text-accent-text',
          )}
          onClick={() => onPut(value === id ? '' : id)}
        >
          {label}
          <span aria-hidden className="text-2xs opacity-75">
            {key}
          </span>
        </button>
      ))}
    </span>
  );
}
