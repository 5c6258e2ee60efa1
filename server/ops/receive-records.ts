import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { NewEvent, SeenVerdict, Tx } from '@/server/store/store.ts';
import type { CallRecord, CaseRecord, FeedRecord } from '@/server/wire/record.ts';
import { arrivedIn, fuseSignals, fusionTurn } from './fuse-signals.ts';
import { gathererFor } from './gather-waves.ts';
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
async function loadSignals(
  tx: Tx,
  waves: readonly { readonly wave: Wave; readonly fresh: readonly FeedRecord[] }[],
): Promise<void> {
  const ids = waves.flatMap(({ wave, fresh }) =>
    fresh.flatMap((record) =>
      record.kind === 'call' || record.kind === 'case' ? [deskSignalId(record, wave.context.feed)] : [],
    ),
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
/** A wave, and whose it is. */
export type Wave = Intake & { readonly records: readonly FeedRecord[] };

const isDesk = ({ kind }: FeedRecord): boolean => kind === 'call' || kind === 'case';
const identitiesOf = ({ context, records }: Wave): string[] =>
  records.map((record) => `${context.feed} ${identityOf(record)}`);

/** Several waves in one command, where none of them speaks of what another speaks of. */
async function receiveWaves(
  { store, newId, fusion }: OpDeps,
  waves: readonly [Wave, ...Wave[]],
): Promise<readonly Receipt[] | Refused> {
  const rows = waves.map(({ records, context }) =>
    records.map((record) => ({
      feed: context.feed,
      dedupeKey: record.dedupeKey,
      revision: record.revision,
      contentHash: contentHash(record),
    })),
  );
  const all = rows.flat();
  const turn = waves.some(({ records }) => records.some(isDesk)) ? { serial: fusionTurn } : {};
  const { actor } = waves[0];
  const judged = await store.command<readonly Judged[]>(
    { id: `feed/${newId()}`, name: 'receive-records', actor, input: all, ...turn },
    async (tx) => {
      const verdicts = await tx.seen(all);
      let at = 0;
      const judgedWaves = waves.map((wave) => {
        const own = verdicts.slice(at, at + wave.records.length);
        at += wave.records.length;
        return { wave, verdicts: own, fresh: wave.records.filter((_, n) => own[n] === 'new' || own[n] === 'newer') };
      });
      await loadSignals(tx, judgedWaves);
      const events: NewEvent[] = [];
      const answer: Judged[] = [];
      for (const { wave, verdicts: own, fresh } of judgedWaves) {
        const told: NewEvent[] = [];
        for (const record of fresh) told.push(...(await receiveOne(tx, record, wave.context)));
        const streams = new Set(told.map((event) => event.stream));
        const signals = [...streams].filter((stream) => stream.startsWith('signal/')).map((stream) => stream.slice(7));
        answer.push({ verdicts: own, signals });
        events.push(...told);
      }
      events.push(...(await fuseSignals(tx, arrivedIn(events), fusion)));
      return { events, answer };
    },
  );
  return wasRefused(judged) ? judged : judged.map((one, n) => ({ records: waves[n]?.records ?? [], ...one }));
}

const receiveWave = async (deps: OpDeps, wave: Wave): Promise<Receipt | Refused> => {
  const receipts = await receiveWaves(deps, [wave]);
  return wasRefused(receipts) ? receipts : receipts[0]!;
};

/** Calls that come one by one while an earlier command runs go into the next one together: a flood is not one commit each. */
const gatherers = gathererFor<Wave, Receipt>({
  most: 100,
  size: ({ records }) => records.length,
  mayGoTogether: (a, b) => a.actor === b.actor,
  speaksOf: identitiesOf,
});

/**
 * Takes what needs a person into the log: calls, cases, warnings. (Alarms are found by rules.) Resolves after COMMIT, so that
 * the sender is told "accepted" only for what is stored. The same record again changes nothing.
 */
export async function receiveRecords(deps: OpDeps, delivery: Wave): Promise<readonly Receipt[] | Refused> {
  const receipts: Receipt[] = [];
  for (const wave of wavesOf(delivery.records)) {
    const one: Wave = { records: wave, actor: delivery.actor, context: delivery.context };
    const receipt = wave.every(isDesk)
      ? await gatherers(deps.store).add(one, (waves) => receiveWaves(deps, waves))
      : await receiveWave(deps, one);
    if (wasRefused(receipt)) return receipt;
    receipts.push(receipt);
  }
  return receipts;
}
