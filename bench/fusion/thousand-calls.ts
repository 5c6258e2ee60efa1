import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { IncidentId, SignalId } from '@/server/domain/ids.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { openIncident } from '@/server/ops/open-incident.ts';
import { receiveRecords } from '@/server/ops/receive-records.ts';
import { systemActor } from '@/server/store/actor.ts';
import { startStore } from '@/server/store/start-store.ts';
import type { Store } from '@/server/store/store.ts';
import type { CallRecord } from '@/server/wire/record.ts';
import { type Emit, percentiles, round } from '../figures.ts';
import { withFolder } from '../with-folder.ts';
import { callsOfOneFire } from './generate.ts';

const feedActor = systemActor('bench');
const operator: Actor = { id: 'operator', name: 'operator', roles: ['dispatcher'], department: null, district: null };
const callCount = 1_000;
const takenUpAfter = 300;

const records = (run: string): CallRecord[] =>
  callsOfOneFire(callCount).map(({ text, at, from, saidAt }, index) => ({
    kind: 'call',
    subject: { scheme: 'push', key: 'bench' },
    observedAt: saidAt,
    sourceAt: saidAt,
    relayedAt: null,
    receivedAt: null,
    geometry: { type: 'Point', coordinates: [at[0], at[1]] },
    crsReceived: 'wgs84',
    geometrySource: 'message',
    quality: { state: 'good', flags: [] },
    dedupeKey: `${run}/${index}`,
    revision: 0,
    privacy: 'personal',
    number: `${run}-${index}`,
    type: null,
    priority: null,
    place: null,
    text,
    calls: [{ at: saidAt, from, text: null }],
    units: [],
    state: 'reported',
    casualties: { dead: null, injured: null, trapped: null, missing: null },
  }));

const receive = async (store: Store, some: readonly CallRecord[], receivedAt: number): Promise<void> => {
  const receipts = await receiveRecords(
    { store, newId: randomUUID },
    {
      actor: feedActor,
      records: some,
      context: {
        feed: 'bench',
        department: 'police',
        reality: 'actual',
        receivedAt,
        districtOf: () => ({ district: '320102', nearDistrict: null }),
      },
    },
  );
  if (wasRefused(receipts)) throw new Error(receipts.detail);
};

const held = (store: Store): Promise<Signal[]> =>
  store.read(feedActor, async (tx) => (await tx.list('signal', { limit: 5_000 })).map((one) => one.state));

type Way = { readonly name: string; readonly size: number; readonly atOnce: number };
const ways: readonly Way[] = [
  { name: 'one delivery each, one after another', size: 1, atOnce: 1 },
  { name: 'one delivery each, 32 at once', size: 1, atOnce: 32 },
  { name: 'a hundred a delivery', size: 100, atOnce: 1 },
];

/** Nobody takes them up, then somebody does while they go on. */
async function run(emit: Emit, { name, size, atOnce }: Way): Promise<void> {
  await withFolder('bench-fusion', async (folder) => {
    const store = await startStore({ folder });
    const all = records(`run${size}-${atOnce}`);
    const took: number[] = [];
    const started = performance.now();
    let openMs = 0;
    let rows = 0;
    for (let from = 0; from < all.length; from += size * atOnce) {
      if (openMs === 0 && from >= takenUpAfter) {
        const waiting = (await held(store)).filter((one) => one.state === 'open' && one.lead === null);
        rows = waiting.length;
        const lead = waiting.sort((a, b) => a.receivedAt - b.receivedAt)[0]!;
        const opening = performance.now();
        const answer = await openIncident(
          { store, newId: randomUUID },
          {
            id: randomUUID(),
            actor: operator,
            input: {
              incident: 'fire' as IncidentId,
              signals: [lead.id as SignalId],
              facts: { title: null, text: null, kind: null, place: null, priority: null },
            },
          },
        );
        if (wasRefused(answer)) throw new Error(answer.detail);
        openMs = performance.now() - opening;
      }
      const deliveries = Array.from({ length: atOnce }, (_, lane) =>
        all.slice(from + lane * size, from + (lane + 1) * size),
      ).filter((some) => some.length > 0);
      const at = performance.now();
      await Promise.all(
        deliveries.map(async (some) => {
          await receive(store, some, some.at(-1)?.observedAt ?? 0);
          took.push(performance.now() - at);
        }),
      );
    }
    const tookS = (performance.now() - started) / 1_000;
    const signals = await held(store);
    const incidents = await store.read(feedActor, (tx) => tx.list('incident'));
    emit({
      bench: 'fusion.calls',
      calls: all.length,
      way: name,
      tookS: round(tookS),
      answeredMs: percentiles(took),
      incidents: incidents.length,
      keptSignals: signals.length,
      joined: incidents[0]?.state.signals.length ?? 0,
      rowsBeforeTakenUp: rows,
      takingUpMs: round(openMs),
      leftToAPerson: signals.filter((one) => one.state === 'open').length,
    });
    await store.close();
  });
}

export async function thousandCalls(emit: Emit): Promise<void> {
  for (const way of ways) await run(emit, way);
}
