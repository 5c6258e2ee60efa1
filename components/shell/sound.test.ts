import { describe, expect, it } from 'vitest';
import type { Alarm } from '@/server/domain/alarm.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { type SoundCause, soundCauses } from './sound-causes.ts';
import { claimLease, leaseMs, readLease } from './sound-lead.ts';
import { audible, lengthMs, nextSound, repeatMs, stillSilenced, tonesOf } from './sound-schedule.ts';

const now = 1_000_000;
const person = (roles: Actor['roles'], department: string | null = null): Actor => ({
  id: 'me',
  name: 'me',
  roles,
  department,
  district: null,
});
const signal = (id: string, more: Partial<Signal> = {}) =>
  ({ id, kind: 'call', priority: 'P3', state: 'open', lead: null, reality: 'actual', ...more }) as Signal;
const alarm = (id: string, more: Partial<Alarm> = {}) =>
  ({
    id,
    cycle: 1,
    priority: 'P1',
    state: 'active',
    raises: 'alarm',
    quiet: null,
    acknowledged: null,
    shelved: null,
    reality: 'actual',
    ...more,
  }) as Alarm;
const order = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  state: 'sent',
  late: true,
  dueAt: now - 1,
  escalated: [],
  target: { kind: 'department', id: 'water' },
  ...more,
});
const incident = (id: string, more: Record<string, unknown> = {}) =>
  ({
    id,
    state: 'dispatched',
    reality: 'actual',
    owner: null,
    orders: [],
    checkIns: [],
    tasks: [],
    ...more,
  }) as unknown as Incident;
const keys = (records: Partial<Parameters<typeof soundCauses>[0]>, actor: Actor) =>
  soundCauses({ signals: [], alarms: [], incidents: [], ...records }, actor, now).map(
    (one) => `${one.pattern} ${one.key}`,
  );

describe('what asks for ears', () => {
  const chief = person(['duty-chief']);
  it('callers, and what is grave, until somebody has taken them', () => {
    const signals = [
      signal('call'),
      signal('case', { kind: 'case' }),
      signal('grave', { kind: 'case', priority: 'P2' }),
      signal('taken', { state: 'attached' }),
      signal('behind', { lead: 'call' as Signal['id'] }),
      signal('drill', { reality: 'test' }),
    ];
    expect(keys({ signals }, chief)).toEqual(['ring signal/call', 'ring signal/grave']);
    expect(keys({ signals }, person(['auditor']))).toEqual([]);
  });
  it('alarms of priority 1 that nobody has seen, and none that came quietly', () => {
    const by = { by: { id: 'x', name: 'x' }, at: now };
    const alarms = [
      alarm('a'),
      alarm('lower', { priority: 'P2' }),
      alarm('seen', { acknowledged: by }),
      alarm('over', { state: 'cleared' }),
      alarm('flood', { quiet: 'flood' }),
    ];
    expect(keys({ alarms }, chief)).toEqual(['alarm alarm/a/1']);
  });
  it('orders nobody answers, people nobody has heard of, late tasks: of one’s own incidents', () => {
    const late = incident('late', {
      owner: { id: 'other', name: 'other' },
      orders: [
        order('o'),
        order('answered', { state: 'acknowledged' }),
        order('young', { late: false, dueAt: now + 1 }),
      ],
      checkIns: [
        { id: 'c', ended: null, overdueSince: now - 5, misses: 2 },
        { id: 'heard', ended: null, overdueSince: null, misses: 1 },
      ],
      tasks: [
        { id: 't', late: true, state: 'open' },
        { id: 'done', late: true, state: 'done' },
      ],
    });
    const all = ['overdue order/o/0', 'overdue checkIn/c/2', 'overdue task/t'];
    expect(keys({ incidents: [late] }, chief)).toEqual(all);
    expect(keys({ incidents: [late] }, person(['dispatcher']))).toEqual([]);
    expect(keys({ incidents: [{ ...late, owner: null }] }, person(['dispatcher']))).toEqual(all);
    expect(keys({ incidents: [late] }, person(['liaison'], 'water'))).toEqual(['overdue order/o/0']);
    expect(keys({ incidents: [{ ...late, state: 'closed' }] }, chief)).toEqual([]);
  });
});

describe('when it sounds', () => {
  const cause = (pattern: SoundCause['pattern'], key = pattern as string): SoundCause => ({ pattern, key });
  it('one at a time, the gravest first, again and again until it is answered', () => {
    expect(nextSound([], null, 0)).toBeNull();
    expect(nextSound([cause('overdue'), cause('ring'), cause('alarm')], null, 0)).toBe('alarm');
    const heard = { pattern: 'ring', at: 0 } as const;
    expect(nextSound([cause('ring')], heard, repeatMs.ring - 1)).toBeNull();
    expect(nextSound([cause('ring')], heard, repeatMs.ring)).toBe('ring');
    // What is being played ends; its pause is not waited for.
    expect(nextSound([cause('ring'), cause('alarm')], heard, lengthMs('ring') - 1)).toBeNull();
    expect(nextSound([cause('ring'), cause('alarm')], heard, lengthMs('ring'))).toBe('alarm');
    // While the gravest pauses, lesser ones do not fill it.
    expect(nextSound([cause('ring'), cause('alarm')], { pattern: 'alarm', at: 0 }, 2_000)).toBeNull();
  });
  it('silenced is what asked then: the next of its kind is heard, and the same when it comes back', () => {
    const first = cause('ring', 'a');
    const silenced = new Set(['a']);
    expect(audible([first], silenced)).toEqual([]);
    expect(audible([first, cause('ring', 'b')], silenced).map((one) => one.key)).toEqual(['b']);
    expect(stillSilenced(silenced, [first])).toBe(silenced);
    expect(stillSilenced(silenced, []).size).toBe(0);
  });
  it('three patterns differ in pitch and rhythm, and each fits before its repeat', () => {
    const shapes = Object.values(tonesOf).map((tones) => JSON.stringify(tones));
    expect(new Set(shapes).size).toBe(3);
    for (const pattern of ['alarm', 'ring', 'overdue'] as const)
      expect(lengthMs(pattern)).toBeLessThan(repeatMs[pattern]);
  });
});

describe('which tab sounds', () => {
  const me = { tab: 'me', seen: true };
  it('the one that has the lease, until it is gone, or hidden while another is seen', () => {
    expect(claimLease(null, me, 10)).toEqual({ tab: 'me', seen: true, at: 10 });
    const other = { tab: 'other', seen: true, at: 10 };
    expect(claimLease(other, me, 10 + leaseMs)).toBeNull();
    expect(claimLease(other, me, 11 + leaseMs)).not.toBeNull();
    expect(claimLease({ ...other, seen: false }, me, 11)).not.toBeNull();
    expect(claimLease({ ...other, seen: false }, { tab: 'me', seen: false }, 11)).toBeNull();
    // A clock that was set back does not keep a lease for ever.
    expect(claimLease({ ...other, at: 1e9 }, me, 11)).not.toBeNull();
  });
  it('reads what others wrote as nothing', () => {
    for (const text of [null, '', '{', '3', '{"tab":1}']) expect(readLease(text)).toBeNull();
  });
});
