import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { holdOrder, listed } from './queue-hold.ts';
import { noFilter, queueOf, sectionOf } from './queue-order.ts';

const signal = (id: string, more: Partial<Signal> = {}) =>
  ({
    id,
    title: id,
    text: '',
    place: nowhere,
    priority: 'P3',
    state: 'open',
    reality: 'actual',
    receivedAt: 0,
    source: { key: '' },
    lead: null,
    ...more,
  }) as Signal;
const incident = (id: string, more: Partial<Incident> = {}) =>
  ({
    id,
    number: id,
    title: id,
    text: '',
    place: nowhere,
    priority: 'P3',
    state: 'filed',
    kind: null,
    reality: 'actual',
    assignments: [],
    orders: [],
    checkIns: [],
    tasks: [],
    missedClocks: [],
    owner: null,
    cycles: [newCycle()],
    openedAt: 0,
    ...more,
  }) as unknown as Incident;
const keys = (signals: Signal[], incidents: Incident[], filter = noFilter) =>
  queueOf({ signals, incidents }, filter, { id: 'me', department: null }).map((row) => row.key);

describe('the queue', () => {
  it('puts priority first, then what waits for a person, then the longest clock', () => {
    const order = keys(
      [
        signal('late', { receivedAt: 50 }),
        signal('early', { receivedAt: 10 }),
        signal('top', { priority: 'P1', receivedAt: 99 }),
      ],
      [
        incident('worked', { openedAt: 1 }),
        incident('new', { state: 'received', openedAt: 30 }),
        incident('red', { priority: 'P1' }),
      ],
    );
    expect(order).toEqual([
      'signal/top',
      'incident/red',
      'signal/early',
      'incident/new',
      'signal/late',
      'incident/worked',
    ]);
  });

  it('puts exercises and tests behind what is real, within a priority', () => {
    const order = keys(
      [signal('drill', { priority: 'P1', reality: 'exercise' }), signal('real', { priority: 'P1', receivedAt: 9 })],
      [incident('p2', { priority: 'P2' })],
    );
    expect(order).toEqual(['signal/real', 'signal/drill', 'incident/p2']);
  });

  it('leaves out what is settled, unless it is asked for', () => {
    const signals = [signal('a', { state: 'attached' }), signal('b')];
    const incidents = [incident('c', { state: 'closed' }), incident('d', { owner: { id: 'me', name: '' } })];
    expect(keys(signals, incidents)).toEqual(['signal/b', 'incident/d']);
    expect(keys(signals, incidents, { ...noFilter, show: 'all' })).toHaveLength(4);
    expect(keys(signals, incidents, { ...noFilter, show: 'mine' })).toEqual(['incident/d']);
  });

  it("takes what a liaison's department was asked to do for the liaison's own", () => {
    const asked = (id: string, state: string, department: string) =>
      incident(id, {
        orders: [
          { state, late: false, escalated: [], target: { kind: 'department', id: department } },
        ] as unknown as Incident['orders'],
      });
    const incidents = [asked('a', 'sent', 'water'), asked('b', 'done', 'water'), asked('c', 'sent', 'fire')];
    const rows = queueOf({ signals: [], incidents }, { ...noFilter, show: 'mine' }, { id: 'me', department: 'water' });
    expect(rows.map((row) => row.key)).toEqual(['incident/a']);
  });

  it('finds by number, words, kind in either spelling and call sign', () => {
    const incidents = [
      incident('20261124-0007', {
        kind: 'statutory.flood.underpass',
        assignments: [{ callSign: '水务01' }] as Incident['assignments'],
      }),
    ];
    for (const text of ['0007', '积水', 'Underpass', 'xctd', '水务01', '0007 积水'])
      expect(keys([], incidents, { ...noFilter, text }), text).toHaveLength(1);
    expect(keys([], incidents, { ...noFilter, text: '火灾' })).toEqual([]);
  });

  it('puts what needs a person first, then the own, then the others', () => {
    const me = { id: 'me', name: '' };
    const late = { state: 'sent', late: true, escalated: [], target: { kind: 'department', id: 'water' } };
    const order = keys(
      [signal('unanswered', { priority: 'P4' })],
      [
        incident('others', { priority: 'P1', state: 'dispatched' }),
        incident('mine', { priority: 'P3', owner: me as Incident['owner'] }),
        incident('late', { state: 'dispatched', orders: [late] as unknown as Incident['orders'] }),
        incident('silent', {
          state: 'onScene',
          checkIns: [{ ended: null, overdueSince: 5 }] as unknown as Incident['checkIns'],
        }),
        incident('nobody-sent', { priority: 'P2' }),
        incident('missed', {
          state: 'answered',
          missedClocks: [{ target: 'first-unit', cycle: 1 }] as unknown as Incident['missedClocks'],
        }),
        incident('made-up-for', {
          state: 'dispatched',
          cycles: [{ ...newCycle(), clocks: { ...newCycle().clocks, T3: 9 } }],
          missedClocks: [{ target: 'first-unit', cycle: 1 }] as unknown as Incident['missedClocks'],
        }),
      ],
    );
    expect(order).toEqual([
      'incident/nobody-sent',
      'incident/late',
      'incident/missed',
      'incident/silent',
      'signal/unanswered',
      'incident/mine',
      'incident/others',
      'incident/made-up-for',
    ]);
  });

  it('keeps every place while held, with newest contents; counts what changed and says what is new', () => {
    const me = { id: 'me', department: null };
    const list = (signals: Signal[]) =>
      listed(queueOf({ signals, incidents: [] }, noFilter, me), (row) => sectionOf(row, me));
    const before = list([signal('a'), signal('b'), signal('c')]);
    const next = list([
      signal('new', { receivedAt: 9 }),
      signal('newer', { receivedAt: 10 }),
      signal('c', { priority: 'P1' }),
      signal('a'),
    ]);
    const held = holdOrder(before, next);
    expect(held.rows.map((one) => [one.key, one.section, one.row?.priority ?? null])).toEqual([
      ['signal/a', 'first', 'P3'],
      ['signal/b', 'first', null],
      ['signal/c', 'first', 'P1'],
      ['signal/newer', 'new', 'P3'],
      ['signal/new', 'new', 'P3'],
    ]);
    // Two new, one gone, and two that changed places.
    expect(held.changes).toBe(5);
    expect(holdOrder(before, before)).toMatchObject({ fresh: [], changes: 0 });
  });
});

describe('signals about one thing', () => {
  it('are one row, counted, as high as the highest of them; alone again when their lead is not to be seen', () => {
    const me = { id: 'me', department: null };
    const lead = signal('lead', { priority: 'P3' });
    const behind = [signal('a', { lead: lead.id }), signal('b', { lead: lead.id, priority: 'P1' })];
    const rows = queueOf({ signals: [lead, ...behind, signal('other')], incidents: [] }, noFilter, me);
    expect(rows.map((row) => [row.key, row.priority, row.of === 'signal' ? row.behind : 0])).toEqual([
      ['signal/lead', 'P1', 2],
      ['signal/other', 'P3', 0],
    ]);
    expect(queueOf({ signals: behind, incidents: [] }, noFilter, me).map((row) => row.key)).toEqual([
      'signal/b',
      'signal/a',
    ]);
  });
});
