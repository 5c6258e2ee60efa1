import { describe, expect, it } from 'vitest';
import type { Incident } from './incident.ts';
import { decideIncident } from './incident-decide.ts';
import { wasRefused } from './refusal.ts';
import { actor, context, filed, operator, replay, someSignal } from './testing/samples.ts';
import { comeBack, numbersIn } from './transfer.ts';

const away = (): Incident => {
  const of = filed();
  const decided = decideIncident(of, { move: 'transfer', to: '12345', reason: '非警务' }, context(operator, 2_000_000));
  if (wasRefused(decided)) throw new Error(decided.refused);
  return replay(of, decided);
};
const answer = (text: string) => someSignal('back', { kind: 'case', text, department: 'hotline' });

describe('110 ↔ 12345', () => {
  it('a transfer keeps number and clocks, and taking back goes on where it was', () => {
    const before = filed();
    const of = away();
    expect(of).toMatchObject({ state: 'transferred', transferredTo: '12345', number: before.number });
    expect(of.cycles).toEqual(before.cycles);
    const back = decideIncident(of, { move: 'takeBack', reason: '退回' }, context(operator));
    if (wasRefused(back)) throw new Error(back.refused);
    expect(replay(of, back)).toMatchObject({ state: before.state, number: before.number, cycles: before.cycles });
  });

  it('a case that names our number brings it back, with the same number and clocks', () => {
    const of = away();
    const back = comeBack(of, answer(`回复 ${of.number} 号工单：已转区里办理`), context(operator));
    if (wasRefused(back)) throw new Error(back.refused);
    expect(replay(of, back)).toMatchObject({ state: 'filed', number: of.number, cycles: of.cycles });
  });

  it('another number, or an incident that is not away: nothing happens; who may not take back is refused', () => {
    const of = away();
    expect(comeBack(of, answer('20200101-9999'), context(operator))).toEqual([]);
    expect(comeBack(filed(), answer(String(of.number)), context(operator))).toEqual([]);
    expect(comeBack(of, answer(String(of.number)), context(actor('w', 'wall')))).toMatchObject({
      refused: 'not_allowed',
    });
  });

  it.each([
    ['工单20261124-0007已办', ['20261124-0007']],
    ['２０２６１１２４－０００７', ['20261124-0007']],
    ['20261124-0007、20261124-0007', ['20261124-0007']],
    ['电话025-20261124-0007-1', []],
    ['120261124-0007', []],
    ['', []],
  ])('%s', (text, numbers) => {
    expect(numbersIn(text, null)).toEqual(numbers);
  });
});
