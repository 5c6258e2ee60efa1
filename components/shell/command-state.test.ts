import { describe, expect, it } from 'vitest';
import { refused } from '@/server/domain/refusal.ts';
import { type CommandSignal, type CommandState, nextCommandState } from './command-state.ts';

const reached = (...signals: CommandSignal<string>[]) =>
  signals.reduce<CommandState<string>>(nextCommandState, { step: 'idle' });

describe('a command in the browser', () => {
  it('is saved only by an answer', () => {
    expect(reached({ kind: 'send', id: 'a' })).toEqual({ step: 'sending', id: 'a', attempt: 1 });
    expect(reached({ kind: 'send', id: 'a' }, { kind: 'answer', id: 'a', answer: 'ok' })).toEqual({
      step: 'saved',
      id: 'a',
      answer: 'ok',
    });
  });

  it('keeps its id through timeouts, losses and retries', () => {
    const state = reached(
      { kind: 'send', id: 'a' },
      { kind: 'timeout', id: 'a' },
      { kind: 'retry' },
      { kind: 'lost', id: 'a' },
      { kind: 'retry' },
    );
    expect(state).toEqual({ step: 'sending', id: 'a', attempt: 3 });
  });

  it('takes an answer that comes after it was called unconfirmed', () => {
    const refusal = refused('unit_taken');
    expect(
      reached({ kind: 'send', id: 'a' }, { kind: 'timeout', id: 'a' }, { kind: 'refusal', id: 'a', refusal }),
    ).toEqual({ step: 'refused', id: 'a', refusal });
  });

  it('is not sent twice while one is open, and hears nothing of an older one', () => {
    expect(reached({ kind: 'send', id: 'a' }, { kind: 'send', id: 'b' })).toMatchObject({ id: 'a' });
    const second = reached(
      { kind: 'send', id: 'a' },
      { kind: 'answer', id: 'a', answer: '1' },
      { kind: 'send', id: 'b' },
      { kind: 'answer', id: 'a', answer: '2' },
    );
    expect(second).toEqual({ step: 'sending', id: 'b', attempt: 1 });
  });

  it('cannot be forgotten while it is open', () => {
    expect(reached({ kind: 'send', id: 'a' }, { kind: 'reset' })).toMatchObject({ step: 'sending' });
    expect(reached({ kind: 'send', id: 'a' }, { kind: 'answer', id: 'a', answer: '' }, { kind: 'reset' })).toEqual({
      step: 'idle',
    });
  });
});
