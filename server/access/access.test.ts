import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wasRefused } from '@/server/domain/refusal.ts';
import { openTestDatabase, type TestDatabase } from '@/server/store/testing/database.ts';
import { type Access, createAccess } from './access.ts';
import { type AccessDatabase, openAccessDatabase } from './database.ts';
import { demoAccounts, demoPassword, seedDemoAccounts } from './demo-accounts.ts';
import { createPushAuthenticator, issuePushTokens } from './push-tokens.ts';
import type { Opened } from './sign-in.ts';

const hour = 3_600_000;
const desk = { address: '127.0.0.1', agent: 'test' };
const cookie = (opened: Opened) => `session=${opened.token}`;
let database: TestDatabase;
let tables: AccessDatabase;
let now = Date.UTC(2026, 6, 1);
let access: Access;
let ids = 0;

const enter = async (login: string, password = demoPassword, visitor = desk): Promise<Opened> => {
  const opened = await access.signIn({ login, password }, visitor);
  if (wasRefused(opened)) throw new Error(opened.refused);
  return opened;
};
const signedIn = async (login: string) => {
  const opened = await enter(login);
  const session = await access.authenticate(cookie(opened));
  if (!session) throw new Error('no session');
  return { opened, session };
};

beforeAll(async () => {
  database = await openTestDatabase();
  tables = openAccessDatabase(database.connections.app);
  await seedDemoAccounts(tables, now);
  access = createAccess({ database: tables, secure: false, now: () => now, newId: () => `id-${ids++}` });
});
afterAll(async () => {
  await tables.close();
  await database.close();
});

describe('signing in', () => {
  it('knows every demo account, and who it is', async () => {
    const opened = await enter('district-gulou');
    const session = await access.authenticate(`theme=dim; ${cookie(opened)}`);
    expect(session?.actor).toMatchObject({
      name: '何静',
      roles: ['district-operator'],
      district: '320106',
      department: null,
    });
    expect(session?.demo).toBe(true);
    expect(await seedDemoAccounts(tables, now)).toBe(0);
    expect(new Set(demoAccounts.map((of) => of.login)).size).toBe(demoAccounts.length);
  });

  it('gives one answer to a wrong password, an unknown name and a disabled account', async () => {
    await database.asOwner((client) =>
      client.query(
        "begin; select set_config('app.system','on',true); update account set disabled = true where login = 'auditor'; commit",
      ),
    );
    for (const given of [
      { login: 'chief', password: 'wrong' },
      { login: 'nobody-at-all', password: 'wrong' },
      { login: 'auditor', password: demoPassword },
    ])
      expect(await access.signIn(given, { ...desk, address: '10.9.9.9' })).toMatchObject({
        refused: 'bad_credentials',
        detail: '',
      });
  });

  it('keeps no token and no password in the clear', async () => {
    const opened = await enter('operator1');
    const kept = await database.asAdmin((client) =>
      client.query<{ all: string }>(
        'select (select json_agg(s) from session s)::text || (select json_agg(a) from account a)::text as all',
      ),
    );
    expect(kept.rows[0]?.all).not.toContain(opened.token);
    expect(kept.rows[0]?.all).not.toContain(demoPassword);
    expect(kept.rows[0]?.all).toContain('$argon2id$');
  });

  it('holds a guesser back, and says the same of a name that does not exist', async () => {
    const guess = (login: string) => access.signIn({ login, password: 'guess' }, { ...desk, address: '10.1.1.1' });
    for (const login of ['commander', 'no-such-name']) {
      const answers = [];
      for (let tries = 0; tries < 7; tries += 1) answers.push(await guess(login));
      expect(answers.map((answer) => wasRefused(answer) && answer.refused)).toEqual([
        ...Array(5).fill('bad_credentials'),
        'too_many_attempts',
        'too_many_attempts',
      ]);
    }
    expect(
      wasRefused(await access.signIn({ login: 'commander', password: demoPassword }, { ...desk, address: '10.1.1.1' })),
    ).toBe(true);
    await enter('commander');
  });

  it('remembers strangers’ guesses over a restart, and lets the known place in', async () => {
    await enter('verifier');
    for (let address = 0; address < 12; address += 1)
      await access.signIn({ login: 'verifier', password: 'guess' }, { ...desk, address: `10.2.0.${address}` });
    const again = createAccess({ database: tables, secure: false, now: () => now });
    const given = { login: 'verifier', password: demoPassword };
    expect(await again.signIn(given, { ...desk, address: '10.2.9.9' })).toMatchObject({ refused: 'too_many_attempts' });
    expect(wasRefused(await again.signIn(given, desk))).toBe(false);
  });
});

describe('sessions', () => {
  it('end by idling, by age, by signing out, and by disabling', async () => {
    const { opened, session } = await signedIn('operator1');
    now += 50 * 60_000;
    expect(await access.authenticate(cookie(opened))).not.toBeNull();
    now += 61 * 60_000;
    expect(await access.authenticate(cookie(opened))).toBeNull();

    const worked = await enter('operator1');
    for (let half = 0; half < 23; half += 1) {
      now += hour / 2;
      expect(await access.authenticate(cookie(worked)), `after ${half / 2} h`).not.toBeNull();
    }
    now += hour;
    expect(await access.authenticate(cookie(worked))).toBeNull();
    expect(session.expiresAt - session.createdAt).toBe(12 * hour);
  });

  it('an open screen counts as use', async () => {
    const { opened, session } = await signedIn('operator1');
    for (let round = 0; round < 4; round += 1) {
      now += 40 * 60_000;
      expect((await access.stillValid([session.id])).get(session.id)?.name).toBe('王敏');
    }
    expect(await access.authenticate(cookie(opened))).not.toBeNull();
  });

  it('a wall renews itself', async () => {
    const opened = await enter('wall');
    for (let week = 0; week < 30; week += 1) {
      now += 7 * 24 * hour;
      expect(await access.authenticate(cookie(opened))).not.toBeNull();
    }
    now += 31 * 24 * hour;
    expect(await access.authenticate(cookie(opened))).toBeNull();
  });

  it('sign-out ends one, "everywhere" all, and both are told at once', async () => {
    const told: string[] = [];
    access.onEnded((id) => told.push(id));
    const [one, two, three] = [await signedIn('operator2'), await signedIn('operator2'), await signedIn('operator2')];
    expect((await access.sessions(one.session)).filter((of) => of.current)).toHaveLength(1);
    await access.end(one.session, { id: one.session.id });
    expect(await access.authenticate(cookie(one.opened))).toBeNull();
    expect(await access.authenticate(cookie(two.opened))).not.toBeNull();
    expect(await access.end(two.session, 'all')).toBe(2);
    expect(await access.authenticate(cookie(three.opened))).toBeNull();
    expect(told.sort()).toEqual([one.session.id, two.session.id, three.session.id].sort());
    expect((await access.stillValid(told)).size).toBe(0);
  });

  it('nobody ends another account’s session', async () => {
    const [mine, other] = [await signedIn('operator1'), await signedIn('operator2')];
    expect(await access.end(mine.session, { id: other.session.id })).toBe(0);
    expect(await access.authenticate(cookie(other.opened))).not.toBeNull();
  });

  it('takes nothing for a session that is not one', async () => {
    for (const header of [undefined, '', 'session=', 'session=x', '__Host-session=x', `session=${'a'.repeat(5_000)}`])
      expect(await access.authenticate(header)).toBeNull();
    expect((await access.stillValid(['', 'x', 'f'.repeat(64)])).size).toBe(0);
  });
});

describe('accounts', () => {
  const newOne = { login: 'zhao.wei', name: '赵伟', roles: ['dispatcher' as const], department: null, district: null };

  it('are made, changed and disabled; a new password signs out everywhere', async () => {
    expect(await access.createAccount({ ...newOne, password: 'short' })).toMatchObject({
      refused: 'bad_input',
      subject: 'password',
    });
    const made = await access.createAccount({ ...newOne, password: 'a long enough phrase' });
    if (wasRefused(made)) throw new Error(made.detail);
    expect(
      await access.createAccount({ ...newOne, login: 'ZHAO.WEI', password: 'a long enough phrase' }),
    ).toMatchObject({ refused: 'bad_input', subject: 'login' });
    const held = await enter('zhao.wei', 'a long enough phrase');
    const admin = (await signedIn('admin')).session.actor;
    await access.changeAccount(admin, { id: made.id, password: 'another long phrase' });
    expect(await access.authenticate(cookie(held))).toBeNull();
    await enter('zhao.wei', 'another long phrase');
    await access.changeAccount(admin, { id: made.id, disabled: true });
    expect(await access.signIn({ login: 'zhao.wei', password: 'another long phrase' }, desk)).toMatchObject({
      refused: 'bad_credentials',
    });
  });

  it('keep apart what is apart by rule, and nobody raises the own account', async () => {
    const both = {
      ...newOne,
      login: 'both',
      roles: ['system-admin' as const, 'auditor' as const],
      password: 'a long enough phrase',
    };
    expect(await access.createAccount(both)).toMatchObject({ refused: 'bad_input', subject: 'roles' });
    const admin = (await signedIn('admin')).session.actor;
    expect(await access.changeAccount(admin, { id: admin.id, roles: ['commander'] })).toMatchObject({
      refused: 'not_allowed',
    });
  });

  it('own password: the old one is asked, others sign out', async () => {
    await access.createAccount({ ...newOne, login: 'sun', name: '孙', password: 'a long enough phrase' });
    const [here, there] = [await enter('sun', 'a long enough phrase'), await enter('sun', 'a long enough phrase')];
    const session = await access.authenticate(cookie(here));
    if (!session) throw new Error('no session');
    expect(await access.changePassword(session, { current: 'wrong', next: 'something quite new' })).toMatchObject({
      refused: 'bad_credentials',
    });
    expect(await access.changePassword(session, { current: 'a long enough phrase', next: 'short' })).toMatchObject({
      refused: 'bad_input',
    });
    expect(
      await access.changePassword(session, { current: 'a long enough phrase', next: 'something quite new' }),
    ).toEqual({ ended: 1 });
    expect(await access.authenticate(cookie(here))).not.toBeNull();
    expect(await access.authenticate(cookie(there))).toBeNull();
  });
});

describe('first run', () => {
  it('the printed code makes one administrator, once, also when two try at once', async () => {
    const empty = await openTestDatabase();
    const its = openAccessDatabase(empty.connections.app);
    try {
      const city = createAccess({ database: its, secure: true });
      expect(await city.setUpNeeded()).toBe(true);
      const given = { login: 'root', name: '管理员', password: 'a long enough phrase' };
      expect(await city.setUp({ ...given, code: 'WRONG-WRONG-WRONG-WRONG' }, desk)).toMatchObject({
        refused: 'bad_credentials',
      });
      const code = city.setUpCode.toLowerCase().replaceAll('-', ' ');
      const both = await Promise.all([
        city.setUp({ ...given, code }, desk),
        city.setUp({ ...given, login: 'second', code }, desk),
      ]);
      expect(both.filter((answer) => !wasRefused(answer))).toHaveLength(1);
      expect(await city.setUpNeeded()).toBe(false);
      expect(await city.setUp({ ...given, login: 'third', code }, desk)).toMatchObject({ refused: 'wrong_state' });
      expect(await city.accounts()).toMatchObject([{ roles: ['system-admin'], demo: false }]);
    } finally {
      await its.close();
      await empty.close();
    }
  });
});

describe('push tokens', () => {
  it('speak for one source until they are revoked or issued anew', async () => {
    const clock = () => now;
    const ask = createPushAuthenticator(tables, clock);
    const sources = [{ feedId: 'water-level', name: '水情', department: 'water' }];
    const issue = () => issuePushTokens(tables, 'demo', { sources, now, newId: () => `t-${ids++}` });
    const first = await issue();
    expect(await ask(first['water-level'] ?? '')).toEqual({ feedId: 'water-level', department: 'water' });
    expect(await ask('guess')).toBeNull();
    const second = await issue();
    now += 4_000;
    expect(await ask(second['water-level'] ?? '')).not.toBeNull();
    expect(await ask(first['water-level'] ?? '')).toBeNull();
    const own = await access.issuePushToken({ feedId: 'police-110', name: '110', department: 'police' });
    now += 4_000;
    expect(await ask(own.token)).toMatchObject({ feedId: 'police-110' });
    expect(await access.revokePushToken(own.id)).toBe(true);
    now += 4_000;
    expect(await ask(own.token)).toBeNull();
    expect(JSON.stringify(await access.pushTokens())).not.toContain(second['water-level']);
  });
});
