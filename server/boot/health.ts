import type { Store } from '@/server/store/store.ts';

export type Readiness = { readonly ready: boolean; readonly reasons: readonly string[] };

const longestUnsealedMs = 5_000;

/** Whether requests should be sent here, and if not, why not. `stopping` comes first: nothing new is taken then. */
export function readiness(store: Pick<Store, 'health'>, stopping: boolean): Readiness {
  const health = store.health();
  const reasons = [
    ...(stopping ? ['the server is stopping'] : []),
    ...health.reasons,
    ...(health.unsealedMs > longestUnsealedMs
      ? [`events wait for their number since ${Math.round(health.unsealedMs / 1000)} s`]
      : []),
  ];
  return { ready: reasons.length === 0, reasons };
}
