import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { nowhere } from '@/server/domain/place.ts';
import { systemActor } from '@/server/store/actor.ts';
import { type StartedStore, startStore } from '@/server/store/start-store.ts';
import { type ServerProcess, serverProcess } from './testing/server-process.ts';

/** Clocks that ran out while nobody was there, or while the server was shot in the middle of telling: each is told once, and how late. */
const rounds = Number(process.env.SERVER_KILLS ?? 3);
const incidents = 6;
const hour = 3_600_000;
const place = { ...nowhere, text: '测试路口', lonLat: [118.79, 32.04], source: 'map' };
const judge = systemActor('judge');

type Told = { stream: string; kind: string; at: string; content: Record<string, unknown> };

describe.skipIf(Boolean(process.env.TEST_DATABASE_URL))('kill -9 across due times', () => {
  const environment: Record<string, string> = {};
  let server: ServerProcess;
  let store: StartedStore;
  let begun = 0;
  const opened: string[] = [];
  const suspended: string[] = [];
  let told: Told[] = [];
  let left = -1;

  /** The next process finds it later: nobody waits an hour for an hour. */
  const later = (hours: number): void => {
    const shifted = `const now=Date.now;Date.now=()=>now()+${hours * hour};`;
    environment.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(shifted)}`;
  };

  const until = (holds: () => Promise<boolean>) =>
    vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 120_000, interval: 300 });

  async function must(cookie: string, path: string, input: object): Promise<void> {
    const said = await server.call(cookie, path, { commandId: randomUUID(), ...input });
    if (!said || said.refused !== undefined) throw new Error(`${path}: ${said?.refused ?? 'no answer'}`);
  }

  async function running(cookie: string): Promise<void> {
    const incident = randomUUID();
    opened.push(incident);
    const facts = { title: '路口积水', text: null, kind: 'statutory.flood.waterlogging', place, priority: 'P3' };
    await must(cookie, 'incident.open', { incident, signals: [], facts });
    const orders = { units: [], departments: ['water', 'police'], text: '', confirmSecond: [] };
    await must(cookie, 'incident.send', { incident, command: orders });
    const dueAt = Date.now() + 600_000;
    const owner = { kind: 'department', id: 'water' };
    const followUp = (command: object) => must(cookie, 'incident.followUp', { incident, command });
    await followUp({ act: 'addTask', task: randomUUID(), title: '架设水泵', owner, dueAt });
    const checkIn = { act: 'startCheckIn', checkIn: randomUUID(), assignment: null, name: '王工', everyS: 600 };
    await followUp(checkIn);
    // Its first round was kept: only the second one is missed.
    await followUp({ act: 'hearCheckIn', checkIn: checkIn.checkIn });
  }

  async function sleeping(cookie: string): Promise<void> {
    const incident = randomUUID();
    suspended.push(incident);
    const facts = { title: '待复查', text: null, kind: 'statutory.flood.waterlogging', place, priority: 'P4' };
    await must(cookie, 'incident.open', { incident, signals: [], facts });
    await must(cookie, 'incident.move', {
      incident,
      command: { move: 'suspend', until: Date.now() + 1_200_000, reason: '等待材料' },
    });
  }

  beforeAll(async () => {
    server = await serverProcess(environment);
    await server.start();
    begun = Date.now();
    const cookie = await server.signIn('chief');
    for (let count = 0; count < incidents; count += 1) {
      await running(cookie);
      await sleeping(cookie);
    }
    await server.kill();
    // Shot while it tells: after nothing, in the middle, towards the end.
    for (let round = 1; round <= rounds; round += 1) {
      later(round);
      await server.start();
      await sleep(40 * round);
      await server.kill();
    }
    later(rounds + 1);
    await server.start();
    const chief = await server.signIn('chief');
    const read = async (incident: string): Promise<Incident> => {
      const query = encodeURIComponent(JSON.stringify({ incident }));
      const response = await fetch(`${server.url}/trpc/incident.get?input=${query}`, { headers: { cookie: chief } });
      return ((await response.json()) as { result: { data: { incident: Incident } } }).result.data.incident;
    };
    const isTold = async (): Promise<boolean> => {
      const [last, asleep] = await Promise.all([Promise.all(opened.map(read)), Promise.all(suspended.map(read))]);
      return (
        last.every((of) => of.tasks[0]?.late && of.checkIns[0]?.overdueSince && of.orders.every((one) => one.late)) &&
        asleep.every((of) => of.state !== 'suspended')
      );
    };
    await until(isTold);
    // The duty chief is told a minute after the deputy.
    await server.kill();
    later(rounds + 2);
    await server.start();
    const again = await server.signIn('chief');
    const isEscalated = async (): Promise<boolean> => {
      const query = encodeURIComponent(JSON.stringify({ incident: opened[0] }));
      const response = await fetch(`${server.url}/trpc/incident.get?input=${query}`, { headers: { cookie: again } });
      const { result } = (await response.json()) as { result: { data: { incident: Incident } } };
      return result.data.incident.orders.every((one) => one.escalated.length === 2);
    };
    await until(isEscalated);
    await server.kill();
    store = await startStore({ folder: server.folder });
    await store.settled();
    const ask = <Row extends object>(sql: string) => store.read(judge, (tx) => tx.query<Row>(sql));
    told = await ask<Told>(
      `select stream, kind, recorded_at::text as at, content from event
       where kind in ('orderLate', 'orderEscalated', 'taskLate', 'checkInMissed', 'clockMissed')
          or (kind = 'incidentMoved' and content->>'move' = 'resume')`,
    );
    const [waiting] = await ask<{ waiting: number }>(
      `select count(*)::int as waiting from timer where fired_at is null and due_at < ${begun + hour}`,
    );
    left = waiting?.waiting ?? -1;
  }, 600_000);
  afterAll(async () => {
    await store?.close();
    await server?.remove();
  });

  const of = (kind: string) => told.filter((one) => one.kind === kind);
  const once = (kind: string, key: (of: Told) => unknown) => {
    const keys = of(kind).map((one) => `${one.stream} ${String(key(one))}`);
    expect(keys.length, `${kind} is told once`).toBe(new Set(keys).size);
    return keys.length;
  };

  it('tells each once', () => {
    expect(once('taskLate', () => '')).toBe(incidents);
    expect(once('checkInMissed', () => '')).toBe(incidents);
    expect(once('orderLate', (one) => one.content.order)).toBe(2 * incidents);
    expect(once('orderEscalated', (one) => `${one.content.order} ${one.content.to}`)).toBeGreaterThanOrEqual(
      2 * incidents,
    );
    expect(once('incidentMoved', () => '')).toBe(incidents);
    expect(once('clockMissed', (one) => (one.content.missed as { target: string }).target)).toBeGreaterThan(0);
    expect(left).toBe(0);
    console.log(`${told.length} clocks told through ${rounds + 3} kills`);
  });

  it('says how late: the time of telling, beside the time at which it was due', () => {
    for (const one of told) expect(Number(one.at)).toBeGreaterThan(begun + hour / 2);
    const missed = of('clockMissed').map((one) => one.content.missed as { dueAt: number; at: number });
    for (const { dueAt, at } of missed) expect(at - dueAt).toBeGreaterThan(hour / 2);
  });
});
