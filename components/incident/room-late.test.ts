import { describe, expect, it } from 'vitest';
import { lateIn } from './room-late.ts';

const by = { id: 'a', name: 'A' };
const checkIn = { id: 'c', name: '王工', dueAt: 50, overdueSince: 55, ended: null };
const order = {
  id: 'o',
  target: { kind: 'department', id: 'water' },
  state: 'sent',
  late: true,
  dueAt: 10,
  escalated: [{ to: 'deputy', at: 12 }],
};
const task = { id: 't', title: '架泵', state: 'open', late: true, dueAt: 20, createdAt: 1 };
const of = (more: object) =>
  ({
    state: 'onScene',
    cycles: [{}],
    checkIns: [checkIn],
    orders: [order],
    tasks: [task],
    missedClocks: [{ target: 'turnout', cycle: 1, dueAt: 5, at: 6 }],
    ...more,
  }) as never;

describe('what is late', () => {
  it('names people first, then orders, tasks and clocks, each since it was due', () => {
    expect(lateIn(of({}))).toEqual([
      { kind: 'checkIn', id: 'c', name: '王工', since: 50 },
      { kind: 'order', id: 'o', name: 'water', since: 10, toldTo: 'deputy' },
      { kind: 'task', id: 't', name: '架泵', since: 20 },
      { kind: 'clock', id: 'turnout/1', name: 'turnout', since: 5 },
    ]);
  });

  it('is not what was answered, done, ended, of another cycle or of an incident that is over', () => {
    const done = of({
      checkIns: [
        { ...checkIn, ended: { by, at: 60, reason: '' } },
        { ...checkIn, overdueSince: null },
      ],
      orders: [
        { ...order, state: 'acknowledged' },
        { ...order, late: false },
      ],
      tasks: [
        { ...task, state: 'done' },
        { ...task, late: false },
      ],
      cycles: [{}, {}],
    });
    expect(lateIn(done)).toEqual([]);
    expect(lateIn(of({ state: 'closed' }))).toEqual([]);
  });
});
