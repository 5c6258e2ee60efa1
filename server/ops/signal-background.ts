import { distanceM } from '@/server/domain/distance.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { numbersOf } from '@/server/domain/transfer.ts';
import type { ReadTx } from '@/server/store/store.ts';

type Known = Pick<Incident, 'id' | 'number' | 'title' | 'state'>;
/** Another signal of the last day by the same line, or about the same place. */
export type EarlierCall = {
  readonly signal: string;
  readonly at: number;
  readonly same: 'line' | 'place';
  readonly title: string;
  readonly incident: Known | null;
};
export type SignalBackground = {
  readonly earlier: readonly EarlierCall[];
  /** How many there are besides those that are named. */
  readonly more: number;
  /** Incidents of ours whose number it names. */
  readonly named: readonly Known[];
};

const withinMs = 24 * 3_600_000;
const nearM = 60;
const most = 8;
const kinds = ['call', 'case', 'sos', 'report'];

/** One line written in several ways; short service numbers and withheld lines are nobody's. */
export function lineOf(from: string | null): string | null {
  const digits = (from ?? '')
    .normalize('NFKC')
    .replace(/^(?:\+|00)86/, '')
    .replace(/[^\d*]/g, '');
  return digits.includes('*') || digits.length < 7 ? null : digits.replace(/^0+(?=1[3-9]\d{9}$)/, '');
}

const linesOf = (signal: Signal) => new Set(signal.callers.flatMap(({ from }) => lineOf(from) ?? []));

export function sameAs(of: Signal, other: Signal): EarlierCall['same'] | null {
  const lines = linesOf(of);
  if ([...linesOf(other)].some((line) => lines.has(line))) return 'line';
  const [here, there] = [of.place.lonLat, other.place.lonLat];
  if (here && there) return distanceM(here, there) <= nearM ? 'place' : null;
  return of.place.text.trim().length > 3 && of.place.text.trim() === other.place.text.trim() ? 'place' : null;
}

const known = ({ id, number, title, state }: Incident): Known => ({ id, number, title, state });

/** Who has called before, from where others have, and what of ours the words refer to. */
export async function signalBackground(tx: ReadTx, id: string): Promise<SignalBackground | null> {
  const found = await tx.find('signal', id);
  if (!found) return null;
  const of = found.state;
  const rows = await tx.query<{ body: Signal }>(
    `select body from signal where changed_at >= $1 and id <> $2 and body->>'kind' = any($3)
      order by changed_at desc limit 3000`,
    [tx.now - withinMs, id, kinds],
  );
  const earlier = rows
    .flatMap(({ body }) => {
      const same = body.receivedAt >= of.receivedAt - withinMs ? sameAs(of, body) : null;
      return same ? [{ body, same }] : [];
    })
    .sort((a, b) => a.same.localeCompare(b.same) || b.body.receivedAt - a.body.receivedAt);
  const shown = earlier.slice(0, most);
  const incidents = await tx.findAll(
    'incident',
    shown.flatMap(({ body }) => (body.incident ? [body.incident] : [])),
  );
  const numbers = numbersOf(of);
  const named = numbers.length
    ? await tx.query<{ body: Incident }>(`select body from incident where body->>'number' = any($1) limit 5`, [numbers])
    : [];
  return {
    earlier: shown.map(({ body, same }) => {
      const held = body.incident ? incidents.get(body.incident) : undefined;
      return {
        signal: body.id,
        at: body.observedAt ?? body.receivedAt,
        same,
        title: body.title || body.text.slice(0, 60),
        incident: held ? known(held.state) : null,
      };
    }),
    more: earlier.length - shown.length,
    named: named.map(({ body }) => known(body)),
  };
}
