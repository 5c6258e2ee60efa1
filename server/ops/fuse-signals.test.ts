import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '@/server/domain/signal.ts';
import { chief, operator } from '@/server/domain/testing/samples.ts';
import type { CallRecord } from '@/server/wire/record.ts';
import { groupSignal, keepApart, ungroupSignal } from './fuse-judgements.ts';
import { fusionActor } from './fuse-signals.ts';
import { attachSignal, detachSignal, dismissSignal, restoreSignal } from './judge-signal.ts';
import { voidIncident } from './merge-incidents.ts';
import { openIncident } from './open-incident.ts';
import { receiveRecords } from './receive-records.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

let serial = 0;
const call = (text: string, at: readonly [number, number] | null, more: Partial<CallRecord> = {}): CallRecord => {
  serial += 1;
  const number = `C${serial}`;
  return {
    kind: 'call',
    subject: { scheme: 'push', key: 'police' },
    observedAt: desk.clock.now,
    sourceAt: desk.clock.now,
    relayedAt: null,
    receivedAt: null,
    geometry: at ? { type: 'Point', coordinates: [at[0], at[1]] } : null,
    crsReceived: at ? 'wgs84' : 'unknown',
    geometrySource: at ? 'message' : 'none',
    quality: { state: 'good', flags: [] },
    dedupeKey: number,
    revision: 0,
    privacy: 'personal',
    number,
    type: null,
    priority: null,
    place: null,
    text,
    calls: [],
    units: [],
    state: null,
    casualties: { dead: null, injured: null, trapped: null },
    ...more,
  } as CallRecord;
};

const receive = async (...records: CallRecord[]): Promise<string[]> => {
  const receipts = await receiveRecords(desk.deps, {
    actor: system,
    records,
    context: {
      feed: 'police-110',
      department: 'police',
      reality: 'actual',
      receivedAt: desk.clock.now,
      districtOf: () => ({ district: '320106', nearDistrict: null }),
    },
  });
  if ('refused' in receipts) throw new Error(JSON.stringify(receipts));
  return receipts.flatMap((receipt) => receipt.signals);
};
const signal = (id: string): Promise<Signal> =>
  desk.store.read(system, async (tx) => (await tx.find('signal', id))!.state);
const incident = (id: string) => desk.store.read(system, async (tx) => (await tx.find('incident', id))!.state);
const nothing = { title: null, text: null, kind: null, place: null, priority: null };
const open = async (id: string, ...signals: string[]) => {
  const answer = await openIncident(
    desk.deps,
    ask(operator, { incident: id as never, signals: signals as never, facts: nothing }),
  );
  expect(answer).not.toHaveProperty('refused');
  return incident(id);
};
const done = async (answer: Promise<unknown>) => expect(await answer).not.toHaveProperty('refused');

/** Far from all else, so that no case meets another. */
let place = 0;
const elsewhere = (): [number, number] => {
  place += 1;
  return [118.5 + place * 0.08, 32.0];
};
const beside = ([lon, lat]: readonly [number, number], metres: number): [number, number] => [
  lon,
  lat + metres / 111_000,
];

describe('signals about one thing', () => {
  it('wait behind the first, are taken up with it, and a later one joins the incident with its reasons', async () => {
    const at = elsewhere();
    const [first] = await receive(call('金陵花园12栋厨房着火了，火很大', at));
    const [second] = await receive(call('金陵花园12栋有人家里起火，往外冒黑烟', beside(at, 30)));
    expect(await signal(first!)).toMatchObject({ lead: null, state: 'open' });
    const grouped = await signal(second!);
    expect(grouped).toMatchObject({ lead: first, state: 'open' });
    expect(grouped.fused!.score).toBeGreaterThan(0.8);
    expect(grouped.fused!.reasons.map((reason) => reason.code)).toEqual(
      expect.arrayContaining(['distance', 'minutes', 'kindSame', 'building', 'text']),
    );
    const taken = await open('fire-1', first!);
    expect(taken.signals).toEqual([first, second]);
    desk.clock.now += 3 * 60_000;
    const [third] = await receive(call('金陵花园12栋着火，楼道里全是烟', beside(at, -20)));
    expect(await signal(third!)).toMatchObject({ state: 'attached', incident: 'fire-1', lead: null });
    const now = await incident('fire-1');
    expect(now.signals).toEqual([first, second, third]);
    const told = await desk.store.settled().then(() => desk.store.stream(system, 'incident/fire-1'));
    expect(told.at(-1)).toMatchObject({ kind: 'signalJoined', content: { by: fusionActor } });
  });

  it('are not joined where kind or building speaks against it', async () => {
    const at = elsewhere();
    const [fire] = await receive(call('紫竹林小区3栋着火了', at));
    const [lift] = await receive(call('紫竹林小区3栋电梯困人，里面有老人', beside(at, 10)));
    const [other] = await receive(call('紫竹林小区17栋着火了', beside(at, 60)));
    for (const id of [fire, lift, other]) expect(await signal(id!)).toMatchObject({ lead: null, state: 'open' });
  });

  it('begin one group when they come at once, over one connection or many', async () => {
    const at = elsewhere();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, n) => receive(call('瑞金新村8栋起火，火苗很高', beside(at, n * 5)))),
    );
    const all = await Promise.all(ids.flat().map(signal));
    expect(all.filter((one) => one.lead === null)).toHaveLength(1);
    const lead = all.find((one) => one.lead === null)!.id;
    expect(all.filter((one) => one.lead === lead)).toHaveLength(7);
    const batch = await receive(...Array.from({ length: 50 }, () => call('瑞金新村8栋起火，浓烟', beside(at, 20))));
    const later = await Promise.all(batch.map(signal));
    expect(new Set(later.map((one) => one.lead))).toEqual(new Set([lead]));
  });

  it('are dismissed and restored together, and wait together again when their incident is voided', async () => {
    const at = elsewhere();
    const [lead] = await receive(call('迈皋桥新村5栋燃气泄漏，味道很大', at));
    const [member] = await receive(call('迈皋桥新村5栋有煤气味', beside(at, 15)));
    expect(await signal(member!)).toMatchObject({ lead });
    const before = await signal(member!);
    await done(dismissSignal(desk.deps, ask(operator, { signal: lead as never, reason: '演练' })));
    expect(await signal(member!)).toMatchObject({ state: 'dismissed', dismissedReason: '演练' });
    await done(restoreSignal(desk.deps, ask(operator, { signal: lead as never })));
    expect(await signal(member!)).toEqual(before);
    await open('gas-1', lead!);
    expect(await signal(member!)).toMatchObject({ state: 'attached', incident: 'gas-1' });
    await done(voidIncident(desk.deps, ask(chief, { incident: 'gas-1' as never, reason: '误开' })));
    expect(await signal(member!)).toEqual(before);
  });

  it('go with their lead into another incident, and one alone can be taken out', async () => {
    const at = elsewhere();
    const [first] = await receive(call('龙江小区2栋电梯困人', at));
    const [second] = await receive(call('龙江小区2栋电梯坏了，人关在里面', beside(at, 10)));
    expect(await signal(second!)).toMatchObject({ lead: first });
    const far = await receive(call('托乐嘉小区电梯困人', elsewhere()));
    await open('lift-1', ...far);
    await done(attachSignal(desk.deps, ask(operator, { signal: first as never, incident: 'lift-1' as never })));
    expect((await incident('lift-1')).signals).toEqual([...far, first, second]);
    await done(
      detachSignal(
        desk.deps,
        ask(operator, { signal: second as never, incident: 'lift-1' as never, reason: '另一部' }),
      ),
    );
    expect(await signal(second!)).toMatchObject({ state: 'open', lead: null, fused: null });
  });

  it('stay apart once a person has said so, whoever comes next', async () => {
    const at = elsewhere();
    const [lead] = await receive(call('锁金村小区9栋漏水，水管爆了', at));
    const [member] = await receive(call('锁金村小区9栋水管爆裂，水柱很高', beside(at, 20)));
    await done(ungroupSignal(desk.deps, ask(operator, { signal: member as never, reason: '不是一处' })));
    expect(await signal(member!)).toMatchObject({ lead: null, apart: [`signal/${lead}`] });
    await done(groupSignal(desk.deps, ask(operator, { signal: member as never, lead: lead as never })));
    expect(await signal(member!)).toMatchObject({ lead, fused: null });
    const again = await groupSignal(desk.deps, ask(operator, { signal: lead as never, lead: member as never }));
    expect(again).toMatchObject({ refused: 'wrong_state' });
    await done(keepApart(desk.deps, ask(operator, { signal: lead as never, from: 'incident/fire-1' })));
    expect(await signal(lead!)).toMatchObject({ apart: ['incident/fire-1'] });
  });
});
