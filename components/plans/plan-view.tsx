'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { ResponseMark } from '@/components/shell/marks/scale-marks.tsx';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import type { CitedSource, Plan, PlanLevel } from '@/server/domain/plan.ts';
import { usePlanWords } from './use-plan-words.ts';

function Source({ of }: { of: CitedSource }) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  return (
    <p className="text-2xs text-ink-faint">
      {words.say(of.text)}{' '}
      <Badge tone={of.verified ? 'good' : 'neutral'}>{t(of.verified ? 'verified' : 'unverified')}</Badge>
    </p>
  );
}

function Part({ title, rows }: { title: string; rows: readonly { key: string; node: ReactNode }[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4 className="mb-1 text-xs font-medium text-ink-faint">{title}</h4>
      <ul className="flex flex-col gap-1 text-sm">
        {rows.map(({ key, node }) => (
          <li key={key} className="rounded-sm bg-sunken px-2 py-1 leading-snug">
            {node}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Level({ of }: { of: PlanLevel }) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  return (
    <section
      aria-label={words.level(of.level)}
      className="flex min-w-64 flex-1 flex-col gap-3 border-e border-line px-3 py-3 last:border-e-0"
    >
      <header className="flex flex-col gap-1">
        <ResponseMark level={of.level} />
        <p className="text-sm">{words.say(of.when)}</p>
      </header>
      <Part title={t('units')} rows={of.units.map((one) => ({ key: one.id, node: words.need(one) }))} />
      <Part
        title={t('departments')}
        rows={of.departments.map((one) => ({ key: one.department, node: words.department(one) }))}
      />
      <Part title={t('tasks')} rows={of.tasks.map((one) => ({ key: one.id, node: words.task(one) }))} />
      <Source of={of.source} />
    </section>
  );
}

/** A plan with its levels side by side, so that what a raise adds can be seen. */
export function PlanView({ of, actions }: { of: Plan; actions: ReactNode }) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  const formats = useFormats();
  return (
    <article aria-label={words.say(of.title)} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex shrink-0 flex-wrap items-start gap-3 border-b border-line px-3 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2 text-base font-semibold">
            <PriorityMark priority={of.priority} />
            {words.say(of.title)}
            {of.enabled ? null : <Badge tone="caution">{t('off')}</Badge>}
          </h2>
          <p className="mt-0.5 text-xs text-ink-soft">
            {t('triggers')}：{words.triggers(of.triggers)}
          </p>
          <p className="mt-0.5 text-xs text-ink-faint">
            {t('version', { version: of.version })} ·{' '}
            {of.changed
              ? t('changedBy', { name: of.changed.by.name, at: formats.dateTime(of.changed.at) })
              : t('seeded')}
          </p>
          <Source of={of.source} />
        </div>
        <div className="flex flex-wrap gap-1.5">{actions}</div>
      </header>
      <section
        aria-label={t('levels')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
        tabIndex={0}
        className="flex min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
      >
        {of.levels.map((one) => (
          <Level key={one.level} of={one} />
        ))}
      </section>
    </article>
  );
}
