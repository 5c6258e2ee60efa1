'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import type { Plan } from '@/server/domain/plan.ts';
import { priorities, type ResponseLevel } from '@/server/domain/scale.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { LevelEditor } from './level-editor.tsx';
import {
  type DraftFaults,
  draftOfPlan,
  faultsUnder,
  freeId,
  idsIn,
  type LevelDraft,
  missingLevels,
  type PlanDraft,
  planOfDraft,
  withLevel,
} from './plan-draft.ts';
import { SourceFields, TongueFields } from './tongue-fields.tsx';
import { TriggerFields } from './trigger-fields.tsx';
import { usePlanWords } from './use-plan-words.ts';
import { useSetPlan } from './use-set-plan.ts';

export type PlanEditorProps = {
  start: PlanDraft;
  /** The plan that is changed, as it was when the editing began; null: a new one. */
  base: Plan | null;
  /** The same plan as it is now. */
  latest: Plan | null;
  onSaved: (plan: string) => void;
  onClose: () => void;
};

/** A plan with all its parts. What somebody else saved meanwhile is shown before it is overwritten. */
export function PlanEditor({ start, base, latest, onSaved, onClose }: PlanEditorProps) {
  const t = useTranslations('plans');
  const ui = useTranslations('ui');
  const words = usePlanWords();
  const formId = useId();
  const [draft, setDraft] = useState(start);
  const [basis, setBasis] = useState(base);
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [shown, setShown] = useState<string>(String(start.levels[0]?.level ?? 4));
  const command = useSetPlan(({ plan }) => onSaved(plan));
  const read = planOfDraft(draft);
  const faults: DraftFaults = tried && 'faults' in read ? read.faults : {};
  const errorOf = (path: string) => (faults[path] ? t(`fault.${faults[path]}`) : undefined);
  const dirty = draft !== start;
  const moved = latest !== null && latest.version !== (basis?.version ?? 0);

  const save = () => {
    setTried(true);
    if ('plan' in read && !command.busy && !moved) command.run({ plan: read.plan, version: basis?.version ?? 0 });
  };
  const close = () => (dirty && !leaving ? setLeaving(true) : onClose());
  useHotkeys([
    { chord: 'ctrl+enter', label: ui('save'), group: t('title'), run: save, inField: true },
    { chord: 'escape', label: ui('cancel'), group: t('title'), run: close, inField: true },
  ]);
  const setLevel = (level: ResponseLevel, next: LevelDraft | null) =>
    setDraft({ ...draft, levels: draft.levels.flatMap((one) => (one.level === level ? (next ?? []) : one)) });
  const addLevel = (level: ResponseLevel) => {
    setDraft(withLevel(draft, level));
    setShown(String(level));
  };

  return (
    <section aria-label={t(base ? 'editing' : 'new')} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">
          {base ? t('edit', { name: words.say(base.title) }) : t('new')}
        </h2>
        {tried && 'faults' in read ? (
          <p role="status" className="text-xs text-critical-text">
            {t('faulty', { count: Object.keys(read.faults).length })}
          </p>
        ) : null}
        {leaving ? (
          <p role="alert" className="text-xs text-caution-text">
            {t('unsaved')}
          </p>
        ) : null}
        <Button look="quiet" onClick={close}>
          {leaving ? t('discard') : ui('cancel')}
        </Button>
        <Button type="submit" form={formId} look="primary" aria-disabled={command.busy || moved}>
          {ui('save')}
        </Button>
      </header>
      {moved && latest ? (
        <ConflictNotice
          base={basis}
          latest={latest}
          onTakeTheirs={() => {
            setBasis(latest);
            setDraft(draftOfPlan(latest));
          }}
          onKeepMine={() => setBasis(latest)}
        />
      ) : null}
      <form
        id={formId}
        noValidate
        className="relative min-h-0 flex-1 overflow-y-auto px-3 py-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="grid max-w-5xl grid-cols-2 gap-3">
          <TongueFields
            label={t('name')}
            value={draft.title}
            required
            error={errorOf('title.zh-CN')}
            onChange={(title) => setDraft({ ...draft, title })}
          />
          <Field label={t('code')} error={errorOf('id')} hint={t('codeHint')} required>
            <Input
              value={draft.id}
              disabled={base !== null}
              onChange={(event) => setDraft({ ...draft, id: event.target.value })}
            />
          </Field>
          <Field label={t('priority')} hint={t('priorityHint')}>
            <Select
              value={draft.priority}
              onValueChange={(priority) => setDraft({ ...draft, priority })}
              choices={priorities.map((one) => ({ value: one, label: one }))}
            />
          </Field>
          <TriggerFields
            value={draft.triggers}
            errorOf={errorOf}
            onChange={(triggers) => setDraft({ ...draft, triggers })}
          />
          <SourceFields
            value={draft.source}
            error={errorOf('source.text.zh-CN')}
            onChange={(source) => setDraft({ ...draft, source })}
          />
          <div className="col-span-full flex flex-col gap-2">
            <div className="flex items-center gap-2">
              <h3 className="flex-1 text-sm font-semibold">{t('levels')}</h3>
              {errorOf('plan') ? <p className="text-xs text-critical-text">{errorOf('plan')}</p> : null}
              {errorOf('levels') ? <p className="text-xs text-critical-text">{errorOf('levels')}</p> : null}
              {missingLevels(draft).length ? (
                <Menu
                  label={t('addLevel')}
                  trigger={
                    <Button size="sm">
                      <Plus aria-hidden />
                      {t('addLevel')}
                    </Button>
                  }
                >
                  {missingLevels(draft).map((level) => (
                    <MenuRow key={level} onSelect={() => addLevel(level)}>
                      {words.level(level)}
                    </MenuRow>
                  ))}
                </Menu>
              ) : null}
            </div>
            <Tabs
              label={t('levels')}
              value={shown}
              onValueChange={setShown}
              tabs={draft.levels.map((one, at) => ({
                value: String(one.level),
                label: (
                  <>
                    {words.level(one.level)}
                    {faultsUnder(faults, `levels.${at}`) > 0 ? (
                      <Badge tone="critical">{faultsUnder(faults, `levels.${at}`)}</Badge>
                    ) : null}
                  </>
                ),
                panel: (
                  <div className="flex flex-col gap-3 py-3">
                    {errorOf(`levels.${at}`) ? (
                      <p role="alert" className="text-xs text-critical-text">
                        {errorOf(`levels.${at}`)}
                      </p>
                    ) : null}
                    <LevelEditor
                      draft={one}
                      errorOf={(path) => errorOf(`levels.${at}.${path}`)}
                      newId={(part) => freeId(part === 'units' ? 'unit' : 'task', idsIn(draft, part))}
                      onChange={(next) => setLevel(one.level, next)}
                    />
                    {draft.levels.length > 1 ? (
                      <div>
                        <Button
                          size="sm"
                          look="quiet"
                          onClick={() => {
                            setLevel(one.level, null);
                            setShown(String(draft.levels.find((other) => other !== one)?.level ?? 4));
                          }}
                        >
                          {t('removeLevel', { level: words.level(one.level) })}
                        </Button>
                      </div>
                    ) : null}
                  </div>
                ),
              }))}
            />
          </div>
          <p className="col-span-full text-2xs text-ink-faint">{t('logged')}</p>
        </div>
      </form>
    </section>
  );
}
