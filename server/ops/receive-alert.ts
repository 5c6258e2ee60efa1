import { createHash } from 'node:crypto';
import type { SignalId } from '@/server/domain/ids.ts';
import type { Warning } from '@/server/domain/warning.ts';
import type { Listed, NewEvent, Tx } from '@/server/store/store.ts';
import type { AlertRecord } from '@/server/wire/record.ts';
import { type AlertStanding, alertEndsAt, referenceOf, type Settled, settleAlert } from './alert-lifecycle.ts';
import { eventsFor } from './op.ts';
import { type RecordSource, realityOfAlert, signalOfAlert } from './signal-of-record.ts';

/** An alert that states no end is taken down after a day [prov]: a forgotten warning must not look like one in force. */
const defaultLifeMs = 24 * 3_600_000;
/** How far back a message may refer. */
const memoryMs = 30 * 24 * 3_600_000;

const idOf = (text: string) => `warn-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;

type Held = Listed<'warning'>;

const standingOf = ({ state }: Held): AlertStanding => ({
  dedupeKey: state.dedupeKey,
  reference: state.reference,
  sender: state.sender,
  status: state.status,
  msgType: state.msgType,
  references: state.references,
  endsAt: state.expiresAt,
  state: state.state === 'notice' ? 'inForce' : state.state,
  by: null,
});

const stateOf = (settled: Settled): Warning['state'] =>
  settled.outcome === 'superseded' || settled.outcome === 'cancelled' || settled.outcome === 'notice'
    ? settled.outcome
    : 'inForce';

const areaText = (record: AlertRecord) =>
  record.areas
    .map((area) => area.description)
    .filter(Boolean)
    .join('、')
    .slice(0, 2_000);

const warningOf = (
  record: AlertRecord,
  source: RecordSource,
  named: Pick<Warning, 'id' | 'signal' | 'state'>,
): Warning => ({
  ...named,
  reference: referenceOf(record.dedupeKey),
  references: record.references.slice(0, 500),
  dedupeKey: record.dedupeKey,
  sender: record.subject.key,
  msgType: record.msgType,
  status: record.status,
  language: record.language,
  feed: source.feed,
  event: record.event,
  headline: (record.headline ?? record.event).slice(0, 2_000),
  text: record.text ?? '',
  areaText: areaText(record),
  colour: record.colour,
  severity: record.severity,
  reality: realityOfAlert(record, source),
  geometry: record.geometry,
  sentAt: record.sourceAt,
  onsetAt: record.onsetAt ?? record.effectiveAt,
  expiresAt: alertEndsAt(record, defaultLifeMs),
  receivedAt: source.receivedAt,
});

/** What becomes of the open signals of warnings that were cancelled: nobody needs to look at them any more. */
async function dismissals(tx: Tx, source: RecordSource, signals: readonly string[]): Promise<NewEvent[]> {
  const held = await tx.loadAll('signal', signals);
  const by = { id: tx.actor.id, name: source.feed };
  return [...held].flatMap(([id, { state }]) =>
    state.state === 'open'
      ? eventsFor('signal', id, [{ kind: 'signalDismissed', content: { reason: '预警已解除', by } }])
      : [],
  );
}

/**
 * CAP 1.2 §3.2.1: an Update replaces and a Cancel ends what it refers to, in whatever order they arrive. One warning stays one
 * signal through its updates and its languages; what people decided about it stays.
 */
export async function receiveAlert(tx: Tx, record: AlertRecord, source: RecordSource): Promise<NewEvent[]> {
  if (record.status === 'Draft') return [];
  const recent = await tx.list('warning', { changedSince: tx.now - memoryMs, limit: 5_000 });
  const known = recent.filter(({ state }) => state.feed === source.feed);
  const settled = settleAlert(known.map(standingOf), record, { now: tx.now, defaultLifeMs });
  if (!settled.standing) return [];

  const reference = referenceOf(record.dedupeKey);
  const byKey = new Map(known.map((held) => [held.state.dedupeKey, held]));
  const ended = settled.changes.flatMap((change) => {
    const held = byKey.get(change.dedupeKey);
    return held ? [{ held, change }] : [];
  });
  const endings = ended.flatMap(({ held, change }) => {
    const kind = change.state === 'cancelled' ? 'warningCancelled' : 'warningSuperseded';
    return eventsFor('warning', held.id, [{ kind, content: { by: change.by, at: tx.now } }]);
  });

  const state = stateOf(settled);
  const sameMessage = known.find((held) => held.state.reference === reference)?.state.signal ?? null;
  const inherited = ended.map(({ held }) => held.state.signal).find((signal) => signal !== null) ?? sameMessage;
  const speaks = settled.outcome === 'inForce';
  const signalId = speaks ? (inherited ?? (idOf(reference) as SignalId)) : inherited;
  const warning = warningOf(record, source, { id: idOf(record.dedupeKey), signal: signalId, state });
  const issued = eventsFor('warning', warning.id, [{ kind: 'warningIssued', content: { warning } }]);

  if (record.msgType === 'Cancel') {
    const signals = ended.flatMap(({ held }) => held.state.signal ?? []);
    return [...issued, ...endings, ...(await dismissals(tx, source, [...new Set(signals)]))];
  }
  if (!speaks || !signalId) return [...issued, ...endings];
  const held = await tx.load('signal', signalId);
  // Another language of the same message: the city's own words stay.
  if (held && sameMessage && !record.language?.toLowerCase().startsWith('zh')) return [...issued, ...endings];
  const signal = signalOfAlert(signalId, record, source);
  const told = { kind: held ? 'signalRevised' : 'signalReceived', content: { signal } };
  return [...issued, ...endings, ...eventsFor('signal', signalId, [told])];
}
