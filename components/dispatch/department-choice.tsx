'use client';
import { Building2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useDepartments } from '@/components/live/use-departments.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Popover } from '@/components/ui/popover.tsx';

export type DepartmentChoiceProps = {
  /** Departments that the incident's kind names. */
  suggested: readonly string[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
};

/** Orders to departments beside those to units; the usual ones of this kind first. */
export function DepartmentChoice({ suggested, chosen, onChange }: DepartmentChoiceProps) {
  const t = useTranslations();
  const codes = useCodeWords();
  const departments = useDepartments();
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  const row = (id: string) => (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside
    <label key={id} className="flex min-h-control-sm items-center gap-2 text-sm">
      <Checkbox checked={chosen.has(id)} onCheckedChange={() => toggle(id)} />
      {codes.department(id)}
    </label>
  );
  const usual = departments.filter((id) => suggested.includes(id));
  const others = departments.filter((id) => !suggested.includes(id));
  const names = departments.filter((id) => chosen.has(id)).map((id) => codes.department(id));
  return (
    <Popover
      side="top"
      align="start"
      label={t('dispatch.departments')}
      className="w-64"
      trigger={
        <Button className="w-full justify-start">
          <Building2 className="text-ink-faint" />
          <span className="truncate">{names.length ? names.join('、') : t('dispatch.departments')}</span>
        </Button>
      }
    >
      {usual.length ? <p className="mb-1 text-2xs text-ink-faint">{t('dispatch.usual')}</p> : null}
      {usual.map(row)}
      {usual.length ? <hr className="my-1.5" /> : null}
      {others.map(row)}
    </Popover>
  );
}
