import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from './cluster-files.ts';
import { withClient } from './connect.ts';
import { launchPostgres, type PostgresServer } from './launcher.ts';
import { closedFolder, unprivilegedAccount } from './native-postgres.ts';

const base = mkdtempSync(join(tmpdir(), 'on-launcher-'));
chmodSync(base, 0o755);
const folder = join(base, 'data');
const running: PostgresServer[] = [];
const launch = async (to = folder) => {
  const server = await launchPostgres({ folder: to });
  running.push(server);
  return server;
};
const ask = (server: PostgresServer, sql: string) =>
  withClient({ ...server.address, database: 'postgres' }, async (client) => (await client.query(sql)).rows);

const until = async (holds: () => boolean | Promise<boolean>) => {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('did not come about');
    await new Promise((done) => setTimeout(done, 20));
  }
};

afterAll(async () => {
  for (const server of running) await server.stop();
  rmSync(base, { recursive: true, force: true });
});

describe('the embedded server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    mkdirSync(join(folder, 'pg.init99999'), { recursive: true }); // what a kill during initdb leaves
    writeFileSync(join(folder, 'pg.init99999', 'half'), '');
    writeFileSync(join(folder, 'pg.lock'), '999999999'); // and the lock of a process that is gone
    server = await launch();
  });

  it('starts from nothing, with a secret of its own and no open port', async () => {
    expect(server.adopted).toBe(false);
    expect(existsSync(join(folder, 'pg.init99999'))).toBe(false);
    expect(existsSync(join(folder, 'pg.lock'))).toBe(false);
    expect(statSync(join(folder, 'pg.secret')).mode & 0o777).toBe(0o600);
    expect(await ask(server, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask(server, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    expect(await ask(server, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    if (process.platform !== 'win32') {
      expect(await ask(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
      expect(Buffer.byteLength(join(server.address.host, '.s.PGSQL.5432'))).toBeLessThan(107);
    }
  });

  it('refuses a wrong password', async () => {
    await expect(
      withClient({ ...server.address, password: 'wrong', database: 'postgres' }, async () => undefined),
    ).rejects.toMatchObject({ code: '28P01' });
  });

  it('is adopted by a second starter, and by two at once', async () => {
    const others = await Promise.all([launch(), launch()]);
    for (const other of others) {
      expect(other.adopted).toBe(true);
      expect(other.pid()).toBe(server.pid());
      other.release();
    }
  });

  it('comes back after it was killed', async () => {
    const before = server.pid() as number;
    process.kill(before, 'SIGKILL');
    await until(() => server.pid() !== null && server.pid() !== before);
    await until(() =>
      ask(server, 'select 1').then(
        () => true,
        () => false,
      ),
    ); // prettier than the error while it recovers
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops, and starts again where it was', async () => {
    await ask(server, 'create table kept (n int); insert into kept values (7)');
    const pid = server.pid() as number;
    await server.stop();
    expect(isAlive(pid)).toBe(false);
    const again = await launch();
    expect(again.adopted).toBe(false);
    expect(await ask(again, 'select n from kept')).toEqual([{ n: 7 }]);
    await again.stop();
  });

  it('says so when the folder holds something else', async () => {
    const foreign = join(base, 'foreign');
    mkdirSync(join(foreign, 'pg'), { recursive: true });
    writeFileSync(join(foreign, 'pg', 'photo.jpg'), '');
    await expect(launch(foreign)).rejects.toThrow(/is not empty and holds no database cluster/);
    expect(readdirSync(join(foreign, 'pg'))).toEqual(['photo.jpg']);
  });
});

describe('the account it runs as', () => {
  const passwd = join(base, 'passwd');

  it.runIf(process.getuid?.() === 0)('is the first unprivileged one of postgres, node, nobody', () => {
    writeFileSync(
      passwd,
      'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\nnode:x:1000:1000::/:/bin/sh\n',
    );
    expect(unprivilegedAccount(passwd)).toEqual({ name: 'node', uid: 1000, gid: 1000 });
    writeFileSync(passwd, 'root:x:0:0::/root:/bin/sh\npostgres:x:0:0::/:/bin/sh\n');
    expect(() => unprivilegedAccount(passwd)).toThrow(/DATABASE_URL/);
  });

  it.skipIf(process.getuid?.() === 0)('is our own when we are not root', () => {
    expect(unprivilegedAccount(passwd)).toBeNull();
  });

  it('is told which folder is closed to it', () => {
    const closed = join(base, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    const stranger = { name: 'stranger', uid: 54_321, gid: 54_321 };
    expect(closedFolder(join(closed, 'data'), stranger)).toBe(closed);
    chmodSync(closed, 0o711);
    expect(closedFolder(join(closed, 'data'), stranger)).toBeNull();
    expect(closedFolder(join(closed, 'data'), null)).toBeNull();
  });
});
