import { createHash } from 'node:crypto';
import type { SignalId } from '@/server/domain/ids.ts';
import type { Warning } from '@/server/domain/warning.ts';
import type { Loaded, NewEvent, Tx } from '@/server/store/store.ts';
import type { AlertRecord } from '@/server/wire/record.ts';
import { eventsFor } from './op.ts';
import { type RecordSource, realityOfAlert, signalOfAlert } from './signal-of-record.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
/** `sender,identifier,sent`; one message has several records where it speaks several languages. */
const referenceOf = (record: AlertRecord) => record.dedupeKey.split(',').slice(0, 3).join(',').split('#')[0]!;
export const warningIdOf = (reference: string, language: string | null = null) =>
  `warn-${hash(`${reference}|${language ?? ''}`)}`;

type Held = Loaded<'warning'> & { readonly id: string };

async function referenced(tx: Tx, record: AlertRecord): Promise<Held[]> {
  if (record.references.length === 0) return [];
  const rows = await tx.query<{ id: string }>(`select id from warning where body->>'reference' = any($1)`, [
    record.references,
  ]);
  const ids = rows.map((row) => row.id).sort();
  const found = await tx.loadAll('warning', ids);
  return ids.flatMap((id) => {
    const held = found.get(id);
    return held ? [{ ...held, id }] : [];
  });
}

/** A later message about it that came first, e.g. its Cancel over another channel. */
async function endedBefore(tx: Tx, reference: string): Promise<boolean> {
  const rows = await tx.query(`select 1 from warning where body->'references' ? $1 limit 1`, [reference]);
  return rows.length > 0;
}

const warningOf = (
  record: AlertRecord,
  source: RecordSource,
  named: { id: string; signal: string | null },
): Warning => ({
  id: named.id,
  reference: referenceOf(record),
  references: record.references.slice(0, 500),
  feed: source.feed,
  event: record.event,
  headline: (record.headline ?? record.event).slice(0, 2_000),
  text: record.text ?? '',
  areaText: record.areas
    .map((area) => area.description)
    .filter(Boolean)
    .join('、')
    .slice(0, 2_000),
  colour: record.colour,
  severity: record.severity,
  reality: realityOfAlert(record, source),
  geometry: record.geometry as Warning['geometry'],
  sentAt: record.sourceAt,
  onsetAt: record.onsetAt ?? record.effectiveAt,
  expiresAt: record.expiresAt,
  receivedAt: source.receivedAt,
  signal: named.signal as SignalId | null,
  state: 'inForce',
});

/** CAP 1.2 §3.2.1: an Update replaces, a Cancel ends what it refers to; one warning stays one signal through its updates. */
export async function receiveAlert(tx: Tx, record: AlertRecord, source: RecordSource): Promise<NewEvent[]> {
  if (record.msgType === 'Ack' || record.msgType === 'Error' || record.status === 'Draft') return [];
  const before = await referenced(tx, record);
  const reference = referenceOf(record);
  const id = warningIdOf(reference, record.language);
  const at = tx.now;
  const ending = record.msgType === 'Cancel' ? 'warningCancelled' : 'warningSuperseded';
  const ended = before
    .filter((held) => held.state.state === 'inForce')
    .flatMap((held) => eventsFor('warning', held.id, [{ kind: ending, content: { by: reference, at } }]));
  const signalId = before.map((held) => held.state.signal).find((held) => held !== null) ?? `warn-${hash(reference)}`;
  const held = await tx.load('signal', signalId);

  const warning = warningOf(record, source, { id, signal: signalId });
  const state =
    record.msgType === 'Cancel' ? 'cancelled' : (await endedBefore(tx, reference)) ? 'superseded' : 'inForce';
  const issued = (await tx.load('warning', id))
    ? []
    : eventsFor('warning', id, [{ kind: 'warningIssued', content: { warning: { ...warning, state } } }]);
  if (record.msgType === 'Cancel') {
    const by = { id: tx.actor.id, name: source.feed };
    const dismissed =
      held?.state.state === 'open'
        ? eventsFor('signal', signalId, [
            { kind: 'signalDismissed', content: { reason: '预警已解除 warning cancelled', by } },
          ])
        : [];
    return [...issued, ...ended, ...dismissed];
  }
  if (state !== 'inForce') return [...issued, ...ended];
  const signal = signalOfAlert(signalId, record, source);
  const kind = held ? 'signalRevised' : 'signalReceived';
  return [...issued, ...ended, ...eventsFor('signal', signalId, [{ kind, content: { signal } }])];
}
