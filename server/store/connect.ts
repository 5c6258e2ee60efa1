import { createHmac } from 'node:crypto';
import pg from 'pg';
import { DatabaseStartError } from './native-postgres.ts';
import { appRole, ownerRole, sealerRole } from './row-security.ts';

/** Two ways in: `admin` migrates, seals and keeps partitions; `app` is everything else and owns nothing. */
export type Connections = { readonly admin: pg.ClientConfig; readonly app: pg.ClientConfig };

const int8 = 20;
/** Epoch ms and counts fit a number; the driver would hand out strings. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary'
      ? Number
      : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export const configOfUrl = (url: string): pg.ClientConfig => ({
  connectionString: url,
  types,
  application_name: 'one-network',
});

export async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 5_000, ...config });
  client.on('error', () => undefined); // the pending call rejects with it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined); // it may be gone already
  }
}

const codeOf = (error: unknown): string => String((error as { code?: string }).code ?? '');

const grants = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${ownerRole}') then create role ${ownerRole} nologin; end if;
  if not exists (select from pg_roles where rolname = '${sealerRole}') then create role ${sealerRole} nologin; end if;
  if not exists (select from pg_roles where rolname = '${appRole}') then create role ${appRole} nologin; end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      -- Whoever has made a role may not act as it before saying so (PostgreSQL 16).
      grant ${ownerRole}, ${sealerRole} to current_user;
    exception when insufficient_privilege then null; -- an administrator has granted them; else the next step tells
    end;
  end if;
end $$;
grant usage, create on schema public to ${ownerRole};
grant usage on schema public to ${appRole}, ${sealerRole};
revoke create on schema public from public, ${appRole}, ${sealerRole};
`;

/** Roles are shared by all databases of a server: several starters may meet here. */
async function createRoles(client: pg.Client): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(grants);
      return;
    } catch (error) {
      const met = ['42710', '23505', 'XX000'].includes(codeOf(error));
      if (!met || attempt === 10) {
        if (codeOf(error) === '42501')
          throw new DatabaseStartError(
            `The database user may not prepare the roles ${ownerRole}, ${sealerRole} and ${appRole}. ` +
              'Give it CREATEROLE and let it own the database, or have an administrator create them.',
            { cause: error },
          );
        throw error;
      }
      await new Promise((done) => setTimeout(done, 20 * attempt));
    }
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const shown = await client.query<Record<string, string>>(
    `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes`,
  );
  const found = shown.rows[0] ?? {};
  if (Number(found.version) < 150_000) throw new DatabaseStartError('PostgreSQL 15 or newer is needed.');
  if (found.encoding !== 'UTF8')
    throw new DatabaseStartError(`The database's encoding is ${found.encoding}; it has to be UTF8.`);
  if (found.fsync !== 'on' || found.full_page_writes !== 'on')
    throw new DatabaseStartError(
      'fsync and full_page_writes have to be on: without them acknowledged records are lost.',
    );
}

const probe = (config: pg.ClientConfig) =>
  withClient(config, async (client) => {
    const who = await client.query<{ name: string; strong: boolean }>(
      'select current_user as name, rolsuper or rolbypassrls as strong from pg_roles where rolname = current_user',
    );
    if (who.rows[0]?.name !== appRole || who.rows[0]?.strong)
      throw new DatabaseStartError(
        `The application's connection acts as ${who.rows[0]?.name}, past row-level security.`,
      );
  });

/**
 * Prepares the roles and says how the application connects: with a login of its own, whose password follows from the
 * administrator's; where the server's rules do not allow that, as the administrator confined to the role from the start.
 */
export async function prepareDatabase(admin: pg.ClientConfig): Promise<Connections> {
  const typed = { ...admin, types };
  return withClient(typed, async (client) => {
    await checkServer(client);
    await createRoles(client);
    const secret = client.password;
    const confined: pg.ClientConfig = { ...typed, options: `-c role=${appRole}` };
    if (!secret) {
      await probe(confined);
      return { admin: typed, app: confined };
    }
    const password = createHmac('sha256', secret).update(appRole).digest('base64url');
    const own: pg.ClientConfig = {
      host: client.host,
      port: client.port,
      database: client.database,
      ssl: client.ssl || undefined,
      types,
      application_name: 'one-network',
      user: appRole,
      password,
    };
    try {
      await probe(own);
    } catch (error) {
      if (!['28P01', '28000'].includes(codeOf(error))) throw error;
      await client.query(`alter role ${appRole} login password '${password}'`).catch((clash) => {
        if (codeOf(clash) !== 'XX000') throw clash; // another starter sets the same password
      });
      try {
        await probe(own);
      } catch (second) {
        if (!['28P01', '28000'].includes(codeOf(second))) throw second;
        await probe(confined);
        return { admin: typed, app: confined };
      }
    }
    return { admin: typed, app: own };
  });
}

/** Creates the database once on an embedded server. */
export async function createDatabase(server: pg.ClientConfig, name: string): Promise<void> {
  await withClient({ ...server, database: 'postgres' }, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`create database ${pg.escapeIdentifier(name)} template template0`).catch((error) => {
      if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error; // made by another starter
    });
  });
}
