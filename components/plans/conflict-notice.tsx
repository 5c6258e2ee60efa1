'use client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import type { Plan } from '@/server/domain/plan.ts';
import { ChangeList } from './change-list.tsx';
import { planDiff } from './plan-diff.ts';

export type ConflictNoticeProps = {
  base: Plan | null;
  latest: Plan;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
};

/** Somebody else was first: who, what they changed, and whose version goes on. */
export function ConflictNotice({ base, latest, onTakeTheirs, onKeepMine }: ConflictNoticeProps) {
  const t = useTranslations('plans');
  return (
    <section
      role="alert"
      aria-label={t('conflict')}
      className="flex max-h-64 shrink-0 flex-col gap-2 overflow-y-auto border-b border-caution/50 bg-caution-wash px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 text-sm text-caution-text">
          {t('conflictBy', { name: latest.changed?.by.name ?? t('system'), version: latest.version })}
        </p>
        <Button size="sm" onClick={onTakeTheirs}>
          {t('takeTheirs')}
        </Button>
        <Button size="sm" onClick={onKeepMine}>
          {t('keepMine')}
        </Button>
      </div>
      {base ? <ChangeList changes={planDiff(base, latest)} /> : null}
    </section>
  );
}
