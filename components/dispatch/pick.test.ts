import { describe, expect, it } from 'vitest';
import { filterCandidates, type Pickable, proposePackage, sendingOf, toggleChoice } from './pick.ts';

const unit = (id: string, more: Partial<Pickable> = {}) => ({
  id,
  callSign: id,
  name: '',
  kind: 'patrol-car',
  department: 'police',
  status: 'available' as const,
  check: 'free' as const,
  wanted: true,
  travel: {},
  ...more,
});
const none = { text: '', kind: null, freeOnly: false };

describe('choosing units', () => {
  it('keeps a chosen unit in sight whatever the filter says', () => {
    const all = [unit('a'), unit('b', { check: 'engaged' })];
    expect(filterCandidates(all, { ...none, freeOnly: true }, new Set()).map((one) => one.id)).toEqual(['a']);
    expect(
      filterCandidates(all, { ...none, text: 'zzz', freeOnly: true }, new Set(['b'])).map((one) => one.id),
    ).toEqual(['b']);
  });

  it('finds a unit by the words that its row shows', () => {
    const all = [unit('a', { kind: 'pump-truck', department: 'water' }), unit('b')];
    const named = (one: Pickable) => (one.kind === 'pump-truck' ? '排水车 水务' : '巡逻车 公安');
    const found = (text: string) => filterCandidates(all, { ...none, text }, new Set(), named).map((one) => one.id);
    expect(found('排水')).toEqual(['a']);
    expect(found('公安')).toEqual(['b']);
  });

  it('cannot choose what cannot be sent, but can let it go', () => {
    const off = unit('a', { check: 'not-available' });
    expect([...toggleChoice(new Set(), off)]).toEqual([]);
    expect([...toggleChoice(new Set(['a']), off)]).toEqual([]);
    expect([...toggleChoice(new Set(), unit('b'))]).toEqual(['b']);
  });

  it('sends an engaged unit only with the word of the operator', () => {
    const all = [unit('a'), unit('b', { check: 'engaged' })];
    const sending = { units: new Set(['a', 'b']), departments: new Set<string>(), text: ' go ', confirmed: false };
    expect(sendingOf(all, sending)).toBeNull();
    expect(sendingOf(all, { ...sending, confirmed: true })).toEqual({
      units: ['a', 'b'],
      departments: [],
      text: 'go',
      confirmSecond: ['b'],
    });
    expect(sendingOf(all, { ...sending, units: new Set() })).toBeNull();
    expect(sendingOf(all, { ...sending, units: new Set(), departments: new Set(['water']) })?.departments).toEqual([
      'water',
    ]);
  });

  it('proposes one free unit of each wanted kind, never one of unknown place', () => {
    const all = [
      unit('lost', {}),
      unit('a'),
      unit('b'),
      unit('pump', { kind: 'pump-truck' }),
      unit('other', { kind: 'tow-truck', wanted: false }),
    ];
    expect(proposePackage(all.map((one) => (one.id === 'lost' ? { ...one, travel: null } : one)))).toEqual([
      'a',
      'pump',
    ]);
  });
});
