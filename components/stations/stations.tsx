'use client';
import { Download, FileUp, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useRef, useState } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { useReadings, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { may } from '@/server/domain/policy.ts';
import { stationKinds } from '@/server/domain/station.ts';
import { ImportDialog } from './import-dialog.tsx';
import { RegisterDialog } from './register-dialog.tsx';
import {
  countStates,
  filtered,
  ordered,
  orders,
  type StationLine,
  shownStates,
  stationLines,
} from './station-lines.ts';
import { StationList } from './station-list.tsx';
import { stationPath } from './station-path.ts';
import { useRegisterFile } from './use-register-file.ts';
import { useStationSearch } from './use-station-search.ts';

const asked = {
  q: parseAsString.withDefault(''),
  kind: parseAsStringLiteral(stationKinds),
  department: parseAsString,
  state: parseAsStringLiteral(shownStates).withDefault('all'),
  order: parseAsStringLiteral(orders).withDefault('urgency'),
};
const any = 'any';

/** The register, and what each station reads now. */
export function Stations() {
  const t = useTranslations('stations');
  const words = useTranslations('domain');
  const codes = useCodeWords();
  const router = useRouter();
  const { actor } = useSigned();
  const search = useRef<HTMLInputElement>(null);
  const departments = useDepartments();
  const [{ q, kind, state, order, ...named }, ask] = useQueryStates(asked, { history: 'replace' });
  const department = departments.find((one) => one === named.department) ?? null;
  const [opened, setOpened] = useState<'import' | StationLine | 'new' | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const file = useRegisterFile();
  const known = useRecords((records) => records.position !== null, { hz: 0 });
  const stations = useRecords((records) => records.all('station'));
  const readings = useReadings((all) => all.all(), { hz: 1 });
  // Before the register is here nobody can be told to be missing in it.
  const all = useMemo(() => (known ? stationLines(stations, readings) : []), [known, stations, readings]);
  const found = useStationSearch(all, q);
  const narrowed = useMemo(
    () => filtered(all, { state: 'all', kind, department, found }),
    [all, kind, department, found],
  );
  const counts = useMemo(() => countStates(narrowed), [narrowed]);
  const lines = useMemo(
    () => ordered(filtered(narrowed, { state, kind: null, department: null, found: null }), order),
    [narrowed, state, order],
  );
  const mayRegister = may(actor, 'station.register');
  const open = (id: string) => router.push(stationPath(id));

  useHotkeys([
    { chord: '/', label: t('keys.search'), group: t('title'), run: () => search.current?.focus() },
    {
      chord: 'i',
      label: t('import.open'),
      group: t('title'),
      enabled: mayRegister,
      run: () => setOpened('import'),
    },
  ]);
  if (!may(actor, 'station.read')) return <Empty title={t('mayNot')} className="flex-1" />;

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <span className="figures text-xs text-ink-faint">
          {lines.length === all.length
            ? t('all', { all: all.length })
            : t('some', { some: lines.length, all: all.length })}
        </span>
        <div className="ms-auto flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={file.save} disabled={file.busy}>
            <Download aria-hidden />
            {t('export')}
          </Button>
          {mayRegister ? (
            <>
              <Button size="sm" onClick={() => setOpened('new')}>
                <Plus aria-hidden />
                {t('add')}
              </Button>
              <Button size="sm" look="primary" onClick={() => setOpened('import')}>
                <FileUp aria-hidden />
                {t('import.open')}
              </Button>
            </>
          ) : null}
        </div>
      </header>
      <search className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <Input
          ref={search}
          type="search"
          className="w-72"
          aria-label={t('keys.search')}
          placeholder={t('searchHint')}
          value={q}
          onChange={(event) => void ask({ q: event.target.value || null })}
        />
        <Select
          aria-label={t('column.kind')}
          className="w-40"
          value={kind ?? any}
          onValueChange={(value) => void ask({ kind: value === any ? null : value })}
          choices={[
            { value: any, label: t('anyKind') },
            ...stationKinds.map((one) => ({ value: one, label: words(`stationKind.${one}`) })),
          ]}
        />
        <Select
          aria-label={t('column.department')}
          className="w-40"
          value={department ?? any}
          onValueChange={(value) => void ask({ department: value === any ? null : value })}
          choices={[
            { value: any, label: t('anyDepartment') },
            ...departments.map((one) => ({ value: one, label: codes.department(one) ?? one })),
          ]}
        />
        <Select
          aria-label={t('column.state')}
          className="w-44"
          value={state}
          onValueChange={(value) => void ask({ state: value })}
          choices={shownStates.map((one) => ({
            value: one,
            label: t('withCount', { what: t(`show.${one}`), count: counts[one] }),
          }))}
        />
        <Select
          aria-label={t('orderBy')}
          className="w-44"
          value={order}
          onValueChange={(value) => void ask({ order: value })}
          choices={orders.map((one) => ({ value: one, label: t(`order.${one}`) }))}
        />
        {counts.unregistered > 0 && state !== 'unregistered' ? (
          <Button size="sm" look="quiet" onClick={() => void ask({ state: 'unregistered' })}>
            {t('strangers', { count: counts.unregistered })}
          </Button>
        ) : null}
      </search>
      {known ? (
        <StationList
          lines={lines}
          active={active}
          onActive={setActive}
          onOpen={open}
          onRegister={mayRegister ? setOpened : null}
          empty={<Empty title={t(all.length > 0 ? 'nothingFound' : 'none')} />}
        />
      ) : (
        <Loading className="flex-1" />
      )}
      {opened === 'import' ? <ImportDialog onClose={() => setOpened(null)} /> : null}
      {opened !== null && opened !== 'import' ? (
        <RegisterDialog of={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      ) : null}
    </div>
  );
}
