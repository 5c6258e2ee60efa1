import { type Refusal, refuse } from '../refusal.ts';
import { itemsIn, textIn } from './manscdp.ts';
import type { CatalogProgress, Gb28181Message } from './message.ts';

/** Bounds of one connection; past them the oldest catalogue is no longer counted. */
export const catalogLimits = { catalogs: 32, idleMs: 5 * 60_000 };
/** A datagram is sent twice within half a minute (RFC 3261 §17.1.2); by then hardly more have come in between. */
const partsKept = 64;

type Counted = {
  readonly name: string;
  readonly total: number;
  readonly received: number;
  /** The last ones by request, so that a datagram sent twice counts once. */
  readonly parts: readonly string[];
  readonly at: number;
};
/** Unfinished ones, the longest silent first. */
export type Catalogs = ReadonlyMap<string, Counted>;
export const noCatalogs: Catalogs = new Map();

const gap = ({ name, total, received }: Counted): Refusal =>
  refuse('truncated', `${name}: ${received} of ${total} entries came`);

/**
 * An answer to a catalogue query comes in parts that share its SN and state the sum of all. Each part is read as it comes: one that is lost
 * costs its own cameras only, and is told.
 */
export function stepCatalog(
  before: Catalogs,
  { sip, body }: Gb28181Message,
  now: number,
): { catalogs: Catalogs; progress: CatalogProgress | null; expired: readonly Refusal[] } {
  const total = body?.root === 'Response' && body.command === 'Catalog' ? sumOf(textIn(body.values, 'SumNum')) : null;
  if (!body || total === null) return { catalogs: before, progress: null, expired: [] };
  const catalogs = new Map(before);
  const expired: Refusal[] = [];
  for (const [key, counted] of before)
    if (now - counted.at > catalogLimits.idleMs) {
      catalogs.delete(key);
      expired.push(gap(counted));
    }
  const key = `${body.deviceId}/${body.sn ?? ''}/${total}`;
  const items = itemsIn(body.values, 'DeviceList');
  const known = catalogs.get(key);
  const part = sip ? `${sip.callId}/${sip.sequence}` : items.map((item) => textIn(item, 'DeviceID')).join();
  const again = known?.parts.includes(part) ?? false;
  const received = (known?.received ?? 0) + (again ? 0 : items.length);
  catalogs.delete(key);
  if (received < total) {
    const parts = [...(known?.parts ?? []), part].slice(-partsKept);
    catalogs.set(key, { name: `catalogue ${body.sn ?? ''} of ${body.deviceId}`, total, received, parts, at: now });
  }
  while (catalogs.size > catalogLimits.catalogs) {
    const oldest = catalogs.keys().next().value as string;
    expired.push(gap(catalogs.get(oldest)!));
    catalogs.delete(oldest);
  }
  return { catalogs, progress: { received, total }, expired };
}

const sumOf = (text: string | null): number | null => (text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null);

export const catalogEnd = (catalogs: Catalogs): readonly Refusal[] => [...catalogs.values()].map(gap);
