import type { Incident } from './incident.ts';
import { type Decided, type Decision, decideIncident } from './incident-decide.ts';
import type { Signal } from './signal.ts';

/** To whom an incident is handed most often (国办发〔2022〕12号 for 110 and 12345); anybody else is named in words. */
export const receivers = ['12345', '110', '119', '120', '122'] as const;
export type Receiver = (typeof receivers)[number];
export const isReceiver = (to: string): to is Receiver => (receivers as readonly string[]).includes(to);

/** Numbers of ours that a text names, e.g. `20261124-0007`: they go with a transfer, and come back with the answer. */
export function numbersIn(...texts: readonly (string | null)[]): string[] {
  const found = texts.flatMap((text) => [
    ...(text ?? '').normalize('NFKC').matchAll(/(?<![\d-])(20\d{6})\s?[-‐‑–—－]\s?(\d{4,6})(?![\d-])/gu),
  ]);
  return [...new Set(found.map(([, day, count]) => `${day}-${count}`))];
}

export const numbersOf = (signal: Signal): string[] =>
  numbersIn(signal.source.key, signal.source.dedupeKey, signal.title, signal.text);

/**
 * A signal that names the number of an incident which was handed over brings it back: same number, same clocks. Nothing
 * happens to an incident that is not away.
 */
export function comeBack(of: Incident, signal: Signal, context: Decision): Decided {
  if (of.state !== 'transferred' || of.number === null || !numbersOf(signal).includes(of.number)) return [];
  return decideIncident(of, { move: 'takeBack', reason: `${of.transferredTo ?? ''} → ${signal.source.key}` }, context);
}
