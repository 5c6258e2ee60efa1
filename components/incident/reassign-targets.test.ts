import { describe, expect, it } from 'vitest';
import type { Assignment, Incident } from '@/server/domain/incident.ts';
import { filed } from '@/server/domain/testing/samples.ts';
import { reassignTargets } from './reassign-targets.ts';

const held = (unit: string, state: Assignment['state'] = 'enRoute') =>
  ({ id: `a-${unit}`, unit, callSign: unit, state }) as unknown as Assignment;
const of = (id: string, more: Partial<Incident> = {}): Incident => ({ ...filed(id), ...more });

const here = of('here', { assignments: [held('u1'), held('u2')] });
const asked = { incident: here, assignment: here.assignments[0]! };

describe('where a unit may go instead', () => {
  it('is every incident that takes orders and has not got it, the most urgent first', () => {
    const all = [
      here,
      of('calm', { priority: 'P3' }),
      of('urgent', { priority: 'P1' }),
      of('closed', { state: 'closed' }),
      of('has-it', { assignments: [held('u1')] }),
      of('had-it', { assignments: [held('u1', 'cleared')], priority: 'P4' }),
    ];
    expect(reassignTargets(all, { mode: 'move', ...asked }).map((one) => one.key)).toEqual([
      'urgent',
      'calm',
      'had-it',
    ]);
  });

  it('with whom it may change places: nobody who carries a person, is clear, or is here already', () => {
    const there = of('there', {
      assignments: [held('u3'), held('u4', 'transporting'), held('u5', 'cleared'), held('u2')],
    });
    expect(reassignTargets([here, there], { mode: 'swap', ...asked }).map((one) => one.key)).toEqual(['a-u3']);
  });
});
