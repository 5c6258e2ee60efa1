import { describe, expect, it } from 'vitest';
import { someUnit } from '@/server/domain/testing/samples.ts';
import type { Act } from './act.ts';
import { keepLines, readLines, stepLine, withLine } from './history.ts';
import { refusalOf } from './ready.ts';
import { noon, someIncident, someWorld } from './testing/some-world.ts';
import { undoneTooLate, undoOf } from './undo.ts';

const fire = (more: Record<string, unknown>) => new Map([['fire', someIncident('fire', more)]]);

describe('what can be taken back', () => {
  it('is put as it was before', async () => {
    const world = await someWorld({ incidents: fire({ grade: 'III', response: 4, kind: null, priority: 'P2' }) });
    const undo = (act: Act, answer: unknown = null) => undoOf(act, world, answer, 'back');
    const move = (command: Extract<Act, { call: 'move' }>['command']): Act => ({
      call: 'move',
      incident: 'fire',
      command,
    });
    const facts = { title: null, text: null, kind: null, place: null, priority: null };
    expect(undo(move({ move: 'grade', grade: 'I', rule: null }))).toEqual([
      move({ move: 'grade', grade: 'III', rule: null }),
    ]);
    expect(undo(move({ move: 'respond', response: 1, reason: 'x' }))).toEqual([
      move({ move: 'respond', response: 4, reason: 'back' }),
    ]);
    expect(undo(move({ move: 'suspend', until: noon, reason: 'x' }))).toEqual([move({ move: 'resume' })]);
    expect(undo(move({ move: 'edit', facts: { ...facts, priority: 'P1' }, base: null }))).toEqual([
      move({ move: 'edit', facts: { ...facts, priority: 'P2' }, base: null }),
    ]);
    expect(undo({ call: 'dismiss', signal: 's1', reason: 'x' })).toEqual([{ call: 'restore', signal: 's1' }]);
    expect(undo({ call: 'merge', source: 'a', target: 'b' })).toEqual([{ call: 'split', source: 'a', reason: 'back' }]);
    expect(undo({ call: 'attach', signal: 's1', incident: 'fire' })).toMatchObject([{ call: 'detach', signal: 's1' }]);
    const send: Act = {
      call: 'send',
      input: { incident: 'fire' as never, command: { units: [], departments: ['water'], text: '', confirmSecond: [] } },
    };
    expect(undo(send, { orders: ['o1', 'o2'] })).toHaveLength(2);
  });

  it('is nothing where it would not be honest: words, claims, reports, and a type there was none of', async () => {
    const world = await someWorld({ incidents: fire({ kind: null }) });
    const facts = { title: null, text: null, kind: 'statutory.fire.building', place: null, priority: null };
    const acts: Act[] = [
      { call: 'move', incident: 'fire', command: { move: 'note', text: 'x' } },
      { call: 'move', incident: 'fire', command: { move: 'claim' } },
      { call: 'move', incident: 'fire', command: { move: 'report', text: 'x' } },
      { call: 'move', incident: 'fire', command: { move: 'edit', facts, base: null } },
      { call: 'void', incident: 'fire', reason: 'x' },
      { call: 'startPlan', incident: 'fire', plan: 'p', level: 2 },
    ];
    expect(acts.map((act) => undoOf(act, world, null, 'back'))).toEqual(acts.map(() => null));
  });

  it('is too late for an order whose unit is there', async () => {
    const world = await someWorld();
    const back: Act[] = [
      {
        call: 'endOrder',
        input: { incident: 'fire' as never, command: { order: 'o1' as never, end: 'cancelled', reason: 'x' } },
      },
    ];
    expect(undoneTooLate(back, world)).toBe(false);
    const of = world.incidents.get('fire')!;
    const there = { ...of, assignments: of.assignments.map((one) => ({ ...one, state: 'onScene' as const })) };
    expect(undoneTooLate(back, { ...world, incidents: new Map([['fire', there]]) })).toBe(true);
  });
});

describe('what may not be done', () => {
  it('is said before Enter, as the server would', async () => {
    const world = await someWorld();
    const why = (verb: string, picks: Record<string, string[]>, words = '', of = world) =>
      refusalOf({ verb, picks, words, implied: [] }, of)?.refused ?? null;
    expect(why('send', { incident: ['flood'], unit: ['x1201'] })).toBeNull();
    expect(why('close', { incident: ['flood'], closing: ['resolved'] })).toBe('wrong_state');
    expect(why('merge', { incident: ['fire'], onto: ['fire'] })).toBe('same_incident');
    expect(why('restore', { signal: ['s1'] })).toBe('wrong_state');
    const liaison = { ...world.actor, roles: ['liaison'] as const, department: 'water' };
    expect(why('send', { incident: ['flood'], unit: ['x1201'] }, '', { ...world, actor: liaison })).toBe('not_allowed');
    expect(
      why('acknowledge', { incident: ['fire'], department: ['water'] }, '', { ...world, actor: liaison }),
    ).toBeNull();
    expect(why('acknowledge', { incident: ['fire'], unit: ['x0401'] }, '', { ...world, actor: liaison })).toBe(
      'not_allowed',
    );
    const busy = someUnit('x1201', {
      callSign: '消1201',
      assignments: [{ id: 'a', order: 'o', incident: 'fire', slot: 1, state: 'assigned', since: noon }] as never,
    });
    const engaged = { ...world, units: new Map([...world.units, ['x1201', busy]]) };
    expect(why('send', { incident: ['flood'], unit: ['x1201'] }, '', engaged)).toBe('second_needs_confirmation');
    expect(why('send', { incident: ['flood'], unit: ['x1201'], second: ['yes'] }, '', engaged)).toBeNull();
  });
});

describe('lines of before', () => {
  it('are kept for the account, the newest last, each once', () => {
    const held = new Map<string, string>();
    const storage = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
    };
    keepLines(storage, 'a', withLine(withLine(['派 1'], '立案 2'), '派 1'));
    expect(readLines(storage, 'a')).toEqual(['立案 2', '派 1']);
    expect(readLines(storage, 'b')).toEqual([]);
    storage.setItem('command-lines/a', '{');
    expect(readLines(storage, 'a')).toEqual([]);
    const lines = ['1', '2'];
    expect([
      stepLine(lines, null, -1),
      stepLine(lines, 1, -1),
      stepLine(lines, 0, -1),
      stepLine(lines, 1, 1),
      stepLine([], null, -1),
    ]).toEqual([1, 0, 0, null, 0]);
  });
});
