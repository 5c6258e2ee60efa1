import type { Random } from '../random.ts';
import { backoffMs } from './backoff.ts';

/** What a receiver said of a batch. `later`: keep it and try again, not before `afterMs` where the receiver says so. */
export type Verdict =
  | { readonly verdict: 'taken'; readonly refused: number; readonly reason: string | null }
  | { readonly verdict: 'refused'; readonly reason: string }
  | { readonly verdict: 'later'; readonly reason: string; readonly afterMs: number };

export type OutboxOptions<T> = {
  readonly name: string;
  readonly limit: number;
  readonly batch: number;
  readonly send: (batch: readonly T[]) => Promise<Verdict>;
  readonly told: (text: string) => void;
  readonly now: () => number;
  readonly rng: Random;
};

export type Outbox<T> = {
  put(entry: T): void;
  /** Sends what waits, one batch at a time and in order; does nothing while a batch is under way or a pause lasts. */
  flush(): Promise<void>;
  counts(): { waiting: number; sent: number; refused: number; dropped: number; failing: boolean };
};

/** A bounded, ordered box of what one source still has to say: nothing is lost while its receiver is away, until it overflows. */
export function outbox<T>(options: OutboxOptions<T>): Outbox<T> {
  const waiting: T[] = [];
  let [sent, refused, dropped, failures, notBefore] = [0, 0, 0, 0, 0];
  let busy = false;
  let said = '';

  const tell = (text: string) => {
    if (text !== said) options.told(`${options.name}：${text}`);
    said = text;
  };

  async function once(): Promise<boolean> {
    const batch = waiting.slice(0, options.batch);
    const kept = dropped;
    const verdict = await options.send(batch);
    if (verdict.verdict === 'later') {
      failures += 1;
      const pause = backoffMs(failures, { firstMs: 500, longestMs: 5_000 }, options.rng);
      notBefore = options.now() + Math.max(pause, verdict.afterMs);
      tell(`暂时送不出（${verdict.reason}），稍后重试`);
      return false;
    }
    // What overflowed meanwhile left from the front of the same batch.
    waiting.splice(0, Math.max(0, batch.length - (dropped - kept)));
    if (failures > 0) tell('恢复送达');
    failures = 0;
    if (verdict.verdict === 'taken') {
      sent += batch.length - verdict.refused;
      refused += verdict.refused;
    } else refused += batch.length;
    if (verdict.reason) tell(`有报文被拒收：${verdict.reason}`);
    return true;
  }

  return {
    put(entry) {
      waiting.push(entry);
      if (waiting.length <= options.limit) return;
      waiting.shift();
      dropped += 1;
    },
    async flush() {
      if (busy || options.now() < notBefore) return;
      busy = true;
      try {
        while (waiting.length > 0 && (await once())) {
          // Goes on until the box is empty or the receiver wants a pause.
        }
      } finally {
        busy = false;
      }
    },
    counts: () => ({ waiting: waiting.length, sent, refused, dropped, failing: failures > 0 }),
  };
}
