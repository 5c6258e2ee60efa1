import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { chief, operator } from '@/server/domain/testing/samples.ts';
import { changeUnit, type UnitEntry } from './change-unit.ts';
import { ask, openDesk } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const read = (id: string) => desk.store.read(chief, async (tx) => (await tx.find('unit', id))!);
const entryOf = (callSign: string, more: Partial<UnitEntry> = {}): UnitEntry => ({
  ...{ callSign, name: callSign, kind: 'fire-engine', capabilities: ['ladder'], department: 'fire' },
  ...{ district: '320106', subject: null, dispatchable: true },
  ...more,
});
const register = (unit: string, version: number, entry: UnitEntry, by: Actor = chief) =>
  changeUnit(desk.deps, ask(by, { move: 'register', unit: unit as never, version, entry }));

describe('a unit on the register', () => {
  it('is new, then another, and keeps what it does', async () => {
    const id = randomUUID();
    expect(await register(id, 0, entryOf('消9901'))).toEqual({ unit: id });
    expect((await read(id)).state).toMatchObject({ callSign: '消9901', capabilities: ['ladder'], rest: 'available' });
    await changeUnit(desk.deps, ask(operator, { move: 'rest', unit: id as never, rest: 'unavailable' }));
    expect(await register(id, 2, entryOf('消9902', { capabilities: [] }))).toEqual({ unit: id });
    expect((await read(id)).state).toMatchObject({ callSign: '消9902', capabilities: [], rest: 'unavailable' });
  });

  it('is refused to an operator, over another version, and for what does not exist', async () => {
    const id = randomUUID();
    expect(await register(id, 0, entryOf('消9903'), operator)).toMatchObject(refused('not_allowed', 'unit'));
    expect(await register(id, 0, entryOf('消9903', { department: 'nobody' }))).toMatchObject({
      refused: 'department_unknown',
    });
    await register(id, 0, entryOf('消9903'));
    expect(await register(id, 0, entryOf('消9904'))).toMatchObject({ refused: 'version_conflict' });
  });

  it('has a call sign and a terminal of its own', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const subject = { scheme: 'jt808', key: one };
    await register(one, 0, entryOf('消9905', { subject }));
    expect(await register(other, 0, entryOf('消9905'))).toMatchObject({ refused: 'bad_input', subject: '消9905' });
    expect(await register(other, 0, entryOf('消9906', { subject }))).toMatchObject({ refused: 'bad_input' });
  });
});
