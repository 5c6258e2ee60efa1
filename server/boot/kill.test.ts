import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '@/server/store/actor.ts';
import { withClient } from '@/server/store/connect.ts';
import { type StartedStore, startStore } from '@/server/store/start-store.ts';
import { verifyChain } from '@/server/store/verify-chain.ts';
import { followRecords, type RecordFollower } from './testing/record-follower.ts';
import { type ServerProcess, serverProcess } from './testing/server-process.ts';

/** What an operator was told is kept, whatever is killed under him. The full run: SERVER_KILLS=10 SERVER_COMMANDS=500. */
const kills = Number(process.env.SERVER_KILLS ?? 3);
const wanted = Number(process.env.SERVER_COMMANDS ?? 90);
const operators = 6;
const judge = systemActor('judge');
const hour = 3_600_000;

type Wish = { readonly id: string; readonly incident: string; readonly path: string; readonly input: unknown };

describe.skipIf(Boolean(process.env.TEST_DATABASE_URL))('kill -9 under operators at work', () => {
  let server: ServerProcess;
  let store: StartedStore;
  const screens: RecordFollower[] = [];
  const acknowledged: Wish[] = [];
  const refusals: string[] = [];
  let unanswered = 0;
  let killed = 0;

  const facts = { title: '路口积水', text: null, kind: null, place: null, priority: 'P3' };
  const open = (): Wish => {
    const incident = randomUUID();
    return { id: randomUUID(), incident, path: 'incident.open', input: { incident, signals: [], facts } };
  };
  const note = ({ incident }: Wish): Wish => ({
    id: randomUUID(),
    incident,
    path: 'incident.move',
    input: { incident, command: { move: 'note', text: '现场已围挡' } },
  });

  /** As a page does: the same id again until an answer comes. */
  async function insist(cookie: string, wish: Wish): Promise<void> {
    for (;;) {
      const said = await server.call(cookie, wish.path, { ...(wish.input as object), commandId: wish.id });
      if (said?.refused === undefined && said) {
        acknowledged.push(wish);
        return;
      }
      if (said && said.refused !== 'not_saved') {
        refusals.push(`${wish.path} ${said.refused}`);
        return;
      }
      unanswered += 1;
      await sleep(50);
    }
  }

  async function operator(cookie: string): Promise<void> {
    while (acknowledged.length < wanted || killed < kills) {
      const opened = open();
      await insist(cookie, opened);
      await insist(cookie, note(opened));
    }
  }

  /** Every third time it is the database that dies, under the same server. */
  async function killer(): Promise<void> {
    for (let round = 1; round <= kills; round += 1) {
      const until = Math.ceil((wanted * round) / (kills + 1));
      while (acknowledged.length < until) await sleep(3);
      if (round % 3 === 0) server.killDatabase();
      else {
        await server.kill();
        await server.start();
      }
      killed += 1;
    }
  }

  beforeAll(async () => {
    server = await serverProcess();
    await server.start();
    const cookies = [await server.signIn('operator1'), await server.signIn('operator2')];
    const [first = '', second = ''] = cookies;
    screens.push(followRecords(server.url, first), followRecords(server.url, await server.signIn('chief')));
    const work = Array.from({ length: operators }, (_, index) => operator(index % 2 ? second : first));
    await Promise.all([...work, killer()]);
    await server.kill();
    store = await startStore({ folder: server.folder });
    await store.settled();
    await store.close();
    await server.start();
  }, 600_000);
  afterAll(async () => {
    for (const screen of screens) screen.close();
    await store?.close();
    await server?.remove();
  });

  it('refuses nothing that is in order, and goes on after every kill', () => {
    expect(refusals).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(wanted);
    expect(killed).toBe(kills);
    console.log(`${acknowledged.length} acknowledged, ${kills} kills, ${unanswered} calls without an answer`);
  });

  it('leaves every screen that was connected through it all equal to a new one', async () => {
    const fresh = followRecords(server.url, await server.signIn('chief'));
    screens.push(fresh);
    const seen = (of: RecordFollower) =>
      [...of.held.values()]
        .filter((change) => change.type !== 'feed')
        .map(({ type, id, version, body }) => `${type}/${id} ${version} ${JSON.stringify(body)}`)
        .sort();
    await expect.poll(() => fresh.position(), { timeout: 20_000 }).not.toBeNull();
    for (const screen of screens) {
      await expect.poll(() => (screen.position() ?? 0) >= (fresh.position() ?? 1), { timeout: 20_000 }).toBe(true);
      expect(seen(screen)).toEqual(seen(fresh));
    }
    const opened = new Set(acknowledged.map((wish) => `incident/${wish.incident}`));
    expect([...opened].filter((key) => !fresh.held.has(key))).toEqual([]);
  });

  it('holds each acknowledged command once, in one sequence without a gap, with its chain intact', async () => {
    await server.kill();
    store = await startStore({ folder: server.folder });
    const end = await store.settled();
    const ask = <Row extends object>(sql: string) => store.read(judge, (tx) => tx.query<Row>(sql));
    const stored = await ask<{ id: string; kinds: string[] }>(
      `select c.id, array_agg(e.kind order by e.ordinal) as kinds from command c join event e on e.command_id = c.id
       where c.name in ('open-incident', 'move-incident') group by c.id`,
    );
    const kinds = new Map(stored.map((row) => [row.id, row.kinds]));
    const expected = { 'incident.open': 'incidentOpened', 'incident.move': 'noteAdded' } as Record<string, string>;
    const wrong = acknowledged.filter(
      ({ id, path }) => kinds.get(id)?.filter((kind) => kind === expected[path]).length !== 1,
    );
    expect(wrong).toEqual([]);
    const notes = await ask<{ id: string; notes: number }>(
      `select id, jsonb_array_length(body->'notes') as notes from incident where changed_at > ${Date.now() - hour}`,
    );
    expect(notes.filter((row) => row.notes > 1)).toEqual([]);
    const [sequence] = await ask<Record<string, number>>(
      'select count(*) as sealed, min(position) as first, max(position) as last, (select count(*) from event) as events from sealed',
    );
    expect(sequence).toEqual({ sealed: end, first: 1, last: end, events: end });
    const chain = await withClient(store.connections.admin, (client) => verifyChain(client));
    expect(chain).toMatchObject({ intact: true, checked: end });
    const numbers = await ask<{ number: string }>(`select body->>'number' as number from incident order by 1`);
    expect(new Set(numbers.map((row) => row.number)).size).toBe(numbers.length);
  });
});
