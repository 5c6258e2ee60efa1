import { getTableConfig } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableRules } from '../access-rules.ts';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';
import * as schema from './schema.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const tables = Object.values(schema).map((table) => getTableConfig(table));
const ask = <Row extends object>(sql: string) =>
  database.asAdmin(async (client) => (await client.query<Row>(sql)).rows);

const columns = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as "notNull",
         coalesce(a.attnum = any(i.indkey), false) as key
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
  order by 1, a.attnum`;

describe('the Drizzle tables', () => {
  it('are what the migrations make: same tables, columns, types, nullability and keys', async () => {
    const wanted = tables.flatMap((table) =>
      table.columns.map((column) => ({
        table: table.name,
        name: column.name,
        type: column.getSQLType(),
        notNull: column.notNull,
        key: column.primary || table.primaryKeys.some((key) => key.columns.some((one) => one.name === column.name)),
      })),
    );
    const sorted = (rows: { table: string; name: string }[]) =>
      [...rows].sort((a, b) => (`${a.table}.${a.name}` < `${b.table}.${b.name}` ? -1 : 1));
    expect(sorted(wanted)).toEqual(sorted(await ask(columns)));
  });

  it('are all under a rule of who may read and write', () => {
    expect(Object.keys(tableRules).sort()).toEqual([...tables.map((table) => table.name), 'migration'].sort());
  });
});

describe('the database', () => {
  it('forces row-level security on every table and partition', async () => {
    const open = await ask(`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expect(open).toEqual([]);
  });

  it('is owned by a role that cannot log in; the application owns nothing and is nobody special', async () => {
    const owners = await ask(`
      select distinct pg_get_userbyid(c.relowner) as owner from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public'`);
    expect(owners).toEqual([{ owner: 'one_network_owner' }]);
    const roles = await ask(`
      select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles
      where rolname in ('one_network_owner', 'one_network_sealer') or
            (rolname = 'one_network_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)) order by 1`);
    const weak = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: false };
    expect(roles).toEqual([
      { rolname: 'one_network_owner', ...weak },
      { rolname: 'one_network_sealer', ...weak },
    ]);
    expect(await ask(`select roleid from pg_auth_members where member = 'one_network_app'::regrole`)).toEqual([]);
  });

  it('needs no extension', async () => {
    expect(await ask(`select extname from pg_extension where extname <> 'plpgsql'`)).toEqual([]);
  });
});
