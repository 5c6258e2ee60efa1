'use client';
import { Copy, History, Pencil, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useRef, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import type { Plan } from '@/server/domain/plan.ts';
import { may } from '@/server/domain/policy.ts';
import { draftOfPlan, emptyDraft, freeId, type GivenPlan, type PlanDraft } from './plan-draft.ts';
import { PlanEditor } from './plan-editor.tsx';
import { PlanHistory } from './plan-history.tsx';
import { PlanList } from './plan-list.tsx';
import { PlanView } from './plan-view.tsx';
import { useSetPlan } from './use-set-plan.ts';

type Editing = { readonly start: PlanDraft; readonly base: Plan | null };
const given = ({ version: _version, changed: _changed, ...plan }: Plan): GivenPlan => plan;

/** The city's plans: what is asked of whom at which level, who says so, and how it came to be so. */
export function Plans() {
  const t = useTranslations('plans');
  const { actor } = useSigned();
  const search = useRef<HTMLInputElement>(null);
  const [{ plan: opened }, ask] = useQueryStates({ plan: parseAsString }, { history: 'replace' });
  const [editing, setEditing] = useState<Editing | null>(null);
  const [history, setHistory] = useState(false);
  const { held, ready } = useRecords((all) => ({ held: all.all('plan'), ready: all.position !== null }), { hz: 0 });
  const command = useSetPlan(() => undefined);
  const plans = Array.from(held.values(), (one) => one.body);
  const shown =
    (opened === null ? null : held.get(opened)?.body) ?? plans.find((one) => one.enabled) ?? plans[0] ?? null;
  const maySet = may(actor, 'plan.set');
  const taken = new Set(held.keys());
  const startNew = () => setEditing({ start: emptyDraft(freeId('plan', taken)), base: null });
  const startEdit = () => shown && setEditing({ start: draftOfPlan(shown), base: shown });
  const startCopy = () =>
    shown &&
    setEditing({
      start: draftOfPlan({ ...given(shown), enabled: false }, freeId(shown.id.slice(0, 56), taken)),
      base: null,
    });
  const toggle = () =>
    shown &&
    !command.busy &&
    command.run({ plan: { ...given(shown), enabled: !shown.enabled }, version: shown.version });
  const group = t('title');
  const idle = editing === null;
  useHotkeys([
    { chord: '/', label: t('search'), group, enabled: idle, run: () => search.current?.focus() },
    { chord: 'n', label: t('new'), group, enabled: idle && maySet, run: startNew },
    { chord: 'e', label: t('modify'), group, enabled: idle && maySet && shown !== null, run: startEdit },
    { chord: 'c', label: t('copy'), group, enabled: idle && maySet && shown !== null, run: startCopy },
    { chord: 'h', label: t('history'), group, enabled: idle && shown !== null, run: () => setHistory(true) },
  ]);
  if (!may(actor, 'plan.read')) return <Empty className="flex-1" title={t('mayNot')} />;
  if (!ready) return <Loading className="flex-1" />;
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex min-h-12 shrink-0 items-center gap-3 border-b border-line px-3 py-2">
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p className="flex-1 text-xs text-ink-soft">
          {t('counts', { count: plans.length, enabled: plans.filter((one) => one.enabled).length })}
        </p>
        {maySet && idle ? (
          <Button size="sm" look="primary" onClick={startNew}>
            <Plus aria-hidden />
            {t('new')}
          </Button>
        ) : null}
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(16rem,20rem)_minmax(0,1fr)]">
        <PlanList
          plans={plans}
          opened={shown?.id ?? null}
          search={search}
          onOpen={(plan) => {
            if (idle) void ask({ plan });
          }}
        />
        <div className="flex min-h-0 min-w-0 flex-col">
          {editing ? (
            <PlanEditor
              key={editing.start.id}
              start={editing.start}
              base={editing.base}
              latest={editing.base ? (held.get(editing.base.id)?.body ?? null) : null}
              onSaved={(plan) => {
                setEditing(null);
                void ask({ plan });
              }}
              onClose={() => setEditing(null)}
            />
          ) : shown ? (
            <PlanView
              of={shown}
              actions={
                <>
                  <Button size="sm" onClick={() => setHistory(true)}>
                    <History aria-hidden />
                    {t('history')}
                  </Button>
                  {maySet ? (
                    <>
                      <Button size="sm" onClick={startCopy}>
                        <Copy aria-hidden />
                        {t('copy')}
                      </Button>
                      <Button size="sm" aria-disabled={command.busy} onClick={toggle}>
                        {t(shown.enabled ? 'disable' : 'enable')}
                      </Button>
                      <Button size="sm" look="primary" onClick={startEdit}>
                        <Pencil aria-hidden />
                        {t('modify')}
                      </Button>
                    </>
                  ) : null}
                </>
              }
            />
          ) : (
            <Empty className="flex-1" title={t('none')} />
          )}
        </div>
      </div>
      {history && shown ? <PlanHistory of={shown} onClose={() => setHistory(false)} /> : null}
    </div>
  );
}
