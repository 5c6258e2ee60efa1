import { describe, expect, it } from 'vitest';
import { currentCycle, type Incident } from './incident.ts';
import type { IncidentCommand } from './incident-command.ts';
import { decideIncident, editConflicts } from './incident-decide.ts';
import { joinSignal, openIncident, partSignal } from './incident-open.ts';
import { nowhere } from './place.ts';
import { wasRefused } from './refusal.ts';
import type { Actor } from './role.ts';
import { chief, context, filed, inState, liaison, operator, replay, someSignal, verifier } from './testing/samples.ts';

const facts = { title: null, text: null, kind: null, place: null, priority: null };

function run(of: Incident, command: IncidentCommand, by: Actor, now = 2_000_000): Incident {
  const decided = decideIncident(of, command, context(by, now));
  if (wasRefused(decided)) throw new Error(`${command.move}: ${decided.refused} ${decided.detail}`);
  return replay(of, decided);
}
const refusal = (of: Incident, command: IncidentCommand, by: Actor, now = 2_000_000) => {
  const decided = decideIncident(of, command, context(by, now));
  return wasRefused(decided) ? decided.refused : 'legal';
};

describe('opening', () => {
  it('with place and kind it is filed at once, its clocks stamped, T0 from the signal', () => {
    const of = filed();
    expect(of.state).toBe('filed');
    expect(currentCycle(of).clocks).toMatchObject({ T0: 990_000, T1: 1_000_000, T2: 1_000_000, T3: null });
    expect(of).toMatchObject({ kind: 'statutory.flood.waterlogging', category: 'natural-disaster', priority: 'P2' });
    expect(of.owner?.id).toBe('operator');
  });

  it('without a place it is answered and waits', () => {
    const decided = openIncident(
      { id: 'i' as Incident['id'], number: 'n', facts: { ...facts, kind: 'statutory.fire.building' }, signals: [] },
      context(operator),
    );
    const of = replay(null, wasRefused(decided) ? [] : decided);
    expect(of.state).toBe('answered');
    expect(refusal(of, { move: 'file' }, operator)).toBe('place_unknown');
  });

  it("never overwrites what the operator said with a signal's proposal", () => {
    const decided = openIncident(
      {
        id: 'i' as Incident['id'],
        number: 'n',
        facts: { ...facts, kind: 'municipal.pipe.burst', priority: 'P4', title: '爆管' },
        signals: [someSignal('s1')],
      },
      context(operator),
    );
    expect(replay(null, wasRefused(decided) ? [] : decided)).toMatchObject({
      kind: 'municipal.pipe.burst',
      priority: 'P4',
      title: '爆管',
    });
  });

  it('refuses a signal that belongs to another incident, and an unknown kind', () => {
    const taken = someSignal('s1', { state: 'attached', incident: 'other' as Incident['id'] });
    const opening = { id: 'i' as Incident['id'], number: 'n', facts, signals: [taken] };
    expect(openIncident(opening, context(operator))).toMatchObject({ refused: 'already_attached', detail: 'other' });
    expect(openIncident({ ...opening, signals: [], facts: { ...facts, kind: 'x' } }, context(operator))).toMatchObject({
      refused: 'kind_unknown',
    });
  });

  it('an incident of exercise signals alone is an exercise', () => {
    const signals = [someSignal('s1', { reality: 'exercise' })];
    const decided = openIncident({ id: 'i' as Incident['id'], number: 'n', facts, signals }, context(operator));
    expect(replay(null, wasRefused(decided) ? [] : decided).reality).toBe('exercise');
  });

  it('joins and parts signals', () => {
    const of = filed();
    const joined = joinSignal(of, someSignal('s2'), context(operator));
    const two = replay(of, wasRefused(joined) ? [] : joined);
    expect(two.signals).toEqual(['s1', 's2']);
    const parted = partSignal(two, 's2' as never, '另一起', context(operator));
    expect(replay(two, wasRefused(parted) ? [] : parted).signals).toEqual(['s1']);
    expect(partSignal(two, 's2' as never, ' ', context(operator))).toMatchObject({ refused: 'reason_missing' });
    expect(joinSignal(inState('closed'), someSignal('s3'), context(operator))).toMatchObject({
      refused: 'wrong_state',
    });
  });
});

describe('to the end', () => {
  const reported = () => run(filed(), { move: 'report', text: '已排除' }, operator);

  it('reports, is confirmed by somebody else, closed and evaluated, each clock once', () => {
    let of = reported();
    of = run(of, { move: 'confirm', text: '现场已核实' }, verifier, 3_000_000);
    of = run(of, { move: 'close', code: 'resolved', text: '' }, chief, 4_000_000);
    of = run(of, { move: 'evaluate', score: 90, lessons: '排水泵前置' }, chief, 5_000_000);
    expect(of.state).toBe('evaluated');
    expect(currentCycle(of).clocks).toMatchObject({ T8: 2_000_000, T9: 3_000_000, T10: 4_000_000, T11: 5_000_000 });
  });

  it('the handler cannot verify own work, whatever the role', () => {
    const of = run(filed(), { move: 'report', text: '好了' }, chief);
    expect(refusal(of, { move: 'confirm', text: '' }, chief)).toBe('handler_is_verifier');
    expect(refusal(of, { move: 'sendBack', text: '不行' }, chief)).toBe('handler_is_verifier');
    expect(refusal(of, { move: 'confirm', text: '' }, verifier)).toBe('legal');
  });

  it('is sent back with a reason, twice at most', () => {
    let of = reported();
    expect(refusal(of, { move: 'sendBack', text: ' ' }, verifier)).toBe('reason_missing');
    for (let round = 0; round < 2; round += 1) {
      of = run(of, { move: 'sendBack', text: '仍有积水' }, verifier);
      expect(of.state).toBe('filed');
      of = run(of, { move: 'report', text: '再次排除' }, operator);
    }
    expect(refusal(of, { move: 'sendBack', text: '仍有积水' }, verifier)).toBe('return_limit');
  });

  it('reopening begins a second cycle with its own clocks', () => {
    let of = run(reported(), { move: 'confirm', text: '' }, verifier);
    of = run(of, { move: 'close', code: 'resolved', text: '' }, chief, 4_000_000);
    const first = currentCycle(of).clocks;
    of = run(of, { move: 'reopen', reason: '再次积水' }, chief, 9_000_000);
    expect(of.cycles).toHaveLength(2);
    expect(of.cycles[0]!.clocks).toEqual(first);
    expect(currentCycle(of).clocks).toMatchObject({ T0: 9_000_000, T1: 9_000_000, T2: 9_000_000, T10: null });
    expect(of.state).toBe('filed');
  });

  it('suspends until a date and comes back to where it was', () => {
    const of = filed();
    expect(refusal(of, { move: 'suspend', until: 1, reason: '等待配件' }, chief)).toBe('date_in_past');
    expect(refusal(of, { move: 'suspend', until: 9e9, reason: '' }, chief)).toBe('reason_missing');
    const away = run(of, { move: 'suspend', until: 9e9, reason: '等待配件' }, chief);
    expect(away).toMatchObject({ state: 'suspended', suspendedUntil: 9e9, resumeState: 'filed' });
    expect(run(away, { move: 'resume' }, operator)).toMatchObject({
      state: 'filed',
      suspendedUntil: null,
      resumeState: null,
    });
  });

  it('a transfer keeps number and clocks', () => {
    const of = filed();
    const gone = run(of, { move: 'transfer', to: '12345', reason: '非警务' }, operator);
    expect(gone).toMatchObject({ state: 'transferred', transferredTo: '12345', number: of.number });
    const back = run(gone, { move: 'takeBack', reason: '误转' }, operator);
    expect(back).toMatchObject({ state: 'filed', transferredTo: null });
    expect(currentCycle(back).clocks).toEqual(currentCycle(of).clocks);
  });
});

const { text: _text, ...nowhereElse } = nowhere;
/** The same value with its keys the other way round, as a database gives them back. */
const turned = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;

describe('grades and facts', () => {
  it('a grade lifts the priority, and the priority never falls below it', () => {
    const of = run(filed(), { move: 'grade', grade: 'II', rule: null }, operator);
    expect(of).toMatchObject({ grade: 'II', priority: 'P1' });
    expect(refusal(of, { move: 'edit', facts: { ...facts, priority: 'P3' }, base: null }, operator)).toBe(
      'below_grade',
    );
  });

  it('municipal and social-security incidents take no statutory grade', () => {
    const of = run(filed(), { move: 'edit', facts: { ...facts, kind: 'municipal.pipe.burst' }, base: null }, operator);
    expect(refusal(of, { move: 'grade', grade: 'IV', rule: null }, operator)).toBe('not_gradable');
  });

  it("two editors: each field is the first one's to change, and the second is told which", () => {
    const of = filed();
    const base = { title: of.title, text: of.text, kind: of.kind, place: of.place, priority: of.priority };
    const first = run(of, { move: 'edit', facts: { ...facts, title: '隧道积水', text: '两辆车被困' }, base }, operator);
    const second = { ...facts, title: '隧道被淹', text: '两辆车被困' };
    expect(editConflicts(first, second, base)).toEqual(['title']);
    expect(refusal(first, { move: 'edit', facts: second, base }, chief)).toBe('edit_conflict');
    const other = { ...facts, place: { text: '应天大街隧道', ...nowhereElse } };
    const both = run(first, { move: 'edit', facts: other, base }, chief);
    expect(both).toMatchObject({ title: '隧道积水', place: { text: '应天大街隧道' } });
    expect(editConflicts(first, { ...facts, place: turned(of.place) }, { ...base, place: turned(of.place) })).toEqual(
      [],
    );
    const merged = run(
      first,
      { move: 'edit', facts: { ...facts, title: '隧道积水，两车被困' }, base: { ...base, title: first.title } },
      chief,
    );
    expect(merged.title).toBe('隧道积水，两车被困');
  });

  it('a claimed incident is not claimed by somebody else', () => {
    expect(refusal(filed(), { move: 'claim' }, chief)).toBe('already_claimed');
  });

  it('a liaison answers for the own department only', () => {
    expect(refusal(filed(), { move: 'acknowledge', order: 'none' as never }, liaison('water'))).toBe('not_found');
  });
});
