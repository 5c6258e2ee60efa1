import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { filed } from '@/server/domain/testing/samples.ts';
import { incidentsTogether, inHeldOrder, isOtherPackage, proposedFor } from './package.ts';
import type { Pickable } from './pick.ts';

const unit = (id: string, more: Partial<Pickable> = {}) => ({
  ...{ id, callSign: id, name: '', kind: 'patrol-car', department: 'police', travel: {} },
  ...{ status: 'available' as const, check: 'free' as const, wanted: true },
  ...more,
});
const at = (of: Incident): Incident => ({ ...of, place: { ...of.place, lonLat: [118.78, 32.05] } });
const here = at(filed('here'));
const picks = [
  { incident: 'here', unit: 'a' },
  { incident: 'there', unit: 'b' },
];

describe('the proposed package', () => {
  it('is what was recommended for this incident, as far as it can be seen', () => {
    expect(proposedFor(here, picks, [unit('a'), unit('b')])).toEqual(['a']);
    expect(proposedFor(here, picks, [unit('b')])).toEqual([]);
    // A recommendation of nobody is an answer, not a reason to guess.
    expect(proposedFor(here, [], [unit('a')])).toEqual([]);
  });

  it('goes by the rough place where nobody can be recommended', () => {
    expect(proposedFor(filed('here'), [], [unit('a')])).toEqual(['a']);
    expect(proposedFor(here, null, [unit('a')])).toEqual(['a']);
  });

  it('is empty once orders are out, unless a plan or the scene asks for more', () => {
    const sent = { ...here, orders: [{}] as unknown as Incident['orders'] };
    expect(proposedFor(sent, picks, [unit('a')])).toEqual([]);
    const run = { plan: 'p', version: 1, level: 4, startedAt: 0, by: { id: 'x', name: 'x' } } as const;
    expect(proposedFor({ ...sent, plan: run }, picks, [unit('a')])).toEqual(['a']);
  });
});

describe('several incidents at once', () => {
  it('takes those that can be sent to, the most urgent first, and never more than the server solves', () => {
    const other = (id: string, more: Partial<Incident>) => ({ ...at(filed(id)), ...more });
    const all = [
      here,
      other('late', { priority: 'P3' }),
      other('first', { priority: 'P1' }),
      other('closed', { state: 'closed' }),
      { ...other('nowhere', {}), place: filed('x').place },
      other('vague', { kind: null }),
    ];
    expect(incidentsTogether(all, here).map((one) => one.id)).toEqual(['first', 'late']);
    const many = Array.from({ length: 40 }, (_, index) => other(`i${index}`, {}));
    expect(incidentsTogether(many, here)).toHaveLength(19);
  });

  it('says when another package would be proposed for this one', () => {
    expect(isOtherPackage(picks, [{ incident: 'here', unit: 'a' }], 'here')).toBe(false);
    expect(isOtherPackage(picks, [{ incident: 'here', unit: 'c' }], 'here')).toBe(true);
  });
});

it('a row keeps its place; recommended ones stand first', () => {
  const seen = new Map([...'abcd'].map((id, index) => [id, index] as const));
  const rows = [...'dcbae'].map((id) => ({ id }));
  expect(inHeldOrder(rows, ['c'], seen).map((one) => one.id)).toEqual(['c', 'a', 'b', 'd', 'e']);
});
