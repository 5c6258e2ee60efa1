import type { AssistFallback, AssistNote } from '@/server/domain/assist.ts';
import { assistFallbacks } from '@/server/domain/assist.ts';
import { type AssistModel, isFault, type ModelFault } from './assist-model.ts';
import { asking, breakerLimits, closedBreaker, failed, mayAsk, succeeded } from './circuit-breaker.ts';

/** For screens and for whoever keeps the installation running. */
export type AssistState = {
  readonly state: 'off' | 'ready' | 'resting';
  readonly model: string | null;
  /** Where text goes: scheme, host and port of the endpoint. */
  readonly origin: string | null;
  readonly since: number | null;
  readonly reason: string | null;
  readonly asked: number;
  readonly used: number;
  /** Parts of answers that failed the check. */
  readonly dropped: number;
  readonly fallbacks: Readonly<Record<AssistFallback, number>>;
};

export type Use = {
  readonly what: 'propose' | 'brief';
  readonly who: string;
  readonly about: string | null;
  readonly characters: number;
};
export type Asked<T> = {
  readonly use: Use;
  readonly answer: T | null;
  readonly model: string | null;
  readonly fallback: AssistFallback | null;
  readonly detail: string | null;
  readonly tookMs: number;
};
export type AssistGate = {
  ask<T extends object>(
    use: Use,
    work: (model: AssistModel, signal: AbortSignal) => Promise<T | ModelFault>,
  ): Promise<Asked<T>>;
  /** How the check of the answer ended: counted and logged. */
  settle(asked: Asked<unknown>, note: AssistNote): void;
  state(): AssistState;
};

export type GateParts = {
  readonly model: AssistModel | null;
  readonly origin: string | null;
  readonly now: () => number;
  /** One line a use: who, about what, how much, whose words, how it ended. Never what was said. */
  readonly log: (message: string, facts: Record<string, unknown>) => void;
  readonly mostAtOnce?: number;
};

const mostAtOnce = 4;

/** Whether a model is asked at all: none there, resting after faults, too many at once. Knows nothing of what is asked. */
export function createAssistGate(parts: GateParts): AssistGate {
  const { model, now } = parts;
  let breaker = closedBreaker;
  let running = 0;
  const counts = { asked: 0, used: 0, dropped: 0 };
  const fallbacks = Object.fromEntries(assistFallbacks.map((name) => [name, 0])) as Record<AssistFallback, number>;
  /** A person who types on has no use for the answer to the half sentence before. */
  const proposing = new Map<string, AbortController>();

  function without<T>(use: Use, fallback: AssistFallback, detail: string | null): Asked<T> {
    return { use, answer: null, model: model?.name ?? null, fallback, detail, tookMs: 0 };
  }

  function judge(answer: object, before: typeof breaker): void {
    if (!isFault(answer)) breaker = succeeded();
    else if (answer.fault === 'superseded') breaker = before;
    else {
      const open = breaker.openedAt !== null;
      breaker = failed(breaker, answer.detail, { now: now() });
      if (!open && breaker.openedAt !== null)
        parts.log('the model is left alone for a while', { reason: answer.detail, restMs: breakerLimits.restMs });
    }
  }

  return {
    async ask<T extends object>(
      use: Use,
      work: (of: AssistModel, signal: AbortSignal) => Promise<T | ModelFault>,
    ): Promise<Asked<T>> {
      if (!model) return without(use, 'off', null);
      if (!mayAsk(breaker, now())) return without(use, 'resting', breaker.reason);
      if (running >= (parts.mostAtOnce ?? mostAtOnce)) return without(use, 'busy', null);
      const controller = new AbortController();
      if (use.what === 'propose') {
        proposing.get(use.who)?.abort();
        proposing.set(use.who, controller);
      }
      const before = breaker;
      breaker = asking(breaker, now());
      running += 1;
      counts.asked += 1;
      const began = performance.now();
      try {
        const answer = await work(model, controller.signal);
        judge(answer, before);
        const tookMs = performance.now() - began;
        const fault = isFault(answer) ? answer : null;
        return {
          use,
          answer: fault ? null : (answer as T),
          model: model.name,
          fallback: fault?.fault ?? null,
          detail: fault?.detail ?? null,
          tookMs,
        };
      } finally {
        running -= 1;
        if (proposing.get(use.who) === controller) proposing.delete(use.who);
      }
    },

    settle({ use, model: name, detail, tookMs }, note) {
      counts.dropped += note.dropped;
      if (note.fallback) fallbacks[note.fallback] += 1;
      else counts.used += 1;
      if (note.fallback === 'off') return;
      parts.log('assist', {
        ...use,
        model: name,
        source: note.source,
        fallback: note.fallback,
        detail,
        dropped: note.dropped,
        tookMs: Math.round(tookMs),
      });
    },

    state: () => ({
      state: !model ? 'off' : mayAsk(breaker, now()) ? 'ready' : 'resting',
      model: model?.name ?? null,
      origin: model ? parts.origin : null,
      since: breaker.openedAt,
      reason: breaker.reason,
      ...counts,
      fallbacks: { ...fallbacks },
    }),
  };
}
