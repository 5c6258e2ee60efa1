'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import type { PlanChange } from './plan-diff.ts';
import { usePlanWords } from './use-plan-words.ts';

/** What was said before and what is said now, one line each. */
export function ChangeList({ changes }: { changes: readonly PlanChange[] }) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  const textOf = (change: PlanChange, side: 'from' | 'to'): string | null => {
    switch (change.of) {
      case 'title':
        return change[side] && [change[side].title['zh-CN'], change[side].title.en].filter(Boolean).join(' / ');
      case 'priority':
        return change[side]?.priority ?? null;
      case 'triggers':
        return change[side] && words.triggers(change[side].triggers);
      case 'source':
        return change[side] && words.source(change[side].source);
      case 'enabled':
        return change[side] && t(change[side].enabled ? 'on' : 'off');
      case 'level':
      case 'when':
        return change[side] && [change[side].when['zh-CN'], change[side].when.en].filter(Boolean).join(' / ');
      case 'levelSource':
        return change[side] && words.source(change[side].source);
      case 'unit':
        return change[side] && words.need(change[side]);
      case 'department':
        return change[side] && words.department(change[side]);
      case 'task':
        return change[side] && words.task(change[side]);
    }
  };
  if (changes.length === 0) return <p className="text-xs text-ink-faint">{t('noChange')}</p>;
  return (
    <ul className="flex flex-col gap-1.5 text-xs">
      {changes.map((change, index) => {
        const [from, to] = [textOf(change, 'from'), textOf(change, 'to')];
        const what = from === null ? 'added' : to === null ? 'removed' : 'changed';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of two versions
          <li key={index} className="leading-relaxed">
            <span className="font-medium">
              {'level' in change ? `${words.level(change.level)} · ` : ''}
              {t(`part.${change.of}`)}
            </span>{' '}
            <span className={cn(what === 'added' && 'text-good-text', what === 'removed' && 'text-critical-text')}>
              {t(`change.${what}`)}
            </span>
            {from === null ? null : <del className="mt-0.5 block text-ink-faint">{from}</del>}
            {to === null ? null : <ins className="block no-underline">{to}</ins>}
          </li>
        );
      })}
    </ul>
  );
}
