import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clockNames, clockTargets } from '@/server/domain/clock.ts';
import { connectedDepartments } from '@/server/domain/department.ts';
import { feedStates } from '@/server/domain/feed.ts';
import { assignment, incidentStates, orderStates } from '@/server/domain/incident.ts';
import { closingCodes } from '@/server/domain/incident-command.ts';
import { moveNames } from '@/server/domain/incident-move.ts';
import { place } from '@/server/domain/place.ts';
import { seatStates } from '@/server/domain/presence.ts';
import { seatCommand } from '@/server/domain/presence-decide.ts';
import { refusalCodes } from '@/server/domain/refusal.ts';
import { roles } from '@/server/domain/role.ts';
import { categories, grades, priorities, responseLevels, warningColours } from '@/server/domain/scale.ts';
import { signal, signalKinds, signalStates } from '@/server/domain/signal.ts';
import { unitStatuses } from '@/server/domain/unit.ts';
import { warning, warningStates } from '@/server/domain/warning.ts';
import { refusalReasons } from '@/server/feeds/refusal.ts';
import { protocols } from '@/server/feeds/registry.ts';
import { freshnessClasses } from '@/server/wire/frame.ts';
import { qualityStates } from '@/server/wire/record.ts';

type Tree = { [key: string]: string | Tree };
const read = (file: string): Tree =>
  JSON.parse(readFileSync(new URL(`../../messages/${file}.json`, import.meta.url), 'utf8'));
const zh = read('zh-CN');
const en = read('en');

const leaves = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : leaves(value, `${prefix}${key}.`),
  );
const keys = (tree: Tree) =>
  leaves(tree)
    .map(([key]) => key)
    .sort();
const holes = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort();

describe('words', () => {
  it('are the same set in both languages', () => {
    expect(keys(en)).toEqual(keys(zh));
  });

  it('take the same values in both languages', () => {
    const other = new Map(leaves(en));
    const odd = leaves(zh).filter(
      ([key, text]) => String([...new Set(holes(text))]) !== String([...new Set(holes(other.get(key) ?? ''))]),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it('are never empty, and English ones hold no Chinese', () => {
    expect([...leaves(zh), ...leaves(en)].filter(([, text]) => !text.trim()).map(([key]) => key)).toEqual([]);
    expect(
      leaves(en)
        .filter(([, text]) => /[\u4e00-\u9fff]/.test(text))
        .map(([key]) => key),
    ).toEqual([]);
  });
});

const codes: Record<string, readonly (string | number)[]> = {
  'domain.incidentState': incidentStates,
  'domain.move': moveNames,
  'domain.clock': clockNames,
  'domain.clockTarget': clockTargets.map((target) => target.id),
  'domain.unitStatus': unitStatuses,
  'domain.assignmentState': assignment.shape.state.options,
  'domain.grade': grades,
  'domain.warningColour': warningColours,
  'domain.response': responseLevels,
  'domain.priority': priorities,
  'domain.category': categories,
  'domain.role': roles,
  'domain.department': connectedDepartments,
  'domain.signalKind': signalKinds,
  'domain.signalState': signalStates,
  'domain.orderState': orderStates,
  'domain.seatState': seatStates,
  'domain.seatMove': seatCommand.options.map((option) => option.shape.move.value),
  'domain.feedState': feedStates,
  'domain.warningState': warningStates,
  'domain.severity': warning.shape.severity.options,
  'domain.reality': signal.shape.reality.options,
  'domain.placeSource': place.shape.source.options,
  'domain.freshness': freshnessClasses,
  'domain.quality': qualityStates,
  'feeds.protocol': protocols.map(({ id }) => id),
  'domain.closingCode': closingCodes,
  refusal: [...Object.keys(refusalCodes), ...Object.keys(refusalReasons)],
};

describe('every code of the domain has words', () => {
  it.each(Object.entries(codes))('%s', (path, values) => {
    const branch = path.split('.').reduce<Tree>((tree, key) => (tree[key] ?? {}) as Tree, zh);
    expect(values.map(String).filter((value) => typeof branch[value] !== 'string')).toEqual([]);
  });
});
