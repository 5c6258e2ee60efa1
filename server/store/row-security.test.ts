import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AggregateKind, aggregateKinds } from '@/server/domain/aggregate.ts';
import { may, readAction } from '@/server/domain/policy.ts';
import { type Actor, type Role, roles } from '@/server/domain/role.ts';
import { tableRules } from './access-rules.ts';
import { systemActor } from './actor.ts';
import { identitySql } from './identity.ts';
import type { OpenStore } from './open-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import {
  actor,
  alarmOf,
  assignmentOf,
  departmentOf,
  feedOf,
  incidentOf,
  orderTo,
  planOf,
  ruleOf,
  signalOf,
  stationOf,
  unitOf,
  warningOf,
} from './testing/records.ts';

const machine = systemActor('test');
const by = { id: 'm', name: 'm' };
const stranger = { department: 'fire', district: '320999' };
const home = { department: 'water', district: '320102' };
let database: TestDatabase;
let store: OpenStore;

/** One row in every table: of department water and district 320102, and one of neither. */
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
  const ours = { district: home.district };
  await store.command({ id: 'seed', name: 'seed', actor: machine, input: 1 }, async (tx) => {
    await tx.schedule({ id: 't', dueAt: 1, kind: 'k', stream: 'incident/in', content: null });
    await tx.seen([{ feed: 'f', dedupeKey: 'k', revision: 1, contentHash: 'h' }]);
    await tx.query(
      `insert into account (id, name, login, roles, created_at, changed_at) values ('a', 'a', 'a', '{}', 1, 1)`,
    );
    await tx.query(
      `insert into session (token_hash, account_id, created_at, seen_at, expires_at) values ('\\x01', 'a', 1, 1, 1)`,
    );
    await tx.query(
      `insert into push_token (token_hash, id, feed, name, created_at) values ('\\x01', 'p', 'f', 'n', 1)`,
    );
    await tx.query(
      `insert into seat_code (code_hash, seat, department, created_at, expires_at) values ('\\x01', 's', 'water', 1, 1)`,
    );
    await tx.query(`insert into jurisdiction (code, level, name) values ('320100', 'city', '南京市')`);
    await tx.query(`insert into counter (name, value) values ('c', 1)`);
    const unit = unitOf('in', { ...ours, department: 'water', assignments: [assignmentOf('as', 'in')] });
    return {
      events: [
        {
          stream: 'incident/in',
          kind: 'incidentOpened',
          content: { incident: incidentOf('in', { orders: [orderTo('water')] }) },
        },
        {
          stream: 'incident/out',
          kind: 'incidentOpened',
          content: { incident: incidentOf('out', { place: { ...incidentOf('x').place, district: '320999' } }) },
        },
        { stream: 'signal/in', kind: 'signalReceived', content: { signal: signalOf('in') } },
        {
          stream: 'signal/out',
          kind: 'signalReceived',
          content: {
            signal: signalOf('out', { department: 'fire', place: { ...signalOf('x').place, district: '320999' } }),
          },
        },
        { stream: 'unit/in', kind: 'unitRegistered', content: { unit } },
        {
          stream: 'unit/out',
          kind: 'unitRegistered',
          content: { unit: unitOf('out', { department: 'fire', district: null }) },
        },
        { stream: 'department/water', kind: 'departmentRegistered', content: { department: departmentOf('water') } },
        { stream: 'department/fire', kind: 'departmentRegistered', content: { department: departmentOf('fire') } },
        { stream: 'warning/w', kind: 'warningIssued', content: { warning: warningOf('w') } },
        { stream: 'feed/f', kind: 'feedRegistered', content: { feed: feedOf('f') } },
        { stream: 'station/sl651/in', kind: 'stationRegistered', content: { station: stationOf('in'), by } },
        { stream: 'rule/in', kind: 'ruleSet', content: { rule: ruleOf('in'), by, at: 1 } },
        { stream: 'plan/in', kind: 'planSet', content: { plan: planOf('in'), by, at: 1 } },
        { stream: 'alarm/in', kind: 'alarmRaised', content: { alarm: alarmOf('in') } },
        { stream: 'alarm/out', kind: 'alarmRaised', content: { alarm: alarmOf('out', stranger) } },
      ],
      answer: 1,
    };
  });
  await store.settled();
  await store.command({ id: 'file', name: 'file', actor: machine, input: 1 }, async (tx) => {
    await tx.query(
      `insert into room_file (id, incident_id, mime, sha256, bytes, added_at) values ('f', 'in', 'm', 'h', '\\x01', 1)`,
    );
    return { events: [], answer: 1 };
  });
  const now = Date.now();
  await store.raw.add([{ id: 'r', feed: 'f', receivedAt: now, bytes: Buffer.from('x') }]);
  await store.quarantine.add([
    {
      id: 'q',
      feed: 'f',
      protocol: 'cap',
      receivedAt: now,
      reason: 'syntax',
      offset: 1,
      detail: 'd',
      bytes: Buffer.from('x'),
      source: null,
    },
  ]);
  await store.history.appendPositions([
    {
      subject: 's',
      at: now,
      receivedAt: now,
      lon: 118,
      lat: 32,
      speedMps: 1,
      headingDeg: 1,
      accuracyM: 1,
      fixed: true,
      quality: 'good',
    },
  ]);
  await store.history.appendReadings([
    { subject: 's', property: 'p', at: now, receivedAt: now, value: 1, unit: 'm', quality: 'good' },
  ]);
});
afterAll(() => database.close());

const asRole = (client: pg.Client, who: Actor | null, sql: string) =>
  client
    .query(`begin; ${who ? identitySql(who) : 'select 1'}`)
    .then(() => client.query(sql))
    .finally(() => client.query('rollback'));

const count = async (client: pg.Client, who: Actor | null, table: string) =>
  Number((await asRole(client, who, `select count(*) as n from ${table}`)).rows[0].n);

const subjects: Record<AggregateKind, { departments: string[]; district: string | null }[]> = {
  incident: [
    { departments: ['water'], district: '320102' },
    { departments: [], district: '320999' },
  ],
  signal: [
    { departments: ['water'], district: '320102' },
    { departments: ['fire'], district: '320999' },
  ],
  unit: [
    { departments: ['water'], district: '320102' },
    { departments: ['fire'], district: null },
  ],
  department: [
    { departments: ['water'], district: null },
    { departments: ['fire'], district: null },
  ],
  warning: [{ departments: [], district: null }],
  feed: [{ departments: [], district: null }],
  station: [{ departments: ['water'], district: '320102' }],
  rule: [{ departments: ['water'], district: null }],
  plan: [{ departments: [], district: null }],
  alarm: [home, stranger].map(({ department, district }) => ({ departments: [department], district })),
};

const always = Object.keys(tableRules).filter(
  (table) => !['migration', 'position_minute', 'position_hour', 'reading_minute', 'reading_hour'].includes(table),
);

describe('row-level security', () => {
  it('shows the system a row in every table, so that the rest of this file proves something', async () => {
    await database.asApp(async (client) => {
      for (const table of always) expect([table, await count(client, machine, table)]).not.toEqual([table, 0]);
    });
  });

  it('shows nothing where nobody is named, or somebody without a role, or an integration', async () => {
    const strangers = [null, actor('wall', { roles: [] }), actor('integration'), actor('grid-worker')];
    await database.asApp(async (client) => {
      for (const who of strangers)
        for (const table of always) expect([table, await count(client, who, table)]).toEqual([table, 0]);
    });
  });

  it('cannot be had by naming oneself a system', async () => {
    const pretender = actor('wall', { id: 'system/test', name: 'test', roles: ['system' as Role] });
    await database.asApp(async (client) => {
      expect(await count(client, pretender, 'signal')).toBe(0);
    });
  });

  it.each(roles.map((role) => [role]))('shows %s of the records what the policy table says', async (role) => {
    const who = actor(role, home);
    await database.asApp(async (client) => {
      for (const kind of aggregateKinds) {
        const wanted = subjects[kind].filter((subject) => may(who, readAction[kind], subject)).length;
        expect([kind, await count(client, who, kind)]).toEqual([kind, wanted]);
      }
    });
  });

  it.each(roles.map((role) => [role]))('shows %s no event of a record that it may not see', async (role) => {
    const who = actor(role, home);
    const visible = aggregateKinds.flatMap((kind) => subjects[kind].filter((one) => may(who, readAction[kind], one)));
    const all = aggregateKinds.flatMap((kind) => subjects[kind]).length;
    await database.asApp(async (client) => {
      expect(await count(client, who, 'event')).toBe(may(who, 'log.read') ? all : visible.length);
    });
  });

  it.each([
    ['quarantine', 'quarantine.read'],
    ['raw_message', 'quarantine.read'],
    ['position_history', 'history.read'],
    ['reading_history', 'history.read'],
    ['push_token', 'account.manage'],
    ['account', 'account.manage'],
    ['session', 'account.manage'],
  ] as const)('shows %s to those with %s only', async (table, action) => {
    await database.asApp(async (client) => {
      for (const role of roles)
        expect([role, await count(client, actor(role, home), table)]).toEqual([role, may(actor(role), action) ? 1 : 0]);
    });
  });

  it('shows each their own account, sessions and commands', async () => {
    const self = actor('wall', { id: 'a' });
    await database.asApp(async (client) => {
      expect(await count(client, self, 'account')).toBe(1);
      expect(await count(client, self, 'session')).toBe(1);
      expect(await count(client, self, 'command')).toBe(0);
      expect(await count(client, self, 'seen_record')).toBe(0);
    });
  });

  it('lets nobody who only reads write a record', async () => {
    await database.asApp(async (client) => {
      for (const role of ['wall', 'auditor', 'information-officer', 'integration', 'data-approver'] as const)
        for (const kind of aggregateKinds) {
          const changed = await asRole(client, actor(role, home), `update ${kind} set version = version + 1`);
          expect([role, kind, changed.rowCount]).toEqual([role, kind, 0]);
          await expect(
            asRole(
              client,
              actor(role, home),
              `insert into ${kind} (id, version, body, changed_at, state, live, departments) values ('new', 1, '{}', 1, 's', true, '{water}')`,
            ),
          ).rejects.toMatchObject({ code: '42501' });
        }
    });
  });

  it('lets a liaison write what its own department has to do with, and nothing else', async () => {
    const liaison = actor('liaison', home);
    await database.asApp(async (client) => {
      for (const [table, rows] of [
        ['incident', 1],
        ['unit', 1],
        ['department', 1],
        ['signal', 0],
        ['warning', 0],
        ['station', 0],
        ['alarm', 1],
      ] as const)
        expect([table, (await asRole(client, liaison, `update ${table} set version = version`)).rowCount]).toEqual([
          table,
          rows,
        ]);
      await expect(asRole(client, liaison, `update incident set departments = '{fire}'`)).rejects.toMatchObject({
        code: '42501',
      });
    });
  });

  it('lets nobody append in another name', async () => {
    await database.asApp(async (client) => {
      for (const table of ['command', 'event']) {
        const columns =
          table === 'command'
            ? `(id, actor_id, name, input_hash, answer, at) values ('f', 'account/other', 'n', '\\x00', '1', 1)`
            : `(stream, version, kind, content, actor_id, actor_name, command_id, ordinal, received_at, recorded_at)
               values ('feed/f', 9, 'k', '{}', 'account/other', 'n', 'c', 0, 1, 1)`;
        await expect(asRole(client, actor('dispatcher'), `insert into ${table} ${columns}`)).rejects.toMatchObject({
          code: '42501',
        });
      }
    });
  });
});

describe('the application role', () => {
  it.each([
    ['alter table incident disable row level security'],
    ['alter table incident no force row level security'],
    ['create policy open on incident using (true)'],
    ['drop policy app_read on incident'],
    ['drop trigger event_append_only on event'],
    ['alter table event disable trigger all'],
    ['drop table event'],
    ['truncate incident'],
    ['delete from incident'],
    ['create table mine (n int)'],
    ['create schema mine'],
    ['set role one_network_owner'],
    ['set role one_network_sealer'],
    ['set session_replication_role = replica'],
    ['alter role one_network_app bypassrls'],
    ['create or replace function app_is_system() returns boolean language sql as $$ select true $$'],
    ["insert into sealed (position, event_id, hash) values (1000, 1, decode(repeat('00', 32), 'hex'))"],
    ['select * from migration'],
  ])('may not %s', async (sql) => {
    await database.asApp(async (client) => {
      await expect(asRole(client, machine, sql)).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('may not reach past a parent into its partitions', async () => {
    await database.asApp(async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select relname as name from pg_class where relispartition and relkind = 'r'`,
      );
      expect(rows.length).toBeGreaterThan(10);
      for (const { name } of rows)
        await expect(asRole(client, machine, `select * from ${name}`)).rejects.toMatchObject({ code: '42501' });
    });
  });
});

describe('the log', () => {
  const changes = ['command', 'event', 'sealed'].flatMap((table) => [
    `update ${table} set ${table === 'sealed' ? 'hash = hash' : 'actor_id = actor_id'}`,
    `delete from ${table}`,
    `truncate ${table}`,
  ]);
  it.each(changes.map((sql) => [sql]))('refuses its owner too: %s', async (sql) => {
    await database.asOwner(async (client) => {
      await client.query("begin; select set_config('app.system', 'on', true)");
      await expect(client.query(sql)).rejects.toMatchObject({
        code: '42501',
        message: expect.stringMatching(/append-only/),
      });
      await client.query('rollback');
    });
  });
});
