import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import { configOfUrl, prepareDatabase, withClient } from './connect.ts';
import { launchPostgres, type PostgresServer } from './launcher.ts';
import { migrate } from './migrate.ts';
import { openStore } from './open-store.ts';
import { feedOf } from './testing/records.ts';

/** A server of somebody else's: we are given a database of our own and a user that is no superuser. */
const elsewhere = process.env.TEST_DATABASE_URL;
const folder = mkdtempSync(join(tmpdir(), 'on-connect-'));
chmodSync(folder, 0o755);
let server: PostgresServer | null = null;
let superuser: pg.ClientConfig;
let fresh = true;
beforeAll(async () => {
  if (elsewhere) superuser = configOfUrl(elsewhere);
  else {
    server = await launchPostgres({ folder });
    superuser = { ...server.address, database: 'postgres' };
  }
  await withClient(superuser, async (client) => {
    const ours = await client.query(
      "select from pg_roles where rolname like 'one_network_%' and rolname not like '%admin'",
    );
    fresh = ours.rowCount === 0;
    await client.query(`create role on_tenant login createrole password 'tenant'`);
    await client.query('create database on_tenant owner on_tenant template template0');
  });
});
afterAll(async () => {
  if (elsewhere)
    await withClient(superuser, async (client) => {
      await client.query('drop database on_tenant with (force)');
      await client.query('drop owned by on_tenant cascade; alter role on_tenant nologin');
    });
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tenant = (): pg.ClientConfig => {
  const { host, port } = new pg.Client(superuser);
  return { host, port, user: 'on_tenant', password: 'tenant', database: 'on_tenant' };
};

describe('a database that is given to us', () => {
  it('is prepared by a user without superuser rights, and the application gets a login of its own', async ({
    skip,
  }) => {
    if (!fresh) skip('the server has our roles already');
    const connections = await prepareDatabase(tenant());
    expect(connections.app.user).toBe('one_network_app');
    await migrate(connections.admin);
    const store = await openStore({ connections, retention: false });
    const machine = systemActor('test');
    const answer = await store.command({ id: 'c', name: 'n', actor: machine, input: 1 }, async () => ({
      events: [{ stream: 'feed/f', kind: 'feedRegistered', content: { feed: feedOf('f') } }],
      answer: 'stored',
    }));
    expect(answer).toBe('stored');
    expect(await store.settled()).toBe(1);
    const now = Date.now();
    await store.history.appendReadings([
      { subject: 's', property: 'p', at: now, receivedAt: now, value: 1, unit: null, quality: 'good' },
    ]);
    expect((await store.history.series('s', 'p', now, now)).value).toEqual([1]);
    await store.retain(now + 40 * 86_400_000);
    await store.close();
  });

  it('is refused with words where roles cannot be made', async () => {
    await withClient(superuser, async (client) => {
      await client.query(`alter role on_tenant nocreaterole`);
      const held = await client.query("select from pg_roles where rolname = 'one_network_sealer'");
      if (held.rowCount) {
        await client.query('alter role one_network_sealer rename to one_network_sealer_aside');
      }
    });
    try {
      await expect(prepareDatabase(tenant())).rejects.toThrow(/Give it CREATEROLE/);
    } finally {
      await withClient(superuser, async (client) => {
        const aside = await client.query("select from pg_roles where rolname = 'one_network_sealer_aside'");
        if (aside.rowCount) await client.query('alter role one_network_sealer_aside rename to one_network_sealer');
      });
    }
  });
});
