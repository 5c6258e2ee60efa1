import { z } from 'zod';
import type { EngineRefusal, EngineState } from './travel-time.ts';

export type ServiceOptions = {
  readonly url: string;
  readonly now: () => number;
  readonly timeoutMs?: number;
  /** After a fault nobody is asked for this long, so that each query does not wait for the timeout again. */
  readonly restMs?: number;
};
export type Service = {
  state(): EngineState;
  ask<T>(request: { path: string; body?: unknown; shape: z.ZodType<T> }): Promise<T | EngineRefusal | Gap>;
};
export type Gap = { readonly gap: 'off-road' | 'no-way' };

/** What the services say of a question, not of themselves: OSRM's `code`, Valhalla's `error_code`. */
const gapOf: Readonly<Record<string, Gap['gap']>> = {
  NoSegment: 'off-road',
  NoRoute: 'no-way',
  NoTable: 'no-way',
  171: 'off-road',
  442: 'no-way',
};
const refusal = z.object({
  code: z.string().optional(),
  error_code: z.number().optional(),
  message: z.string().optional(),
  error: z.string().optional(),
});

/** No answer to work with: the service failed, or says that the question has none. */
export const isWithout = (of: object): of is EngineRefusal | Gap => 'refused' in of || 'gap' in of;

const mostBytes = 16 * 1024 * 1024;

/** A routing service by HTTP: bounded in time and size, its faults kept as its state. */
export function openService({ url, now, timeoutMs = 1_500, restMs = 30_000 }: ServiceOptions): Service {
  const base = url.replace(/\/+$/, '');
  let fault: { at: number; since: number; reason: string } | null = null;
  const resting = () => fault !== null && now() - fault.at < restMs;

  function failed(reason: string): EngineRefusal {
    fault = { at: now(), since: fault?.since ?? now(), reason };
    return { refused: reason };
  }

  return {
    state: () => ({ ready: !resting(), since: fault?.since ?? null, reason: fault?.reason ?? null }),
    async ask({ path, body, shape }) {
      if (resting()) return { refused: fault?.reason ?? '' };
      try {
        const answer = await fetch(`${base}${path}`, {
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
          ...(body === undefined
            ? {}
            : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        });
        const text = await bounded(answer);
        const json: unknown = JSON.parse(text);
        const parsed = shape.safeParse(json);
        if (parsed.success && answer.ok) {
          fault = null;
          return parsed.data;
        }
        const said = refusal.safeParse(json).data;
        const gap = gapOf[String(said?.error_code ?? said?.code)];
        if (gap) return { gap };
        const words = said?.message ?? said?.error ?? 'an answer of another shape';
        return failed(`HTTP ${answer.status}: ${words.slice(0, 200)}`);
      } catch (error) {
        const timeout = error instanceof Error && error.name === 'TimeoutError';
        return failed(timeout ? `no answer within ${timeoutMs} ms` : 'no answer, or none that is JSON');
      }
    },
  };
}

async function bounded(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > mostBytes) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
