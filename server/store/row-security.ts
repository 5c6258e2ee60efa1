import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Grant, type TableRule, tableRules } from './access-rules.ts';

export const appRole = 'one_network_app';
export const ownerRole = 'one_network_owner';
export const sealerRole = 'one_network_sealer';

/** Sub-selects make the planner work these out once a statement, not once a row. */
const functions = `
create or replace function app_actor() returns text stable language sql as
  $$ select nullif(current_setting('app.actor', true), '') $$;
create or replace function app_roles() returns text[] stable language sql as
  $$ select string_to_array(nullif(current_setting('app.roles', true), ''), ',') $$;
create or replace function app_department() returns text stable language sql as
  $$ select nullif(current_setting('app.department', true), '') $$;
create or replace function app_district() returns text stable language sql as
  $$ select nullif(current_setting('app.district', true), '') $$;
create or replace function app_is_system() returns boolean stable language sql as
  $$ select coalesce(current_setting('app.system', true) = 'on', false) $$;
`;

const holds = (roles: readonly string[]) =>
  `(select app_roles() && '{${roles.map((role) => `"${role}"`).join(',')}}'::text[])`;

function condition(grant: Grant, rule: TableRule): string {
  const parts = ['(select app_is_system())'];
  if (grant.all.length) parts.push(holds(grant.all));
  if (grant.own.length && rule.ownSql) parts.push(`(${holds(grant.own)} and ${rule.ownSql})`);
  if (grant.district.length && rule.districtSql) parts.push(`(${holds(grant.district)} and ${rule.districtSql})`);
  if (grant.where) parts.push(`(${grant.where})`);
  return parts.join(' or ');
}

/** The policies of one table as SQL. */
export function renderPolicies(table: string, rule: TableRule): string {
  const read = condition(rule.read, rule);
  const write = condition(rule.write, rule);
  return [
    `create policy app_read on ${table} for select to ${appRole} using (${read})`,
    `create policy app_insert on ${table} for insert to ${appRole} with check (${write})`,
    `create policy app_update on ${table} for update to ${appRole} using (${write}) with check (${write})`,
    `create policy app_delete on ${table} for delete to ${appRole} using (${write})`,
    `create policy owner_all on ${table} to ${ownerRole} using ((select app_is_system())) with check ((select app_is_system()))`,
  ]
    .map((line) => `${line};`)
    .join('\n');
}

const sealing = `
create policy sealer_read on event for select to ${sealerRole} using (true);
create policy sealer_read on sealed for select to ${sealerRole} using (true);
create policy sealer_insert on sealed for insert to ${sealerRole} with check (true);
`;

export const renderAllPolicies = (): string =>
  functions +
  Object.entries(tableRules)
    .map(([table, rule]) => renderPolicies(table, rule))
    .join('\n') +
  sealing;

/** Puts the policies of this version into force; called with the migration lock held and the owner's role set. */
export async function applyPolicies(client: pg.ClientBase): Promise<boolean> {
  const sql = renderAllPolicies();
  const digest = createHash('sha256').update(sql).digest('hex');
  await client.query('begin');
  try {
    await client.query("select set_config('app.system', 'on', true)");
    // On a database from before the first start the functions and policies are not there yet: then nothing is in force.
    const held = await client.query<{ digest: string | null }>(
      `select obj_description(to_regprocedure('app_is_system()'), 'pg_proc') as digest`,
    );
    if (held.rows[0]?.digest === digest) {
      await client.query('commit');
      return false;
    }
    const old = await client.query<{ drop: string }>(
      `select format('drop policy %I on %I', policyname, tablename) as drop from pg_policies
        where schemaname = 'public' and policyname <> 'owner_always'`,
    );
    await client.query(old.rows.map((row) => row.drop).join(';'));
    await client.query(sql);
    await client.query(`comment on function app_is_system() is '${digest}'`);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
