'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { CodeChoice } from '@/components/shell/code-choice.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useUnitKinds } from '@/components/shell/use-unit-kinds.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { capabilities } from '@/server/domain/capability.ts';
import { roles } from '@/server/domain/role.ts';
import { emptyDepartment, emptyNeed, emptyTask, type LevelDraft } from './plan-draft.ts';
import { SourceFields, TongueFields } from './tongue-fields.tsx';

export type LevelEditorProps = {
  draft: LevelDraft;
  /** What is wrong with a field of this level, in words. */
  errorOf: (path: string) => string | undefined;
  newId: (part: 'units' | 'tasks') => string;
  onChange: (draft: LevelDraft) => void;
};

type RowsProps = { title: string; add: string; onAdd: () => void; children: readonly ReactNode[] };

function Rows({ title, add, onAdd, children }: RowsProps) {
  return (
    <fieldset className="col-span-full flex flex-col gap-2">
      <legend className="mb-1 text-sm font-semibold">{title}</legend>
      {children}
      <div>
        <Button size="sm" onClick={onAdd}>
          <Plus aria-hidden />
          {add}
        </Button>
      </div>
    </fieldset>
  );
}

const rowLook = 'grid grid-cols-2 items-end gap-2 rounded-md border border-line p-2';

/** All that one level asks for. */
export function LevelEditor({ draft, errorOf, newId, onChange }: LevelEditorProps) {
  const t = useTranslations('plans');
  const domain = useTranslations('domain');
  const codes = useCodeWords();
  const departments = useDepartments();
  const kinds = useUnitKinds();
  const put = <Part extends 'units' | 'departments' | 'tasks'>(
    part: Part,
    at: number,
    row: LevelDraft[Part][number] | null,
  ) =>
    onChange({
      ...draft,
      [part]: (draft[part] as readonly LevelDraft[Part][number][]).flatMap((one, index) =>
        index === at ? (row ?? []) : one,
      ),
    });
  const remove = (part: 'units' | 'departments' | 'tasks', at: number) => (
    <Button
      look="quiet"
      size="icon-sm"
      className="mb-1"
      aria-label={t('remove', {
        part: t(`part.${part === 'units' ? 'unit' : part === 'tasks' ? 'task' : 'department'}`),
      })}
      onClick={() => put(part, at, null)}
    >
      <Trash2 />
    </Button>
  );
  const departmentChoices = departments.map((id) => ({ value: id, label: codes.department(id) ?? id }));
  const owners = [
    ...departments.map((id) => ({ value: `department/${id}`, label: codes.department(id) ?? id })),
    ...roles.map((role) => ({ value: `role/${role}`, label: domain(`role.${role}`) })),
  ];
  return (
    <div className="grid grid-cols-2 gap-3">
      <TongueFields
        label={t('when')}
        value={draft.when}
        required
        error={errorOf('when.zh-CN')}
        onChange={(when) => onChange({ ...draft, when })}
      />
      <Rows
        title={t('units')}
        add={t('addUnit')}
        onAdd={() => onChange({ ...draft, units: [...draft.units, emptyNeed(newId('units'))] })}
      >
        {draft.units.map((need, at) => (
          <div key={need.id} className={rowLook}>
            <Field label={t('kinds')} error={errorOf(`units.${at}.kinds`)} required>
              <CodeChoice
                label={t('kinds')}
                choices={kinds}
                chosen={need.kinds}
                nameOf={codes.unitKind}
                onChange={(next) => put('units', at, { ...need, kinds: next })}
              />
            </Field>
            <div className="flex items-end gap-2">
              <Field label={t('count')} error={errorOf(`units.${at}.count`)} className="w-20">
                <Input
                  inputMode="numeric"
                  value={need.count}
                  onChange={(event) => put('units', at, { ...need, count: event.target.value })}
                />
              </Field>
              <Field label={t('capabilities')} className="min-w-0 flex-1">
                <CodeChoice
                  label={t('capabilities')}
                  choices={capabilities}
                  none={t('any')}
                  chosen={need.capabilities}
                  nameOf={codes.capability}
                  onChange={(next) => put('units', at, { ...need, capabilities: next })}
                />
              </Field>
              {remove('units', at)}
            </div>
            <TongueFields
              label={t('role')}
              value={need.role}
              onChange={(role) => put('units', at, { ...need, role })}
            />
          </div>
        ))}
      </Rows>
      <Rows
        title={t('departments')}
        add={t('addDepartment')}
        onAdd={() => onChange({ ...draft, departments: [...draft.departments, emptyDepartment] })}
      >
        {draft.departments.map((held, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row may have no department yet
          <div key={at} className={rowLook}>
            <Field label={t('department')} error={errorOf(`departments.${at}.department`)} required>
              <Select
                value={held.department || null}
                placeholder={t('choose')}
                onValueChange={(department) => put('departments', at, { ...held, department })}
                choices={departmentChoices}
              />
            </Field>
            <div className="flex items-end gap-2">
              <Field label={t('answerS')} error={errorOf(`departments.${at}.answerWithinS`)} className="flex-1">
                <Input
                  inputMode="numeric"
                  value={held.answerS}
                  onChange={(event) => put('departments', at, { ...held, answerS: event.target.value })}
                />
              </Field>
              <Field label={t('stationMin')} error={errorOf(`departments.${at}.stationWithinS`)} className="flex-1">
                <Input
                  inputMode="numeric"
                  placeholder={t('notCalled')}
                  value={held.stationMin}
                  onChange={(event) => put('departments', at, { ...held, stationMin: event.target.value })}
                />
              </Field>
              {remove('departments', at)}
            </div>
            <TongueFields
              label={t('role')}
              value={held.role}
              required
              error={errorOf(`departments.${at}.role.zh-CN`)}
              onChange={(role) => put('departments', at, { ...held, role })}
            />
          </div>
        ))}
      </Rows>
      <Rows
        title={t('tasks')}
        add={t('addTask')}
        onAdd={() => onChange({ ...draft, tasks: [...draft.tasks, emptyTask(newId('tasks'))] })}
      >
        {draft.tasks.map((task, at) => (
          <div key={task.id} className={rowLook}>
            <TongueFields
              label={t('task')}
              value={task.title}
              required
              error={errorOf(`tasks.${at}.title.zh-CN`)}
              onChange={(title) => put('tasks', at, { ...task, title })}
            />
            <Field label={t('owner')} error={errorOf(`tasks.${at}.owner`)} required>
              <Select
                value={task.owner || null}
                placeholder={t('choose')}
                onValueChange={(owner) => put('tasks', at, { ...task, owner })}
                choices={owners}
              />
            </Field>
            <div className="flex items-end gap-2">
              <Field label={t('withinMin')} error={errorOf(`tasks.${at}.withinS`)} className="w-24">
                <Input
                  inputMode="numeric"
                  value={task.withinMin}
                  onChange={(event) => put('tasks', at, { ...task, withinMin: event.target.value })}
                />
              </Field>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
              <label className="flex h-control flex-1 items-center gap-2 text-sm">
                <Checkbox
                  checked={task.evidence}
                  onCheckedChange={(on) => put('tasks', at, { ...task, evidence: on === true })}
                />
                {t('evidence')}
              </label>
              {remove('tasks', at)}
            </div>
          </div>
        ))}
      </Rows>
      <SourceFields
        value={draft.source}
        error={errorOf('source.text.zh-CN')}
        onChange={(source) => onChange({ ...draft, source })}
      />
    </div>
  );
}
