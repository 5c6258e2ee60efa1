import { afterAll, beforeAll, expect, it } from 'vitest';
import { nowhere } from '@/server/domain/place.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import { actor, operator } from '@/server/domain/testing/samples.ts';
import { attachSignal } from './judge-signal.ts';
import { moveIncident } from './move-incident.ts';
import { openIncident } from './open-incident.ts';
import { lineOf, signalBackground } from './signal-background.ts';
import { ask, openDesk } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const facts = {
  title: '夜间施工噪声',
  text: null,
  kind: 'municipal.other',
  place: { ...nowhere, text: '中山路' },
  priority: null,
};
const at = () => desk.clock.now;
const caller = (from: string) => ({ callers: [{ at: at(), from, text: null }], receivedAt: at(), observedAt: at() });
const background = async (id: string) => {
  const found = await desk.store.read(operator, (tx) => signalBackground(tx, id));
  if (!found) throw new Error('no signal');
  return found;
};

it('one line, however it is written; a withheld or a service number is nobody', () => {
  expect(['13812345678', '+86 138-1234-5678', '０１３８１２３４５６７８', '008613812345678'].map(lineOf)).toEqual(
    Array(4).fill('13812345678'),
  );
  expect(['110', '138****5678', '', null].map(lineOf)).toEqual([null, null, null, null]);
});

it('says who called before and what became of it, then who else named the place', async () => {
  await desk.putSignals(
    { id: 'first' as never, title: '楼下着火', place: { ...nowhere, text: '东井巷3号' }, ...caller('13812345678') },
    {
      id: 'near' as never,
      title: '冒烟',
      place: { ...nowhere, text: '锁金村', lonLat: [118.8, 32.06] },
      ...caller('13900000001'),
    },
    { id: 'far' as never, title: '别处', place: { ...nowhere, lonLat: [118.9, 32.06] }, ...caller('13900000002') },
  );
  const opened = await openIncident(
    desk.deps,
    ask(operator, { incident: 'fire-1' as never, signals: ['first' as never], facts }),
  );
  if (wasRefused(opened)) throw new Error(opened.refused);
  desk.clock.now += 3_600_000;
  await desk.putSignals({
    id: 'again' as never,
    place: { ...nowhere, lonLat: [118.8002, 32.06] },
    ...caller('+86 13812345678'),
  });
  const found = await background('again');
  expect(found.earlier).toMatchObject([
    { signal: 'first', same: 'line', incident: { id: 'fire-1', number: opened.number } },
    { signal: 'near', same: 'place', incident: null },
  ]);
  expect(JSON.stringify(found)).not.toContain('13812345678');
  desk.clock.now += 25 * 3_600_000;
  await desk.putSignals({ id: 'next-day' as never, ...caller('13812345678') });
  expect((await background('next-day')).earlier.map((one) => one.signal)).toEqual([]);
});

it('a case from 12345 with our number is shown as such, and attaching it brings the incident back', async () => {
  const opened = await openIncident(desk.deps, ask(operator, { incident: 'noise-1' as never, signals: [], facts }));
  if (wasRefused(opened)) throw new Error(opened.refused);
  const before = (await desk.store.read(operator, (tx) => tx.find('incident', 'noise-1')))!.state;
  await moveIncident(
    desk.deps,
    ask(operator, { incident: 'noise-1' as never, command: { move: 'transfer', to: '12345', reason: '非紧急' } }),
  );
  desk.clock.now += 60_000;
  await desk.putSignals(
    { id: 'answer' as never, kind: 'case', text: `贵处转来 ${opened.number}，属公安职责，退回`, ...caller('12345') },
    { id: 'other' as never, kind: 'case', text: '与此无关', ...caller('12345') },
  );
  expect((await background('answer')).named).toMatchObject([
    { id: 'noise-1', number: opened.number, state: 'transferred' },
  ]);
  const attach = (signal: string, by = operator) =>
    attachSignal(desk.deps, ask(by, { signal: signal as never, incident: 'noise-1' as never }));
  expect(await attach('other')).toMatchObject({ refused: 'wrong_state' });
  expect(await attach('answer', actor('x', 'auditor'))).toMatchObject({ refused: expect.any(String) });
  expect(await attach('answer')).toEqual({ signal: 'answer' });
  const after = (await desk.store.read(operator, (tx) => tx.find('incident', 'noise-1')))!.state;
  expect(after).toMatchObject({ state: before.state, number: before.number, signals: ['answer'], transferredTo: null });
  expect(after.cycles[0]?.clocks).toEqual(before.cycles[0]?.clocks);
});

it('two editors: the second is told by whom', async () => {
  const opened = await openIncident(desk.deps, ask(operator, { incident: 'edit-1' as never, signals: [], facts }));
  if (wasRefused(opened)) throw new Error(opened.refused);
  const nothing = { title: null, text: null, kind: null, place: null, priority: null };
  const base = { ...nothing, title: facts.title };
  const edit = (by: typeof operator, title: string) =>
    moveIncident(
      desk.deps,
      ask(by, { incident: 'edit-1' as never, command: { move: 'edit', facts: { ...nothing, title }, base } }),
    );
  const other = actor('second', 'dispatcher');
  expect(await edit(other, '夜间施工，持续一周')).toEqual({ incident: 'edit-1' });
  expect(await edit(operator, '工地噪声')).toMatchObject({
    refused: 'edit_conflict',
    detail: 'title',
    by: { id: 'second', name: 'second' },
  });
});
