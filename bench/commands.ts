import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { systemActor } from '@/server/store/actor.ts';
import { startStore } from '@/server/store/start-store.ts';
import { type Emit, percentiles, round } from './figures.ts';
import { withFolder } from './with-folder.ts';

const seconds = 4;
const actor = systemActor('bench');

/** Runs `work` over and over in `lanes` at once for a while; milliseconds of each. */
async function hammer(lanes: number, work: (lane: number, turn: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const lane = async (index: number) => {
    for (let turn = 0; performance.now() < until; turn++) {
      const started = performance.now();
      await work(index, turn);
      took.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  return took;
}

/**
 * Commands acknowledged (committed with synchronous_commit=on: command row, event, projection), beside the least that the same
 * database can do at all: one insert a transaction.
 */
export const commands = (emit: Emit): Promise<void> =>
  withFolder('bench-commands', async (folder) => {
    const store = await startStore({ folder });
    const pool = new pg.Pool({ ...store.connections.admin, max: 16 });
    await pool.query('create table bench_bare (id text primary key, body jsonb not null)');
    const feed = (id: string) => ({
      id,
      title: 'bench',
      protocol: 'push',
      department: null,
      address: '',
      expectedIntervalS: null,
      crs: 'wgs84',
      state: 'unknown',
      since: 0,
      reason: null,
    });
    for (const lanes of [1, 16]) {
      const bare = await hammer(lanes, () =>
        pool.query('insert into bench_bare values ($1, $2)', [randomUUID(), JSON.stringify(feed('x'))]),
      );
      const ours = await hammer(lanes, (lane, turn) =>
        store.command({ id: randomUUID(), name: 'bench', actor, input: turn }, async () => ({
          events: [{ stream: `feed/bench-${lane}`, kind: 'feedRegistered', content: { feed: feed(`bench-${lane}`) } }],
          answer: turn,
        })),
      );
      const sealing = performance.now();
      const position = await store.settled();
      emit({
        bench: 'commands',
        lanes,
        perS: Math.round(ours.length / seconds),
        ms: percentiles(ours),
        bareInsertsPerS: Math.round(bare.length / seconds),
        ratio: round(ours.length / bare.length),
        sealedAfterMs: round(performance.now() - sealing),
        position,
      });
    }
    await pool.end();
    await store.close();
  });
