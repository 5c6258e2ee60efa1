import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { NewEvent, SeenVerdict, Tx } from '@/server/store/store.ts';
import type { CallRecord, CaseRecord, FeedRecord } from '@/server/wire/record.ts';
import { arrivedIn, fuseSignals, fusionTurn } from './fuse-signals.ts';
import { eventsFor, type OpDeps } from './op.ts';
import { receiveAlert } from './receive-alert.ts';
import { shortHash, signalIdOf } from './signal-id.ts';
import { type RecordSource, signalOfCall, signalOfCase } from './signal-of-record.ts';

type Judged = { readonly verdicts: readonly SeenVerdict[]; readonly signals: readonly string[] };
export type Receipt = Judged & { readonly records: readonly FeedRecord[] };

/** Exact content of a record, without what differs from one delivery to the next. */
const contentHash = (record: FeedRecord): string =>
  shortHash(JSON.stringify({ ...record, receivedAt: null, relayedAt: null }));

const deskSignalId = ({ kind, subject, number }: CallRecord | CaseRecord, feed: string): string =>
  signalIdOf(kind, { feed, scheme: subject.scheme, number });

/** A new signal, or a new revision of one that is there; what people decided about it stays. */
async function signalEvents(tx: Tx, signal: Signal): Promise<NewEvent[]> {
  const held = await tx.load('signal', signal.id);
  return eventsFor('signal', signal.id, [{ kind: held ? 'signalRevised' : 'signalReceived', content: { signal } }]);
}

/** All at once: a batch of hundreds would ask hundreds of times. */
async function loadSignals(tx: Tx, records: readonly FeedRecord[], feed: string): Promise<void> {
  const ids = records.flatMap((record) =>
    record.kind === 'call' || record.kind === 'case' ? [deskSignalId(record, feed)] : [],
  );
  if (ids.length > 0) await tx.loadAll('signal', ids);
}

async function receiveOne(tx: Tx, record: FeedRecord, context: RecordSource): Promise<NewEvent[]> {
  switch (record.kind) {
    case 'call':
      return signalEvents(tx, signalOfCall(deskSignalId(record, context.feed), record, context));
    case 'case':
      return signalEvents(tx, signalOfCase(deskSignalId(record, context.feed), record, context));
    case 'alert':
      return receiveAlert(tx, record, context);
    default:
      return [];
  }
}

/** What a record is about; two records about one thing go into two commands, so that the later one sees the earlier. */
const identityOf = (record: FeedRecord): string => {
  if (record.kind === 'call' || record.kind === 'case')
    return `${record.kind} ${record.subject.scheme} ${record.number}`;
  if (record.kind === 'alert') return 'alert';
  return `${record.kind} ${record.subject.scheme} ${record.subject.key}`;
};

/** What one command can write well within the time that a sender is asked to wait. */
const mostInAWave = 200;

/** Records in their order, cut so that no wave speaks twice of one thing and none is too large for one command. */
export function wavesOf(records: readonly FeedRecord[]): FeedRecord[][] {
  const waves: FeedRecord[][] = [];
  const count = new Map<string, number>();
  for (const record of records) {
    const identity = identityOf(record);
    const wave = count.get(identity) ?? 0;
    count.set(identity, wave + 1);
    const into = waves[wave] ?? [];
    waves[wave] = into;
    into.push(record);
  }
  return waves.flatMap((wave) =>
    Array.from({ length: Math.ceil(wave.length / mostInAWave) }, (_, part) =>
      wave.slice(part * mostInAWave, (part + 1) * mostInAWave),
    ),
  );
}

type Intake = { readonly actor: Actor; readonly context: RecordSource };

async function receiveWave(
  { store, newId, fusion }: OpDeps,
  records: readonly FeedRecord[],
  { actor, context }: Intake,
): Promise<Receipt | Refused> {
  const rows = records.map((record) => ({
    feed: context.feed,
    dedupeKey: record.dedupeKey,
    revision: record.revision,
    contentHash: contentHash(record),
  }));
  const turn = records.some(({ kind }) => kind === 'call' || kind === 'case') ? { serial: fusionTurn } : {};
  const judged = await store.command<Judged>(
    { id: `feed/${newId()}`, name: 'receive-records', actor, input: rows, ...turn },
    async (tx) => {
      const verdicts = await tx.seen(rows);
      const fresh = records.filter((_, index) => verdicts[index] === 'new' || verdicts[index] === 'newer');
      await loadSignals(tx, fresh, context.feed);
      const events: NewEvent[] = [];
      for (const record of fresh) events.push(...(await receiveOne(tx, record, context)));
      events.push(...(await fuseSignals(tx, arrivedIn(events), fusion)));
      const streams = new Set(events.map((event) => event.stream));
      const signals = [...streams].filter((stream) => stream.startsWith('signal/')).map((stream) => stream.slice(7));
      return { events, answer: { verdicts, signals } };
    },
  );
  return wasRefused(judged) ? judged : { records, ...judged };
}

/**
 * Takes what needs a person into the log: calls, cases, warnings. (Alarms are found by rules.) Resolves after COMMIT, so that
 * the sender is told "accepted" only for what is stored. The same record again changes nothing.
 */
export async function receiveRecords(
  deps: OpDeps,
  delivery: Intake & { readonly records: readonly FeedRecord[] },
): Promise<readonly Receipt[] | Refused> {
  const receipts: Receipt[] = [];
  for (const wave of wavesOf(delivery.records)) {
    const receipt = await receiveWave(deps, wave, delivery);
    if (wasRefused(receipt)) return receipt;
    receipts.push(receipt);
  }
  return receipts;
}
