import type { QualityFlag } from '@/server/wire/record.ts';
import type { AisMessage } from './message.ts';

const aheadMs = 5 * 60_000;
const lateMs = 10 * 60_000;
const yearMs = 366 * 86_400_000;
const firstYear = Date.UTC(2010, 0, 1);
/** A receiver's clock may be a little behind the satellites'. */
const slackMs = 10_000;

export type Clock = {
  readonly observedAt: number | null;
  readonly sourceAt: number | null;
  readonly relayedAt: number | null;
  readonly flags: readonly QualityFlag[];
};

/** The last moment with this second of the minute that is not after `base` (and a little slack). */
export function alignSecond(base: number, second: number): number {
  const at = Math.floor(base / 60_000) * 60_000 + second * 1000;
  return at > base + slackMs ? at - 60_000 : at;
}

/**
 * Positions carry only their second of the minute: the rest comes from who heard it, the relay (tag block, remarks) or we ourselves.
 * Base stations send the whole time. Without any clock but the second, nothing is known.
 */
export function readClock({ fields, carrier }: AisMessage, receivedAt: number | null): Clock {
  const flags: QualityFlag[] = [];
  const relayedAt = carrier.heardAt;
  const possible = (at: number): boolean => at >= firstYear && (receivedAt === null || at <= receivedAt + yearMs);
  const trusted = relayedAt !== null && possible(relayedAt) ? relayedAt : null;
  if (relayedAt !== null && trusted === null) flags.push('clock_invalid');
  const base = trusted ?? receivedAt;

  const { second } = fields;
  const stated = statedTime(fields);
  if (stated !== null && !possible(stated)) flags.push('clock_invalid');
  const aligned = typeof second === 'number' && second < 60 && base !== null ? alignSecond(base, second) : null;
  const sourceAt = stated === null ? aligned : possible(stated) ? stated : null;
  const observedAt = sourceAt ?? base;
  if (observedAt !== null && receivedAt !== null) {
    if (observedAt > receivedAt + aheadMs) flags.push('clock_ahead');
    if (observedAt < receivedAt - lateMs) flags.push('late');
  }
  return { observedAt, sourceAt, relayedAt: trusted, flags };
}

function statedTime({ year, month, day, hour, minute, utcSecond }: AisMessage['fields']): number | null {
  const parts = [year, month, day, hour, minute, utcSecond];
  if (!parts.every((part) => typeof part === 'number')) return null;
  const at = new Date(0);
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (at.getUTCMonth() !== Number(month) - 1) return null;
  return at.setUTCHours(Number(hour), Number(minute), Number(utcSecond));
}
