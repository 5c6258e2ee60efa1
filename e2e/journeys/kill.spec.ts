import { rmSync } from 'node:fs';
import { TRPCClientError } from '@trpc/client';
import { systemActor } from '../../server/store/actor.ts';
import { startStore } from '../../server/store/start-store.ts';
import { type Api, apiOf, newId, sessionOf } from '../fixtures/api.ts';
import { openScreen, picture } from '../fixtures/screen-client.ts';
import { newDataDir, startTestServer, type TestServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

const commands = 500;
const kills = 10;
const lanes = 12;
const perIncident = 10;

/** As a page does it: the same id again until there is an answer. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const answered = error instanceof TRPCClientError && error.data;
      if (answered && error.data.refusal?.refused !== 'not_saved') throw error;
      await new Promise((done) => setTimeout(done, 40));
    }
  }
}

test('500 commands while the server is killed ten times: each is there once, in one sequence, on every screen', async () => {
  test.setTimeout(300_000);
  const dataDir = newDataDir();
  let server: TestServer = await startTestServer({ dataDir });
  const { ports } = server;
  const people = ['operator1', 'operator2', 'chief'] as const;
  const cookies = await Promise.all(people.map((account) => sessionOf(server, account)));
  const api: Api = apiOf(server, cookies[0] as string);
  const screens = [...cookies.map((cookie) => openScreen(server, cookie))];
  try {
    let acknowledged = 0;
    let next = 0;
    let killed = 0;
    let restarting: Promise<void> | null = null;
    const killNow = async (): Promise<void> => {
      await server.kill();
      server = await startTestServer({ dataDir, ports });
      killed += 1;
      restarting = null;
    };
    const notes = new Map<string, string[]>();
    const lane = async (): Promise<void> => {
      while (next < commands) {
        const number = next;
        next += perIncident;
        const incident = newId();
        const said: string[] = [];
        for (let step = 0; step < perIncident; step += 1) {
          // The server answers before it says that it is ready: the next kill is waited for, or fewer of them would find anybody at work.
          while (restarting && acknowledged >= ((killed + 2) * commands) / (kills + 2)) await restarting;
          const commandId = newId();
          const text = `第 ${number + step} 条`;
          await untilAnswered(() =>
            step === 0
              ? api.incident.open.mutate({
                  commandId,
                  incident: incident as never,
                  signals: [],
                  facts: { title: text, text: null, kind: null, place: null, priority: null },
                })
              : api.incident.move.mutate({ commandId, incident: incident as never, command: { move: 'note', text } }),
          );
          if (step > 0) said.push(text);
          acknowledged += 1;
          if (killed < kills && !restarting && acknowledged >= ((killed + 1) * commands) / (kills + 2))
            restarting = killNow();
        }
        notes.set(incident, said);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await restarting;
    expect({ acknowledged, killed }).toEqual({ acknowledged: commands, killed: kills });

    for (const [incident, said] of notes) {
      const entries = await api.incident.timeline.query({ incident: incident as never });
      const found = entries.flatMap((entry) =>
        entry.kind === 'noteAdded' ? (entry.content as { text: string }).text : [],
      );
      expect(found).toEqual(said);
    }
    const open = await api.incident.list.query({ live: true, limit: 500 });
    expect(open.map((one) => one.id as string).sort()).toEqual([...notes.keys()].sort());
    expect(new Set(open.map((one) => one.number)).size, 'numbers without a double').toBe(open.length);

    const fresh = openScreen(server, cookies[2] as string);
    await expect.poll(() => fresh.connection.current().state, { timeout: 20_000 }).toBe('live');
    for (const [index, screen] of screens.entries()) {
      const same = index === 2 ? fresh : openScreen(server, cookies[index] as string);
      await expect.poll(() => same.connection.current().state, { timeout: 20_000 }).toBe('live');
      await expect.poll(() => screen.connection.current().state, { timeout: 20_000 }).toBe('live');
      await expect.poll(() => screen.records.position).toBe(same.records.position);
      expect(picture(screen)).toBe(picture(same));
      same.stop();
    }
  } finally {
    for (const screen of screens) screen.stop();
    await server.stop();
  }

  const store = await startStore({ folder: dataDir });
  try {
    const end = await store.settled();
    const [row] = await store.read(systemActor('judge'), (tx) =>
      tx.query<Record<string, number>>(
        `select count(*)::int as sealed, min(position)::int as first, max(position)::int as last,
          (select count(*)::int from event) as events,
          (select count(*)::int from event where kind = 'noteAdded') as notes from sealed`,
      ),
    );
    expect(row).toEqual({
      sealed: end,
      first: 1,
      last: end,
      events: end,
      notes: (commands * (perIncident - 1)) / perIncident,
    });
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
