'use client';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { toast } from '@/components/ui/toast.tsx';
import type { Refused } from '@/server/domain/refusal.ts';
import {
  type CommandSignal,
  type CommandState,
  confirmWithinMs,
  nextCommandState,
  retryWaitsMs,
} from './command-state.ts';
import { newId } from './new-id.ts';
import { refusalOf, wasAnswered } from './refusal.ts';
import { useRefusalWords } from './use-refusal-words.ts';

export type CommandOptions<Answer> = {
  /** What is said when it is saved; null says nothing. */
  saved?: string | null;
  onSaved?: (answer: Answer) => void;
  /** Return true where the screen says the refusal itself. */
  onRefused?: (refusal: Refused) => boolean | undefined;
};

export type Command<Input, Answer> = {
  state: CommandState<Answer>;
  busy: boolean;
  run: (input: Input) => void;
  reset: () => void;
};

/** Runs one command at a time: id made here, the same through every retry; the outcome is told in words. */
export function useCommand<Input, Answer>(
  send: (input: Input & { commandId: string }, signal: AbortSignal) => Promise<Answer>,
  options: CommandOptions<Answer> = {},
): Command<Input, Answer> {
  const [state, dispatch] = useReducer(nextCommandState<Answer>, { step: 'idle' } as CommandState<Answer>);
  const t = useTranslations('command');
  const words = useRefusalWords();
  const latest = useRef({ send, options, t, words });
  latest.current = { send, options, t, words };
  const open = useRef<{ id: string; input: Input } | null>(null);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);

  const attempt = useCallback(async (id: string, count: number) => {
    const now = open.current;
    if (!now || now.id !== id) return;
    const tell = (signal: CommandSignal<Answer>) => alive.current && dispatch(signal);
    const { t } = latest.current;
    const again = () => {
      if (open.current?.id !== id) return;
      tell({ kind: 'retry' });
      void attempt(id, count + 1);
    };
    const unsure = () => {
      tell({ kind: 'timeout', id });
      toast.warning(t('unconfirmed'), {
        id,
        description: t('unconfirmedHint'),
        duration: Number.POSITIVE_INFINITY,
        action: { label: t('retry'), onClick: again },
      });
    };
    const abort = new AbortController();
    const timer = setTimeout(unsure, confirmWithinMs);
    try {
      const answer = await latest.current.send({ ...now.input, commandId: id }, abort.signal);
      if (open.current?.id !== id) return;
      open.current = null;
      tell({ kind: 'answer', id, answer });
      const { options } = latest.current;
      if (options.saved === null || options.saved === undefined) toast.dismiss(id);
      else toast.success(options.saved, { id, description: undefined, duration: 4_000, action: undefined });
      options.onSaved?.(answer);
    } catch (error) {
      if (open.current?.id !== id) return;
      if (!wasAnswered(error)) {
        tell({ kind: 'lost', id });
        unsure();
        setTimeout(again, retryWaitsMs[Math.min(count, retryWaitsMs.length) - 1]);
        return;
      }
      open.current = null;
      const refusal = refusalOf(error) ?? { refused: 'internal' as const, detail: '' };
      tell({ kind: 'refusal', id, refusal });
      if (latest.current.options.onRefused?.(refusal)) toast.dismiss(id);
      else {
        const said = latest.current.words(refusal);
        toast.error(said.title, { id, description: said.text, duration: 9_000, action: undefined });
      }
    } finally {
      clearTimeout(timer);
    }
  }, []);

  const run = useCallback(
    (input: Input) => {
      if (open.current) return;
      const id = newId();
      open.current = { id, input };
      dispatch({ kind: 'send', id });
      void attempt(id, 1);
    },
    [attempt],
  );
  const reset = useCallback(() => dispatch({ kind: 'reset' }), []);
  return { state, busy: state.step === 'sending' || state.step === 'unconfirmed', run, reset };
}
