import { describe, expect, it } from 'vitest';
import { incidentStates } from './incident.ts';
import { checkMove } from './incident-decide.ts';
import { type MoveName, moveTable, sendableStates } from './incident-move.ts';
import { roles } from './role.ts';
import { actor, inState } from './testing/samples.ts';

describe('the move table, row by row', () => {
  for (const move of moveTable) {
    const name = move.name as MoveName;
    it(`${name}: from ${move.from.join(', ')} only`, () => {
      const by = actor('a', ...move.roles);
      for (const state of incidentStates) {
        const no = checkMove(inState(state), name, by);
        expect(no?.refused ?? 'legal', state).toBe(move.from.includes(state) ? 'legal' : 'wrong_state');
      }
    });

    it(`${name}: by ${move.roles.join(', ')} only`, () => {
      const from = inState(move.from[0]!);
      for (const role of roles) {
        const no = checkMove(from, name, actor('a', role));
        expect(no?.refused ?? 'legal', role).toBe(move.roles.includes(role) ? 'legal' : 'not_allowed');
      }
    });
  }

  it('leads from the first signal to the evaluation', () => {
    const reached = new Set<string>(['received']);
    for (let round = 0; round < moveTable.length; round += 1)
      for (const move of moveTable)
        if (move.from.some((state) => reached.has(state))) reached.add(move.to === 'back' ? 'filed' : move.to);
    expect([...reached].sort()).toEqual([...incidentStates].sort());
  });

  it('lets orders be sent only while somebody works on it', () => {
    for (const state of ['received', 'reported', 'verified', 'closed', 'merged', 'voided', 'suspended'] as const)
      expect(sendableStates).not.toContain(state);
  });
});
