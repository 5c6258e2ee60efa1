import { describe, expect, it } from 'vitest';
import { type Incident, incidentStates } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { moveNames, startsIn } from '@/server/domain/incident-move.ts';
import { nowhere } from '@/server/domain/place.ts';
import type { Actor, Role } from '@/server/domain/role.ts';
import { personMoves, possibleMoves } from './possible-moves.ts';

const actor = (...roles: Role[]): Actor => ({ id: 'me', name: '', roles, department: null, district: null });
const incident = (more: Partial<Incident> = {}) =>
  ({
    id: 'i',
    state: 'filed',
    place: nowhere,
    kind: null,
    category: null,
    owner: null,
    orders: [],
    assignments: [],
    signals: [],
    cycles: [newCycle()],
    merged: [],
    ...more,
  }) as unknown as Incident;
const movesOf = (of: Incident, ...roles: Role[]) =>
  Object.fromEntries(
    possibleMoves(of, { now: 1, actor: actor(...roles) }).map(({ move, why }) => [move, why?.refused ?? 'yes']),
  );

describe('what may be done now', () => {
  it('offers every move of the table that a person makes, in every state it starts in', () => {
    const byUnits = ['accept', 'depart', 'arrive', 'fallBack'];
    expect([...personMoves].sort()).toEqual(moveNames.filter((name) => !byUnits.includes(name)).sort());
    for (const state of incidentStates)
      for (const { move } of possibleMoves(incident({ state }), { now: 1, actor: actor('duty-chief') }))
        expect(move === 'dispatch' || startsIn(move, state), `${move} in ${state}`).toBe(true);
  });

  it('says why a move cannot be made', () => {
    expect(movesOf(incident({ state: 'answered' }), 'dispatcher')).toMatchObject({
      file: 'place_unknown',
      check: 'yes',
      void: 'not_allowed',
    });
    expect(movesOf(incident({ state: 'answered', place: { ...nowhere, text: '新街口' } }), 'dispatcher').file).toBe(
      'kind_unknown',
    );
    expect(movesOf(incident(), 'auditor').dispatch).toBe('not_allowed');
  });

  it('keeps handler and verifier apart', () => {
    const reported = incident({
      state: 'reported',
      cycles: [{ ...newCycle(), report: { text: '', by: { id: 'me', name: '' }, at: 1 } }],
    });
    expect(movesOf(reported, 'duty-chief').confirm).toBe('handler_is_verifier');
  });

  it('lets more units be sent while others work', () => {
    expect(movesOf(incident({ state: 'onScene' }), 'dispatcher').dispatch).toBe('yes');
  });
});
