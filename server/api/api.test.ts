import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccess } from '@/server/access/access.ts';
import { type AccessDatabase, openAccessDatabase } from '@/server/access/database.ts';
import { demoAccounts, demoPassword, seedDemoAccounts } from '@/server/access/demo-accounts.ts';
import { refusalCodes } from '@/server/domain/refusal.ts';
import { systemActor } from '@/server/store/actor.ts';
import { StoreUnavailable } from '@/server/store/faults.ts';
import type { OpenStore } from '@/server/store/open-store.ts';
import { seedDemoUnits } from '@/server/store/seed/seed-demo-units.ts';
import { seedDepartments } from '@/server/store/seed/seed-departments.ts';
import { openTestDatabase, type TestDatabase } from '@/server/store/testing/database.ts';
import type { ApiDeps } from './deps.ts';
import { createApi } from './http.ts';
import { trpcCode } from './refusal.ts';
import { appRouter } from './router.ts';

let database: TestDatabase;
let tables: AccessDatabase;
let store: OpenStore;
let server: Server;
let secureServer: Server;
const faults: unknown[] = [];
let storeGone = false;

type Answer = {
  status: number;
  headers: Headers;
  data: never;
  refusal: { refused: string; detail: string; subject?: string } | undefined;
  text: string;
};
const headers = { 'content-type': 'application/json', 'x-one-network': '1' };
const base = (of: Server) => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;

async function call(of: Server, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${base(of)}/trpc/${path}`, init);
  const text = await response.text();
  const body = JSON.parse(text);
  return {
    status: response.status,
    headers: response.headers,
    data: body.result?.data as never,
    refusal: body.error?.data?.refusal,
    text,
  };
}
const post = (path: string, input: unknown, more: Record<string, string> = {}, of = server) =>
  call(of, path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(input) });
const get = (path: string, more: Record<string, string> = {}) => call(server, path, { headers: more });
const cookieOf = (answer: Answer) => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const signIn = async (account: string) => ({
  cookie: cookieOf(await post('session.signIn', { account, password: demoPassword })),
});

beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
  tables = openAccessDatabase(database.connections.app);
  await seedDemoAccounts(tables, Date.now());
  await seedDepartments(store);
  await seedDemoUnits(store);
  const failing: ApiDeps['store'] = {
    ...store,
    read: (actor, work) => (storeGone ? Promise.reject(new StoreUnavailable('gone')) : store.read(actor, work)),
  };
  const deps = {
    store: failing,
    newId: () => 'id',
    now: Date.now,
    city: { districtOf: () => ({ district: '320104', nearDistrict: null }) },
    feeds: [{ id: 'police-110', personal: true }],
    get intake(): never {
      throw new Error('a secret detail of ours');
    },
  } as unknown as ApiDeps;
  const door = { demo: true, mapboxToken: null, trustProxy: false, onFault: (error: unknown) => faults.push(error) };
  const listening = (of: Server) => new Promise<void>((done) => of.listen(0, '127.0.0.1', done));
  server = createServer(createApi(deps, { ...door, access: createAccess({ database: tables, secure: false }) }));
  secureServer = createServer(createApi(deps, { ...door, access: createAccess({ database: tables, secure: true }) }));
  await Promise.all([listening(server), listening(secureServer)]);
});
afterAll(async () => {
  for (const of of [server, secureServer]) of.close();
  await tables.close();
  await database.close();
});

describe('the door', () => {
  it('signs in with the flags that the way in asks for', async () => {
    const given = { account: 'operator1', password: demoPassword };
    const plain = await post('session.signIn', given);
    expect(plain.headers.get('set-cookie')).toMatch(
      /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    );
    expect(plain.headers.get('cache-control')).toBe('no-store');
    const secure = await post('session.signIn', given, {}, secureServer);
    expect(secure.headers.get('set-cookie')).toMatch(
      /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/,
    );
    expect((await get('session.me', { cookie: cookieOf(plain) })).data).toMatchObject({
      actor: { name: '王敏' },
      demo: true,
    });
    expect(
      (await get('session.me', { cookie: cookieOf(plain).replace('session', '__Host-session') })).refusal?.refused,
    ).toBe('signed_out');
  });

  it('replaces the session that the browser had, and ends it at sign-out', async () => {
    const first = await signIn('operator1');
    const again = await post('session.signIn', { account: 'operator2', password: demoPassword }, first);
    expect((await get('session.me', first)).refusal?.refused).toBe('signed_out');
    const second = { cookie: cookieOf(again) };
    const out = await post('session.signOut', undefined, second);
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await get('session.me', second)).status).toBe(401);
  });

  it.each([
    ['without the header', { 'x-one-network': '' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from a sandbox', { origin: 'null' }],
    ['from another port', { origin: 'http://127.0.0.1:1' }],
    ['as a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('takes no command %s', async (_name, more) => {
    const me = await signIn('operator1');
    const answer = await post('session.signOut', undefined, { ...me, ...more });
    expect([answer.status, answer.refusal?.refused]).toEqual([403, 'not_allowed']);
    expect((await get('session.me', me)).status).toBe(200);
  });

  it('takes commands of our own origin', async () => {
    const me = await signIn('operator1');
    const origin = base(server);
    expect((await post('session.signOut', undefined, { ...me, origin, 'sec-fetch-site': 'same-origin' })).status).toBe(
      200,
    );
  });

  it('changes nothing by GET', async () => {
    const me = await signIn('operator1');
    expect((await get('session.signOut', { ...me, 'x-one-network': '1' })).status).toBe(400);
    expect((await get('session.me', me)).status).toBe(200);
  });
});

describe('refusals', () => {
  it('have a code of HTTP each', () => {
    for (const code of Object.keys(refusalCodes))
      expect(trpcCode(code as keyof typeof refusalCodes)).toMatch(/^[A-Z_]+$/);
    expect([trpcCode('unit_taken'), trpcCode('not_saved'), trpcCode('bad_input')]).toEqual([
      'CONFLICT',
      'SERVICE_UNAVAILABLE',
      'BAD_REQUEST',
    ]);
  });

  it('of an op arrive as an error with the whole refusal', async () => {
    const me = await signIn('liaison-police');
    const command = (commandId: string, department: string, seat: string) =>
      post('department.changeSeat', { commandId, department, command: { move: 'take', seat } }, me);
    const taken = await command('command-1', 'police', 'police-1');
    expect(taken.data).toEqual({ department: 'police' });
    expect((await command('command-1', 'police', 'police-1')).data).toEqual({ department: 'police' });
    const twice = await command('command-2', 'police', 'police-1');
    expect(twice.status).toBe(409);
    expect(twice.refusal?.refused).toBe('wrong_state');
    expect((await command('command-1', 'police', 'police-2')).refusal?.refused).toBe('command_conflict');
    const other = await command('command-3', 'fire', 'fire-1');
    expect([403, 404]).toContain(other.status);
  });

  it('of a role come before anything is read', async () => {
    const wall = await signIn('wall');
    const answer = await get(`account.list`, wall);
    expect([answer.status, answer.refusal]).toEqual([403, { refused: 'not_allowed', detail: 'account.manage' }]);
    expect((await get('account.list')).refusal?.refused).toBe('signed_out');
    expect((await get('account.list', await signIn('admin'))).data).toHaveLength(demoAccounts.length);
  });

  it('of a wrong shape name the field', async () => {
    const answer = await post('session.signIn', { account: 7, password: demoPassword });
    expect([answer.status, answer.refusal?.refused, answer.refusal?.subject]).toEqual([400, 'bad_input', 'account']);
    const broken = await call(server, 'session.signIn', { method: 'POST', headers, body: '{"account":' });
    expect([broken.status, broken.refusal?.refused]).toEqual([400, 'bad_input']);
  });

  it('of too much come without reading it all', async () => {
    const answer = await post('session.signIn', { account: 'a', password: 'x'.repeat(400_000) });
    expect([answer.status, answer.refusal?.refused]).toEqual([413, 'too_large']);
    const many = Array.from({ length: 40 }, () => 'session.about').join(',');
    expect((await fetch(`${base(server)}/trpc/${many}?batch=1`)).status).toBe(400);
  });

  it('take whatever people type as text', async () => {
    const words = `😀 ${'长'.repeat(100)} ' or 1=1 -- \u0000`;
    const answer = await post('session.signIn', { account: words, password: words });
    expect(['bad_credentials', 'bad_input']).toContain(answer.refusal?.refused);
  });

  it('of a database that is gone say that nothing was saved', async () => {
    const me = await signIn('operator1');
    storeGone = true;
    const answer = await get('incident.list?input=%7B%7D', me);
    storeGone = false;
    expect([answer.status, answer.refusal?.refused]).toEqual([503, 'not_saved']);
  });

  it('leak nothing of a fault of ours, but log it', async () => {
    const me = await signIn('admin');
    faults.length = 0;
    const answer = await get('feed.list', me);
    expect([answer.status, answer.refusal]).toEqual([500, { refused: 'internal', detail: '' }]);
    expect(answer.text).not.toContain('secret');
    expect(answer.text).not.toContain('.ts');
    expect(String(faults[0])).toContain('a secret detail of ours');
  });
});

describe('limits of a role', () => {
  it('a district operator changes no unit of another district', async () => {
    const gulou = await signIn('district-gulou');
    const units = await store.read(systemActor('test'), (tx) => tx.list('unit'));
    const change = (district: (code: string | null) => boolean) => {
      const unit = units.find(({ state }) => district(state.district) && state.rest === 'available');
      return post('unit.change', { commandId: randomUUID(), move: 'rest', unit: unit?.id, rest: 'unavailable' }, gulou);
    };
    expect((await change((code) => code !== null && code !== '320106')).refusal?.refused).toBe('not_allowed');
    expect((await change((code) => code === '320106')).status).toBe(200);
  });

  it('nobody takes the ids of our own commands beforehand', async () => {
    const command = { department: 'police', command: { move: 'take', seat: 'police-2' } };
    const answer = await post(
      'department.changeSeat',
      { ...command, commandId: 'timer/order/1/1790000000000' },
      await signIn('liaison-police'),
    );
    expect([answer.refusal?.refused, answer.refusal?.subject]).toEqual(['bad_input', 'commandId']);
  });

  it('raw bytes of a source of calls are for whoever may read callers', async () => {
    const row = { id: 'q', feed: 'police-110', protocol: 'push', receivedAt: 1, reason: 'schema', offset: null };
    await store.quarantine.add([
      { ...row, detail: 'from 13800000000', bytes: Buffer.from('13800000000'), source: 'x' },
    ]);
    const shown = async (account: string) => (await get('feed.quarantine?input=%7B%7D', await signIn(account))).text;
    const hidden = [await shown('auditor'), await shown('admin')].join();
    expect(hidden).toContain('"withheld":true');
    expect(hidden).not.toContain('13800000000');
    expect(hidden).not.toContain(Buffer.from('13800000000').toString('hex'));
    expect(await shown('chief')).toContain('13800000000');
  });
});

describe('every procedure', () => {
  /** What a visitor may reach at all. */
  const open = ['session.about', 'session.signIn', 'session.setUp', 'session.signOut'];
  const procedures = Object.entries(appRouter._def.procedures) as unknown as [
    string,
    { _def: { type: 'query' | 'mutation' } },
  ][];

  it('but the sign-in refuses whoever is not signed in, and commands without our header', async () => {
    for (const [path, { _def }] of procedures) {
      if (_def.type === 'mutation') {
        const forged = await post(path, {}, { 'x-one-network': '' });
        expect([path, forged.refusal?.refused]).toEqual([path, 'not_allowed']);
      }
      if (open.includes(path)) continue;
      const answer = await (_def.type === 'mutation' ? post(path, {}) : get(`${path}?input=%7B%7D`));
      expect([path, answer.refusal?.refused]).toEqual([path, 'signed_out']);
    }
    expect(procedures.length).toBeGreaterThan(25);
  });
});

describe('a register file', () => {
  const head = 'scheme,key,kind,name,lon,lat,crs';

  it('is previewed with its faulty rows, larger than other requests may be, by those who keep the register', async () => {
    const rows = Array.from(
      { length: 6_000 },
      (_, at) => `bulk,${at},rain,一个名字很长的雨量遥测站${at},118.78,32.04,wgs84`,
    );
    const text = `${head}\n${rows.join('\n')}\nbulk,x,volcano,y,,,`;
    expect(text.length).toBeGreaterThan(256 * 1024);
    const answer = await post('station.preview', { text }, await signIn('chief'));
    expect(answer.status).toBe(200);
    const preview = answer.data as { added: unknown[]; faulty: unknown[] };
    expect(preview.added).toHaveLength(6_000);
    expect(preview.faulty).toEqual([{ line: 6_002, reason: 'unknown-word', column: 'kind', value: 'volcano' }]);
    const other = await post('station.preview', { text: head }, await signIn('operator1'));
    expect([other.status, other.refusal?.refused]).toEqual([403, 'not_allowed']);
    const large = await post('station.register', { commandId: 'large-one', stations: [], text }, await signIn('chief'));
    expect(large.status).toBe(413);
  });

  it('is registered once, comes back as a file, and its history is asked for by those who may', async () => {
    const me = await signIn('chief');
    const preview = await post('station.preview', { text: `${head}\napi,1,rain,站,118.78,32.04,wgs84` }, me);
    const [{ station }] = (preview.data as { added: [{ station: unknown }] }).added;
    const command = { commandId: 'import:0001', stations: [station] };
    for (let times = 0; times < 2; times++)
      expect(await post('station.register', command, me)).toMatchObject({
        data: { added: 1, changed: 0, unchanged: 0 },
      });
    expect((await get('station.export', me)).data).toMatchObject({ count: 1 });
    const asked = (of: object) =>
      encodeURIComponent(JSON.stringify({ station: 'api/1', property: 'P1', from: 1, to: 2, ...of }));
    expect((await get(`history.readings?input=${asked({})}`, me)).data).toMatchObject({ at: [], unit: null });
    expect((await get(`history.readingRows?input=${asked({})}`, me)).data).toMatchObject({ value: [], next: null });
    expect((await get(`history.readings?input=${asked({ to: 32 * 86_400_000 })}`, me)).status).toBe(400);
    expect((await get(`history.readings?input=${asked({})}`, await signIn('admin'))).status).toBe(403);
    const retired = await post('station.retire', { commandId: 'retire:0001', station: 'api/1', reason: 'gone' }, me);
    expect(retired.data).toEqual({ station: 'api/1' });
    expect((await get('station.export', me)).data).toMatchObject({ count: 0 });
  });
});
