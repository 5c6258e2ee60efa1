'use client';
import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import type { Plan } from '@/server/domain/plan.ts';
import { usePlanWords } from './use-plan-words.ts';

export type PlanListProps = {
  plans: readonly Plan[];
  opened: string | null;
  onOpen: (plan: string) => void;
  search: RefObject<HTMLInputElement | null>;
};

/** Every plan, those in force first. */
export function PlanList({ plans, opened, onOpen, search }: PlanListProps) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  const [text, setText] = useState('');
  const [active, setActive] = useState<string | null>(opened);
  const asked = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const rows = plans
    .filter((plan) => {
      const searched =
        `${plan.id} ${plan.title['zh-CN']} ${plan.title.en} ${words.triggers(plan.triggers)}`.toLowerCase();
      return asked.every((word) => searched.includes(word));
    })
    .sort(
      (a, b) => Number(b.enabled) - Number(a.enabled) || words.say(a.title).localeCompare(words.say(b.title), 'zh-CN'),
    );
  return (
    <div className="flex min-h-0 flex-col border-e border-line">
      <div className="shrink-0 border-b border-line px-3 py-2">
        <Input
          ref={search}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <VirtualList
        label={t('list')}
        rows={rows}
        keyOf={(plan) => plan.id}
        rowRem={3.4}
        active={active}
        onActive={setActive}
        onOpen={onOpen}
        render={(plan, state) => (
          <div
            className={cn(
              'flex h-full flex-col justify-center gap-0.5 border-b border-line px-3',
              state.active && 'bg-hover',
              plan.id === opened && 'bg-accent-wash',
              !plan.enabled && 'text-ink-faint',
            )}
          >
            <p className="flex items-center gap-2">
              <PriorityMark priority={plan.priority} />
              <span className="min-w-0 flex-1 truncate text-sm font-medium">{words.say(plan.title)}</span>
              {plan.enabled ? null : <Badge tone="caution">{t('off')}</Badge>}
            </p>
            <p className="truncate text-2xs text-ink-faint">
              {t('levelsOf', { levels: plan.levels.map((one) => words.level(one.level)).join(t('and')) })} ·{' '}
              {t('version', { version: plan.version })}
            </p>
          </div>
        )}
        empty={<Empty title={t(plans.length ? 'noneFound' : 'none')} />}
      />
    </div>
  );
}
