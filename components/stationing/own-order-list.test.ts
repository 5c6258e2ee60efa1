import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { ownOrders } from './own-order-list.ts';

const order = (id: string, more: object) => ({ id, state: 'sent', sentAt: 0, dueAt: 10, ...more });
const incident = (id: string, orders: object[], state = 'dispatched') =>
  ({ id, state, orders, assignments: [{ id: `of-${id}`, order: 'unit' }] }) as unknown as Incident;
const water = { kind: 'department', id: 'water' };

describe('orders to a department', () => {
  it('holds those to the department and to its units, of open incidents only', () => {
    const found = ownOrders(
      [
        incident('a', [
          order('own', { target: water }),
          order('unit', { target: { kind: 'unit', id: 'u', department: 'water' } }),
          order('other', { target: { kind: 'department', id: 'fire' } }),
          order('done', { target: water, state: 'done' }),
        ]),
        incident('b', [order('closed', { target: water })], 'closed'),
      ],
      'water',
    );
    expect(found.map((one) => [one.order.id, one.held?.id ?? null])).toEqual([
      ['own', null],
      ['unit', 'of-a'],
    ]);
  });

  it('puts what waits for an answer first, then what is due first', () => {
    const found = ownOrders(
      [
        incident('a', [
          order('answered', { target: water, state: 'acknowledged', dueAt: 1 }),
          order('later', { target: water, dueAt: 9 }),
          order('sooner', { target: water, dueAt: 5 }),
        ]),
      ],
      'water',
    );
    expect(found.map((one) => one.order.id)).toEqual(['sooner', 'later', 'answered']);
  });
});
