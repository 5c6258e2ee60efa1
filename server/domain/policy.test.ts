import { describe, expect, it } from 'vitest';
import { actions, may, policy, rolesWith } from './policy.ts';
import { roles } from './role.ts';
import { actor, filed, liaison, operator, someSignal } from './testing/samples.ts';
import { masked, maskedContent, maySee, viewerClass } from './visibility.ts';

const writes = actions.filter((action) => !action.endsWith('.read'));

describe('the policy table', () => {
  it.each(['auditor', 'wall', 'integration', 'grid-worker'] as const)('%s changes nothing', (role) => {
    expect(writes.filter((action) => may(actor('a', role), action))).toEqual([]);
  });

  it('without a role nothing is allowed', () => {
    expect(actions.filter((action) => may(actor('a'), action))).toEqual([]);
  });

  it('own means the own department, district the own district', () => {
    expect(may(liaison('water'), 'incident.answer', { departments: ['water'] })).toBe(true);
    expect(may(liaison('water'), 'incident.answer', { departments: ['fire'] })).toBe(false);
    const district = { ...actor('d', 'district-operator'), district: '320106' };
    expect(may(district, 'incident.read', { district: '320106' })).toBe(true);
    expect(may(district, 'incident.read', { district: '320115' })).toBe(false);
    expect(may({ ...district, district: null }, 'incident.read', { district: null })).toBe(false);
  });

  it('every scope in the table is one that may() knows, and rolesWith finds it', () => {
    for (const action of actions)
      for (const role of roles) {
        const scope = (policy[action] as Record<string, string>)[role];
        if (scope) expect(rolesWith(action, scope as 'all')).toContain(role);
      }
  });
});

describe('visibility', () => {
  it("leaves callers out for whoever may not read them, and the wall's free text", () => {
    const signal = someSignal('s', { callers: [{ at: 1, from: '13800000000', text: '救命' }] });
    expect(masked(operator, 'signal', signal).callers).toHaveLength(1);
    expect(masked(liaison('police'), 'signal', signal).callers).toEqual([]);
    expect(masked(actor('w', 'wall'), 'incident', { ...filed(), text: '电话 138' }).text).toBe('');
  });

  it('shows the wall nothing that somebody wrote, neither in the record nor in its log, but where it is', () => {
    const by = { id: 'x', name: 'x' };
    const of = filed();
    const words = { text: '电话 138', mentions: [], files: [], by, at: 1 };
    const told = {
      ...of,
      text: '电话 138',
      notes: [words],
      voidReason: '电话 138',
      place: { ...of.place, text: '桥下' },
    };
    const written = { ...told, cycles: told.cycles.map((cycle) => ({ ...cycle, report: words })) };
    const shown = masked(actor('w', 'wall'), 'incident', written);
    expect(JSON.stringify(shown)).not.toContain('138');
    expect(shown).toMatchObject({ title: '', place: { text: '桥下' }, cycles: [{ report: { by, at: 1 } }] });
    expect(maskedContent(actor('w', 'wall'), words)).toEqual({ text: '', mentions: [], files: [], by, at: 1 });
    expect(maskedContent(operator, words)).toEqual(words);
  });

  it('a liaison sees signals of the own department only, the wall sees none', () => {
    const signal = someSignal('s', { department: 'police' });
    expect(maySee(liaison('police'), 'signal', signal)).toBe(true);
    expect(maySee(liaison('water'), 'signal', signal)).toBe(false);
    expect(maySee(actor('w', 'wall'), 'signal', signal)).toBe(false);
  });

  it('viewers of one class share an encoding', () => {
    expect(viewerClass(operator)).toBe(viewerClass({ ...operator, id: 'x', name: 'y' }));
    expect(viewerClass(liaison('water'))).not.toBe(viewerClass(liaison('fire')));
  });
});
