import { isStanding } from '@/server/domain/alarm.ts';
import { isOpenTask, isRunning } from '@/server/domain/follow-up.ts';
import { isOpen } from '@/server/domain/incident.ts';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { beijingDay } from './beijing-day.ts';
import { fold } from './lex.ts';
import type { Slot } from './meant.ts';
import type { World } from './world.ts';

/** A record that a word can name. `exact`: the whole word; `within`: a part of it, from two characters or three letters. */
export type Named = {
  readonly slot: Slot;
  readonly id: string;
  readonly label: string;
  readonly exact: readonly string[];
  readonly within: readonly string[];
  /** The incident that a task or a check-in belongs to. */
  readonly of: string | null;
};

const spelled = (text: string, world: World): string[] =>
  world.spell && /[\u4e00-\u9fff]/u.test(text) ? world.spell(text).split(' ').map(fold) : [];

/** `消1201` by itself, by its digits, by its spelling, and by its department or kind: `xf1201`, `消防1201`. */
export function callSignNames(sign: string, before: readonly string[], world: World): string[] {
  const folded = fold(sign);
  const [, head = '', digits = ''] = /^(\D*)(\d+)$/.exec(folded) ?? [];
  if (!digits) return [folded, ...spelled(folded, world)];
  const heads = [head, ...before.map(fold)].flatMap((one) => [one, ...spelled(one, world)]);
  return [folded, ...(digits.length >= 3 ? [digits] : []), ...heads.filter(Boolean).map((one) => `${one}${digits}`)];
}

function incidentNames(number: string | null, today: string): string[] {
  if (!number) return [];
  const [day = '', last = ''] = number.split('-');
  const short = String(Number(last));
  // Of another day the number alone says which; today's is called by its last digits.
  const called = day === today ? [last, `#${short}`, ...(short.length >= 3 ? [short] : [])] : [];
  return [number, `${day}${last}`, `${day.slice(4)}-${last}`, `${day.slice(4)}${last}`, ...called].map(fold);
}

const titled = (title: string, world: World) => ({
  exact: [fold(title)],
  within: [fold(title), ...spelled(title, world)],
});

export function namedIn(world: World): readonly Named[] {
  const today = beijingDay(world.now);
  const all: Named[] = [];
  const add = (slot: Slot, id: string, label: string, names: Partial<Named>) =>
    all.push({ slot, id, label, exact: [], within: [], of: null, ...names });
  for (const id of world.departments) {
    const names = world.called.department(id).map(fold);
    add('department', id, names[0] ?? id, {
      exact: [id, ...names, ...names.flatMap((one) => spelled(one, world))],
    });
  }
  for (const [id, unit] of world.units) {
    if (!unit.dispatchable) continue;
    const before = [
      ...(unit.department ? world.called.department(unit.department) : []),
      ...world.called.unitKind(unit.kind),
    ];
    add('unit', id, unit.callSign, { exact: callSignNames(unit.callSign, before, world) });
  }
  for (const [id, incident] of world.incidents) {
    const label = incident.number ?? incident.title;
    const kind = incident.kind === null ? null : incidentKinds.find((one) => one.code === incident.kind);
    const title = isOpen(incident) ? titled(incident.title || (kind?.zh ?? ''), world) : { exact: [], within: [] };
    add('incident', id, label, {
      exact: [...incidentNames(incident.number, today), ...title.exact],
      within: title.within,
    });
    for (const task of incident.tasks)
      if (isOpenTask(task)) add('task', task.id, task.title, { ...titled(task.title, world), of: id });
    for (const one of incident.checkIns)
      if (isRunning(one)) {
        const unit = incident.assignments.find((held) => held.id === one.assignment)?.unit;
        const of = unit ? world.units.get(unit) : null;
        const before = of?.department ? world.called.department(of.department) : [];
        add('checkIn', one.id, one.name, { exact: callSignNames(one.name, before, world), of: id });
      }
    for (const one of incident.needs)
      if (one.state === 'open') {
        const label = one.text || (one.unitKind ? (world.called.unitKind(one.unitKind)[0] ?? one.unitKind) : one.id);
        add('need', one.id, label, { ...titled(label, world), of: id });
      }
  }
  for (const [id, signal] of world.signals)
    add('signal', id, signal.title || signal.text.slice(0, 40), {
      exact: [fold(signal.source.key)],
      within: signal.state === 'open' ? titled(signal.title, world).within : [],
    });
  for (const [id, alarm] of world.alarms)
    if (isStanding(alarm)) {
      const both = [alarm.name, alarm.title['zh-CN']];
      add('alarm', id, `${alarm.name} ${alarm.title['zh-CN']}`.trim(), {
        exact: both.map(fold),
        within: both.flatMap((one) => titled(one, world).within),
      });
    }
  for (const [id, plan] of world.plans)
    if (plan.enabled) {
      const names = [plan.title['zh-CN'], plan.title.en].filter(Boolean);
      add('plan', id, names[0] ?? id, {
        exact: [id, ...names.map(fold), ...names.flatMap((one) => spelled(one, world))],
        within: names.flatMap((one) => titled(one, world).within),
      });
    }
  for (const kind of incidentKinds)
    add('kind', kind.code, kind.zh, { exact: [fold(kind.zh), fold(kind.en), ...kind.pinyin.split(' ')] });
  for (const code of new Set([...world.units.values()].map((unit) => unit.kind))) {
    const names = world.called.unitKind(code).map(fold);
    add('unitKind', code, names[0] ?? code, {
      exact: [code, ...names, ...names.flatMap((one) => spelled(one, world))],
    });
  }
  for (const path of world.pages) {
    const names = world.called.page(path).map(fold);
    add('page', path, names[0] ?? path, {
      exact: [fold(path.slice(1)), ...names, ...names.flatMap((one) => spelled(one, world))].filter(Boolean),
    });
  }
  return all;
}
