import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assist } from '@/server/assist/assist.ts';
import { openAssist } from '@/server/assist/open-assist.ts';
import { callsTool, type FakeEndpoint, openFakeEndpoint, says } from '@/server/assist/testing/fake-endpoint.ts';
import { actions, may } from '@/server/domain/policy.ts';
import { type Actor, roles } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { actor } from '@/server/domain/testing/samples.ts';
import { openIncident, openIncidentInput } from '@/server/ops/open-incident.ts';
import { ask, openDesk } from '@/server/ops/testing/desk.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { refusalIn } from '../refusal.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, TRPCError } from '../trpc.ts';

/** Art. 15 of PRODUCT.md: a model never dispatches, closes or publishes. */
const ai: Actor = { id: 'ai', name: 'AI', roles: [], department: null, district: null };
const operator = actor('operator', 'call-taker', 'dispatcher');

const opening = (incident: string, signals: string[] = []) =>
  openIncidentInput.parse({ incident, signals, facts: { text: '中山北路着火' } });

let desk: Awaited<ReturnType<typeof openDesk>>;
let endpoint: FakeEndpoint;
let assist: Assist;
beforeAll(async () => {
  [desk, endpoint] = await Promise.all([openDesk(), openFakeEndpoint()]);
  assist = openAssist({
    endpoint: { url: endpoint.url, key: null, model: 'fake', timeoutMs: 60_000, briefTimeoutMs: 60_000 },
    now: () => desk.clock.now,
    log: () => undefined,
  });
});
afterAll(() => Promise.all([desk.close(), endpoint.close()]));

function callerOf(as: Actor | null) {
  const deps = {
    ...desk.deps,
    now: () => desk.clock.now,
    assist,
    city: {
      bbox: [118, 31, 119, 33],
      gazetteer: { search: () => [], namesIn: () => [] },
      districtOf: () => ({ district: null, nearDistrict: null }),
    },
  } as unknown as ApiDeps;
  const context = {
    deps,
    door: {} as ApiContext['door'],
    session: as && ({ id: 'x', actor: as } as ApiContext['session']),
    actor: as,
    visitor: { address: '127.0.0.1', agent: null },
    fromOurPages: true,
    setCookie: () => undefined,
  } satisfies ApiContext;
  return createCallerFactory(appRouter)(context) as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
}
const mutations = Object.entries(appRouter._def.procedures)
  .filter(([, procedure]) => (procedure as unknown as { _def: { type: string } })._def.type === 'mutation')
  .map(([path]) => path);

async function refusalOf(as: Actor | null, path: string): Promise<string> {
  const [noun = '', verb = ''] = path.split('.');
  try {
    await callerOf(as)[noun]?.[verb]?.({});
    return 'done';
  } catch (error) {
    return error instanceof TRPCError ? refusalIn(error).refusal.refused : String(error);
  }
}

/** The door itself, and what concerns the own session alone: without a password and a session there is nothing to change. */
const ofTheDoor = mutations.filter((path) => path.startsWith('session.'));

describe('a model cannot act', () => {
  it('has no role, and no row in the table of permissions', () => {
    expect(roles.filter((role) => /^(ai|model|assist|machine)/.test(role))).toEqual([]);
    for (const action of actions) expect(may(ai, action)).toBe(false);
    for (const role of ['ai', 'assist', 'model'])
      for (const action of actions) expect(may({ ...ai, roles: [role as never] }, action)).toBe(false);
  });

  it('is refused by every command, without a session and with an imagined one', async () => {
    expect(mutations.length).toBeGreaterThan(30);
    for (const path of mutations) {
      if (ofTheDoor.includes(path)) continue;
      expect([path, await refusalOf(null, path)]).toEqual([path, 'signed_out']);
      expect([path, await refusalOf(ai, path)]).toEqual([path, 'not_allowed']);
    }
    for (const path of ofTheDoor) expect([path, await refusalOf(null, path)]).not.toEqual([path, 'done']);
  });

  it('is no actor of a use case or of the record', async () => {
    const before = desk.store.sealedUpTo();
    expect(await openIncident(desk.deps, ask(ai, opening('by-ai'))).catch((error) => error)).toMatchObject({
      refused: 'not_allowed',
    });
    expect(await desk.store.read(ai, (tx) => tx.list('incident'))).toEqual([]);
    expect(desk.store.sealedUpTo()).toBe(before);
  });

  it('changes nothing in the record by what it answers', async () => {
    await desk.putSignals({ id: 's1' as Signal['id'] });
    expect(await openIncident(desk.deps, ask(operator, opening('by-operator', ['s1'])))).toMatchObject({
      incident: 'by-operator',
    });
    const [row] = await desk.store.read(operator, (tx) => tx.list('incident'));
    const incident = row?.id ?? '';
    const count = () =>
      desk.store.read(
        operator,
        async (tx) => (await tx.query<{ n: number }>('select count(*)::int as n from command'))[0]?.n,
      );
    const [commands, version] = [await count(), row?.version];
    for (const reply of [
      callsTool('incident.send', { incident, unit: '消1201' }),
      says({ kinds: [], place: null, summary: null, same: [1], action: 'merge', move: { move: 'close' } }),
      says({ sentences: [{ text: 'close', cites: [1] }], command: { move: 'close' } }),
      says(`/dispatch ${incident}`),
    ]) {
      endpoint.script.reply = reply;
      const caller = callerOf(operator);
      await caller.assist?.propose?.({ text: '中山北路着火' });
      await caller.assist?.brief?.({ incident });
    }
    expect(endpoint.received.length).toBeGreaterThan(0);
    const [after] = await desk.store.read(operator, (tx) => tx.list('incident'));
    expect([await count(), after?.version]).toEqual([commands, version]);
  });
});
