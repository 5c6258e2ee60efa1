import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { decideIncident, type EditedField, sameFact } from '@/server/domain/incident-decide.ts';
import { applyIncident } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import { chief, context, filed, operator } from '@/server/domain/testing/samples.ts';
import {
  choices,
  conflictsWith,
  type Editing,
  editOf,
  type Facts,
  factsIn,
  follow,
  mayCombine,
  resolve,
} from './conflict-merge.ts';

const begun = (of: Incident): Editing => ({ from: factsIn(of), draft: factsIn(of) });
const typed = (editing: Editing, part: Partial<Facts>): Editing => ({
  ...editing,
  draft: { ...editing.draft, ...part },
});
const saved = (of: Incident, editing: Editing, by = operator): Incident | null => {
  const decided = decideIncident(of, { move: 'edit', ...editOf(editing) }, context(by));
  return wasRefused(decided) ? null : decided.reduce<Incident | null>(applyIncident, of);
};

describe('two editors of one incident', () => {
  it('what only one of them changed is kept, whoever saves last', () => {
    const of = filed();
    const first = saved(of, typed(begun(of), { title: '两车被困' }))!;
    const second = saved(first, typed(begun(of), { text: '水深半米' }), chief)!;
    expect(second).toMatchObject({ title: '两车被困', text: '水深半米' });
  });

  it('the second one follows at once where nothing was typed, and is told which fields', () => {
    const of = filed();
    const theirs = factsIn(saved(of, typed(begun(of), { title: '两车被困', priority: 'P1' }))!);
    const mine = typed(begun(of), { text: '水深半米' });
    const { editing, fields } = follow(mine, theirs);
    expect(fields).toEqual(['title', 'priority']);
    expect(editing.draft).toMatchObject({ title: '两车被困', text: '水深半米', priority: 'P1' });
    expect(conflictsWith(editing, theirs)).toEqual([]);
  });

  it('a field that both changed is refused until a person chooses: mine, theirs, or both with a mark', () => {
    const of = filed();
    const first = saved(of, typed(begun(of), { text: '两车被困' }))!;
    const mine = typed(begun(of), { text: '水深半米' });
    expect(saved(first, mine, chief)).toBeNull();
    const theirs = factsIn(first);
    expect(conflictsWith(mine, theirs)).toEqual(['text']);
    const outcome = (choice: (typeof choices)[number]) =>
      saved(first, resolve(mine, theirs, { field: 'text', choice, mark: '赵敏' }), chief)!.text;
    expect(outcome('mine')).toBe('水深半米');
    expect(outcome('theirs')).toBe('两车被困');
    expect(outcome('both')).toBe('两车被困\n— 赵敏 —\n水深半米');
  });

  it('both writing the same is no conflict', () => {
    const of = filed();
    const first = saved(of, typed(begun(of), { title: '积水' }))!;
    expect(conflictsWith(typed(begun(of), { title: ' 积水 ' }), factsIn(first))).toEqual([]);
  });

  it('words can be emptied; a place that was typed away is not', () => {
    const of = filed();
    const emptied = saved(of, typed(begun(of), { title: '', place: nowhere }))!;
    expect(emptied.title).toBe('');
    expect(emptied.place).toEqual(of.place);
  });

  it('changing the kind alone does not undo a priority that somebody else has set', () => {
    const of = filed();
    const first = saved(of, typed(begun(of), { priority: 'P1' }))!;
    expect(saved(first, typed(begun(of), { kind: 'municipal.tree.fallen' }), chief)).toMatchObject({
      kind: 'municipal.tree.fallen',
      priority: 'P1',
    });
  });
});

const values: { readonly [F in EditedField]: readonly Facts[F][] } = {
  title: ['甲', '乙', '丙', ''],
  text: ['一', '二', '三'],
  kind: ['statutory.fire.building', 'municipal.tree.fallen', 'statutory.flood.waterlogging'],
  place: ['东', '西', '南'].map((text) => ({ ...nowhere, text, source: 'operator' as const })),
  priority: ['P1', 'P2', 'P3'],
};
const field = fc.constantFrom(...(Object.keys(values) as EditedField[]));
const who = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), who, field, pick: fc.nat(3) }),
  fc.record({ do: fc.constant('save' as const), who, pick: fc.nat(2) }),
  fc.record({ do: fc.constant('hear' as const), who }),
  fc.record({ do: fc.constant('choose' as const), who, pick: fc.nat(2) }),
);

it('no sequence of two editors loses an edit of which its overwriter had not been told', () => {
  const people = [operator, chief];
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let record = filed();
      const desks = [begun(record), begun(record)];
      /** What each of them has had before the eyes: to overwrite that is a decision, all else would be a loss. */
      const seen = desks.map(({ from }) =>
        Object.fromEntries(Object.entries(from).map(([name, value]) => [name, [value] as unknown[]])),
      );
      const look = (desk: 0 | 1) => {
        for (const [name, value] of Object.entries(factsIn(record))) seen[desk]![name]!.push(value);
      };
      for (const one of steps) {
        const editing = desks[one.who]!;
        const theirs = factsIn(record);
        if (one.do === 'type') {
          const list = values[one.field];
          desks[one.who] = typed(editing, { [one.field]: list[one.pick % list.length] });
        } else if (one.do === 'hear') {
          desks[one.who] = follow(editing, theirs).editing;
          look(one.who);
        } else if (one.do === 'choose') {
          look(one.who);
          desks[one.who] = conflictsWith(editing, theirs).reduce<Editing>((held, name) => {
            const choice = choices[one.pick]!;
            return resolve(held, theirs, { field: name, choice: mayCombine(name) ? choice : 'mine', mark: '·' });
          }, editing);
        } else {
          const next = saved(record, editing, people[one.who]);
          const blind = conflictsWith(editing, theirs);
          // Refused exactly where somebody else's words would have gone unseen.
          expect(next === null).toBe(blind.length > 0);
          if (next === null) continue;
          for (const [name, value] of Object.entries(factsIn(next))) {
            const was = theirs[name as EditedField];
            const mine = editing.draft[name as EditedField];
            if (sameFact(was, value)) continue;
            // A changed kind may raise the priority: nobody's words go.
            if (name === 'priority' && !sameFact(mine, value)) continue;
            expect(seen[one.who]![name]!.some((known) => sameFact(known, was))).toBe(true);
          }
          record = next;
          desks[one.who] = begun(record);
          look(one.who);
        }
      }
    }),
    { numRuns: 500 },
  );
});
