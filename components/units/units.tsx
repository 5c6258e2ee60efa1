'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useRef, useState } from 'react';
import { useConnection, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { Toggle } from '@/components/ui/toggle.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import { may } from '@/server/domain/policy.ts';
import { unitStatus } from '@/server/domain/unit.ts';
import { GroupTable } from './group-table.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import { boardRows, countUnits, groupUnits, nobody, standings } from './unit-board.ts';
import { UnitCard } from './unit-card.tsx';
import { rowColumns, UnitRow } from './unit-row.tsx';

const asked = {
  department: parseAsString,
  kind: parseAsString,
  standing: parseAsStringLiteral(standings),
  unit: parseAsString,
};

/** The status board: every unit that can be sent, how it stands and for whom, and how many are left of each. */
export function Units() {
  const t = useTranslations();
  const { actor } = useSigned();
  const words = useCodeWords();
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const [registering, setRegistering] = useState(false);
  const [{ department, kind, standing, unit: opened }, ask] = useQueryStates(asked, { history: 'replace' });
  const ready = useConnection().position !== null;
  const held = useRecords((records) => records.all('unit'), { equal: Object.is });
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  const mayRegister = may(actor, 'unit.register');
  // What is struck off the list is seen by whoever may put it back.
  const all = useMemo(
    () => Array.from(held.values(), (one) => one.body).filter((one) => one.dispatchable || mayRegister),
    [held, mayRegister],
  );
  const inDepartment = department === null ? all : all.filter((one) => (one.department ?? nobody) === department);
  const rows = useMemo(
    () =>
      boardRows(all, { text, department, kind, standing }, (unit) =>
        [
          unit.callSign,
          unit.name,
          words.unitKind(unit.kind),
          words.department(unit.department),
          t(`domain.unitStatus.${unitStatus(unit)}`),
          ...unit.capabilities.map(words.capability),
          ...unit.assignments.map((one) => incidents.get(one.incident)?.body.number),
        ].join(' '),
      ),
    [all, text, department, kind, standing, words, t, incidents],
  );
  const counts = countUnits(all);
  const unit = opened === null ? null : (held.get(opened)?.body ?? null);
  const group = t('units.title');
  useHotkeys([
    { chord: '/', label: t('units.search'), group, run: () => search.current?.focus() },
    { chord: 'escape', label: t('ui.close'), group, enabled: unit !== null, run: () => void ask({ unit: null }) },
  ]);
  const numberOf = (of: (typeof rows)[number]) =>
    of.assignments
      .map((one) => incidents.get(one.incident)?.body.number ?? '')
      .filter(Boolean)
      .join(' ') || null;

  if (!may(actor, 'unit.read')) return <Empty className="flex-1" title={t('units.mayNot')} />;
  if (!ready) return <Loading className="flex-1" />;
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-3 border-b border-line px-3 py-2">
        <h1 className="text-base font-semibold">{group}</h1>
        <fieldset aria-label={t('units.standings')} className="flex flex-wrap gap-1">
          {standings.map((one) => (
            <Toggle
              key={one}
              pressed={standing === one}
              onPressedChange={(on) => void ask({ standing: on ? one : null })}
              className={cn(one === 'emergency' && counts.emergency > 0 && 'text-critical-text')}
            >
              {t(`units.standing.${one}`)} <span className="figures">{counts[one]}</span>
            </Toggle>
          ))}
        </fieldset>
        <Input
          ref={search}
          type="search"
          className="ms-auto w-64"
          aria-label={t('units.search')}
          placeholder={t('units.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {mayRegister ? (
          <Button size="sm" onClick={() => setRegistering(true)}>
            <Plus aria-hidden />
            {t('units.register')}
          </Button>
        ) : null}
      </header>
      <div
        className={cn(
          'grid min-h-0 flex-1',
          unit ? 'grid-cols-[15rem_minmax(0,1fr)_minmax(18rem,22rem)]' : 'grid-cols-[15rem_minmax(0,1fr)]',
        )}
      >
        <aside
          aria-label={t('units.counts')}
          className="flex min-h-0 flex-col gap-3 overflow-y-auto border-e border-line py-2"
        >
          <GroupTable
            title={t('units.department')}
            groups={groupUnits(all, 'department')}
            nameOf={(code) => (code === nobody ? t('units.nobody') : (words.department(code) ?? code))}
            chosen={department}
            onChoose={(code) => void ask({ department: code })}
          />
          <GroupTable
            title={t('units.kind')}
            groups={groupUnits(inDepartment, 'kind')}
            nameOf={words.unitKind}
            chosen={kind}
            onChoose={(code) => void ask({ kind: code })}
          />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-col">
          <div
            aria-hidden
            className={cn(rowColumns, 'h-control-sm shrink-0 border-b border-line text-xs text-ink-faint')}
          >
            <span>{t('units.callSign')}</span>
            <span>{t('units.kind')}</span>
            <span>{t('units.department')}</span>
            <span>{t('units.status')}</span>
            <span className="text-end">{t('units.since')}</span>
            <span className="text-end">{t('units.position')}</span>
          </div>
          <VirtualList
            label={t('units.list', { count: rows.length })}
            rows={rows}
            keyOf={(one) => one.id}
            rowRem={2.4}
            active={active}
            onActive={setActive}
            onOpen={(id) => void ask({ unit: id })}
            render={(one, state) => (
              <UnitRow unit={one} active={state.active} open={one.id === opened} incident={numberOf(one)} />
            )}
            empty={<Empty title={t('console.units.none')} />}
          />
        </div>
        {unit ? (
          <UnitCard
            key={unit.id}
            unit={unit}
            version={held.get(unit.id)?.version ?? 0}
            actor={actor}
            onClose={() => void ask({ unit: null })}
          />
        ) : null}
      </div>
      {registering ? <RegisterDialog of={null} onClose={() => setRegistering(false)} /> : null}
    </div>
  );
}
