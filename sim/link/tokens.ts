import { readFileSync } from 'node:fs';

export type Tokens = { of(source: string): string | null };

/** Tokens by source from a JSON file, read again when it is older than a few seconds: the server may write it after we start. */
export function tokensFrom(file: string, now: () => number, keepMs = 3_000): Tokens {
  let read: Readonly<Record<string, unknown>> = {};
  let readAt = Number.NEGATIVE_INFINITY;
  const refresh = () => {
    readAt = now();
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
      read = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
    } catch {
      // Not there yet, or half written: what was read before still counts.
    }
  };
  return {
    of(source) {
      if (now() - readAt >= keepMs) refresh();
      const token = read[source];
      return typeof token === 'string' && token.length > 0 ? token : null;
    },
  };
}
