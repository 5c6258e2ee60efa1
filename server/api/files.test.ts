import { createHash, randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccess } from '@/server/access/access.ts';
import { type AccessDatabase, openAccessDatabase } from '@/server/access/database.ts';
import { demoPassword, seedDemoAccounts } from '@/server/access/demo-accounts.ts';
import { largestFileBytes } from '@/server/domain/file-kind.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import { operator } from '@/server/domain/testing/samples.ts';
import { openIncident } from '@/server/ops/open-incident.ts';
import type { OpenStore } from '@/server/store/open-store.ts';
import { openTestDatabase, type TestDatabase } from '@/server/store/testing/database.ts';
import { createFiles, dispositionOf } from './files.ts';

let database: TestDatabase;
let tables: AccessDatabase;
let store: OpenStore;
let server: Server;
let incident = '';
const cookies = new Map<string, string>();
const faults: unknown[] = [];

const url = (file: string, of = incident) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/${of}/${file}`;
const png = (words: string): Buffer => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk(words), chunk('')]);
const chunk = (words: string): Buffer => {
  const body = Buffer.from(words);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(words ? 'IDAT' : 'IEND', 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
};

type Sending = { as?: string; name?: string; id?: string; headers?: Record<string, string>; of?: string };
async function send(file: string, bytes: Buffer | string, sending: Sending = {}) {
  const { as = 'operator1', name = '现场.png', id = randomUUID(), headers = {}, of = incident } = sending;
  const response = await fetch(url(file, of), {
    method: 'POST',
    headers: {
      'x-one-network': '1',
      'x-command-id': id,
      'x-file-name': encodeURIComponent(name),
      cookie: cookies.get(as) ?? '',
      ...headers,
    },
    body: bytes as never,
  });
  return { status: response.status, ...((await response.json()) as { refusal?: { refused: string }; mime?: string }) };
}
const fetched = (file: string, as = 'operator1', headers: Record<string, string> = {}, query = '') =>
  fetch(url(file) + query, { headers: { cookie: cookies.get(as) ?? '', ...headers } });
const room = async () =>
  (await store.read(operator, async (tx) => (await tx.find('incident', incident))?.state))?.files ?? [];

beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
  tables = openAccessDatabase(database.connections.app);
  await seedDemoAccounts(tables, Date.now());
  const access = createAccess({ database: tables, secure: false });
  const deps = { store, newId: randomUUID };
  server = createServer(createFiles(deps, { access, trustProxy: false, onFault: (error) => faults.push(error) }));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  for (const account of ['operator1', 'chief', 'liaison-water', 'auditor', 'wall']) {
    const visitor = { address: '127.0.0.1', agent: null };
    const signed = await access.signIn({ login: account, password: demoPassword }, visitor);
    if (!wasRefused(signed)) cookies.set(account, `session=${signed.token}`);
  }
  incident = randomUUID();
  const facts = { title: '积水', text: null, kind: null, place: null, priority: null };
  const input = { incident: incident as never, signals: [], facts };
  const opened = await openIncident(deps, { id: randomUUID(), actor: operator, input });
  if (wasRefused(opened)) throw new Error(opened.refused);
});
afterAll(async () => {
  server.close();
  await tables.close();
  await database.close();
});

describe('files of a room', () => {
  it('are kept with the entry of the log, by what they are and not by their name', async () => {
    const bytes = png('picture');
    const file = randomUUID();
    expect(await send(file, bytes, { name: '..\\C:\\现场\u202egnp.exe' })).toMatchObject({
      status: 200,
      mime: 'image/png',
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await room()).toMatchObject([
      { id: file, name: '现场gnp.exe', mime: 'image/png', bytes: bytes.length, sha256 },
    ]);
    const got = await fetched(file, 'chief');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': dispositionOf('现场gnp.exe', false),
      'cache-control': 'private, no-cache',
    });
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
    const shown = await fetched(file, 'chief', {}, '?show');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    const again = await fetched(file, 'chief', { 'if-none-match': shown.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('are kept once, however often they are sent', async () => {
    const file = randomUUID();
    const id = randomUUID();
    const before = (await room()).length;
    const first = await send(file, '水位 8.5 米', { id, name: '记录.txt' });
    expect(await send(file, '水位 8.5 米', { id, name: '记录.txt' })).toEqual(first);
    expect(await send(file, '水位 8.6 米', { id, name: '记录.txt' })).toMatchObject({
      refusal: { refused: 'command_conflict' },
    });
    expect(await send(file, '水位 8.5 米', { name: '记录.txt' })).toMatchObject({
      refusal: { refused: 'command_conflict' },
    });
    expect(await room()).toHaveLength(before + 1);
  });

  it('never run as pages', async () => {
    const file = randomUUID();
    expect(await send(file, '<script>alert(1)</script>', { name: 'a.html' })).toMatchObject({
      mime: 'text/plain; charset=utf-8',
    });
    const got = await fetched(file, 'operator1', {}, '?show');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(got.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('are refused with a reason', async () => {
    const refusals = async (bytes: Buffer | string, sending: Sending) =>
      (await send(randomUUID(), bytes, sending)).refusal?.refused;
    expect(await refusals(Buffer.from('MZ\x90\0\x03\0', 'latin1'), {})).toBe('bad_input');
    expect(await refusals('', {})).toBe('bad_input');
    expect(await refusals('x', { name: '\u202e' })).toBe('bad_input');
    expect(await refusals('x', { id: 'no/slash/please' })).toBe('bad_input');
    expect(await refusals('x', { headers: { 'x-one-network': '0' } })).toBe('not_allowed');
    expect(await refusals('x', { headers: { origin: 'https://elsewhere.example' } })).toBe('not_allowed');
    expect(await refusals('x', { as: 'nobody' })).toBe('signed_out');
    expect(await refusals('x', { as: 'auditor' })).toBe('not_allowed');
    expect(await refusals('x', { as: 'liaison-water' })).toBe('not_found');
    expect(await refusals('x', { of: randomUUID() })).toBe('not_found');
  });

  it('are taken up to their largest size, and one byte more is not', async () => {
    const large = Buffer.alloc(largestFileBytes, 'a');
    expect(await send(randomUUID(), large, { name: 'large.txt' })).toMatchObject({ status: 200 });
    // Without a length, so that only counting tells.
    const status = await new Promise<number>((done, fail) => {
      const headers = { 'x-one-network': '1', 'x-command-id': randomUUID(), cookie: cookies.get('operator1') ?? '' };
      const sent = httpRequest(url(randomUUID()), { method: 'POST', headers }, (response) => {
        response.resume();
        done(response.statusCode ?? 0);
      });
      sent.on('error', fail);
      sent.write(large);
      sent.end('b');
    });
    expect(status).toBe(413);
  });

  it('are for whoever sees the incident, and for no wall', async () => {
    const file = (await room())[0]?.id ?? '';
    expect((await fetched(file, 'auditor')).status).toBe(200);
    expect((await fetched(file, 'wall')).status).toBe(404);
    expect((await fetched(file, 'nobody')).status).toBe(401);
    expect((await fetched(randomUUID())).status).toBe(404);
    expect((await fetch(`${url(file).replace(file, '%zz')}`)).status).toBe(404);
  });

  it('are at most fifty', async () => {
    while ((await room()).length < 50) expect((await send(randomUUID(), 'x')).status).toBe(200);
    expect(await send(randomUUID(), 'x')).toMatchObject({ status: 413, refusal: { refused: 'too_large' } });
    expect(faults).toEqual([]);
  });
});
