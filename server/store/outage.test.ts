import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemActor } from './actor.ts';
import { configOfUrl, createDatabase, prepareDatabase, withClient } from './connect.ts';
import { StoreUnavailable } from './faults.ts';
import { launchPostgres, type PostgresServer } from './launcher.ts';
import { migrate } from './migrate.ts';
import { type OpenStore, openStore } from './open-store.ts';
import { startStore } from './start-store.ts';
import { feedOf } from './testing/records.ts';

const machine = systemActor('test');
const folder = mkdtempSync(join(tmpdir(), 'on-outage-'));
chmodSync(folder, 0o755);
let server: PostgresServer;
let store: OpenStore;

beforeAll(async () => {
  server = await launchPostgres({ folder });
  const admin = { ...server.address, database: 'one' };
  await createDatabase(admin, 'one');
  const connections = await prepareDatabase(admin);
  await migrate(connections.admin);
  store = await openStore({ connections, retention: false });
});
afterAll(async () => {
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const append = (id: string) =>
  store.command({ id, name: 'x', actor: machine, input: id }, async () => ({
    events: [{ stream: 'feed/f', kind: 'feedRegistered', content: { feed: feedOf('f') } }],
    answer: id,
  }));

describe('a database that is gone', () => {
  it('makes commands say "not saved", reads throw, and health tell why; then all is as before', async () => {
    expect(await append('before')).toBe('before');
    await store.settled();
    await server.stop();

    expect(await append('during')).toMatchObject({ refused: 'not_saved' });
    await expect(store.read(machine, (tx) => tx.list('feed'))).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(
      store.quarantine.add([
        {
          id: 'q',
          feed: 'f',
          protocol: 'p',
          receivedAt: 1,
          reason: 'syntax',
          offset: null,
          detail: '',
          bytes: Buffer.alloc(1),
          source: null,
        },
      ]),
    ).rejects.toBeInstanceOf(StoreUnavailable);
    await expect.poll(() => store.health().ready).toBe(false);
    expect(store.health()).toMatchObject({ database: 'down', reasons: [expect.stringMatching(/^database: /)] });
    expect(store.sealedUpTo()).toBe(1);

    server = await launchPostgres({ folder });
    await expect.poll(() => store.health().ready, { timeout: 10_000 }).toBe(true);
    expect(await append('during')).toBe('during'); // the same id again: nothing was stored of it
    expect(await store.settled()).toBe(2);
  });

  it('does not answer at all: the wait ends all the same', async () => {
    const pids = await withClient({ ...server.address, database: 'one' }, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      return [server.pid() as number, ...rows.map((row) => row.pid)];
    });
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      expect(await append('frozen')).toMatchObject({ refused: 'not_saved' });
      await expect.poll(() => store.health().reasons, { timeout: 5_000 }).toEqual(['database: no answer']);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await expect.poll(() => append('frozen'), { timeout: 20_000 }).toBe('frozen');
    await expect.poll(() => store.health().ready, { timeout: 10_000 }).toBe(true);
    const found = await store.read(machine, (tx) => tx.query(`select from event where command_id = 'frozen'`));
    expect(found).toHaveLength(1);
  });
});

describe('starting', () => {
  it('refuses a second process on the same embedded store, and a database that cannot be reached', async () => {
    const other = mkdtempSync(join(tmpdir(), 'on-start-'));
    chmodSync(other, 0o755);
    const first = await startStore({ folder: other, retention: false });
    onTestFinished(async () => {
      await first.close();
      rmSync(other, { recursive: true, force: true });
    });
    expect(first.migrated.length).toBeGreaterThan(5);
    await expect(startStore({ folder: other, retention: false })).rejects.toThrow(/Another One Network process/);
    expect(first.health().ready).toBe(true); // the refused one has left the server alone
    expect(await first.read(machine, (tx) => tx.list('feed'))).toEqual([]);
    await expect(startStore({ folder: other, databaseUrl: 'postgres://nobody:x@127.0.0.1:1/none' })).rejects.toThrow(
      /ECONNREFUSED/,
    );
  });

  it('confines the application to its role where it cannot have a login', async () => {
    const { host, port, user, password } = server.address;
    const url = `postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/one`;
    const withoutSecret = { ...configOfUrl(url), connectionString: undefined, host, port, user, database: 'one' };
    const viaUrl = await prepareDatabase(configOfUrl(url));
    expect(viaUrl.app).toMatchObject({ user: 'one_network_app' });
    const { rows } = await withClient({ ...withoutSecret, password, options: '-c role=one_network_app' }, (client) =>
      client.query('select current_user as name'),
    );
    expect(rows).toEqual([{ name: 'one_network_app' }]);
  });
});
