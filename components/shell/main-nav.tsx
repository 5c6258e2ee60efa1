'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { AlarmCount } from '@/components/alarms/alarm-count.tsx';
import { cn } from '@/components/ui/cn.ts';
import { type Action, may } from '@/server/domain/policy.ts';
import { useSigned } from './session-gate.tsx';

const places: readonly {
  path: string;
  word: 'console' | 'alarms' | 'stationing' | 'units' | 'plans' | 'feeds' | 'stations' | 'wall' | 'review' | 'accounts';
  action?: Action;
}[] = [
  { path: '/', word: 'console' },
  { path: '/alarms', word: 'alarms', action: 'alarm.read' },
  { path: '/stationing', word: 'stationing' },
  { path: '/units', word: 'units', action: 'unit.read' },
  { path: '/plans', word: 'plans', action: 'plan.read' },
  { path: '/feeds', word: 'feeds' },
  { path: '/stations', word: 'stations', action: 'station.read' },
  { path: '/wall', word: 'wall' },
  { path: '/review', word: 'review' },
  { path: '/accounts', word: 'accounts', action: 'account.manage' },
];

export function MainNav() {
  const t = useTranslations('nav');
  const path = usePathname();
  const { actor } = useSigned();
  return (
    <nav aria-label={t('label')} className="flex h-full min-w-0 items-stretch gap-0.5">
      {places
        .filter((place) => !place.action || may(actor, place.action))
        .map((place) => {
          const here = place.path === '/' ? path === '/' : path.startsWith(place.path);
          return (
            <Link
              key={place.path}
              href={place.path}
              prefetch={false}
              aria-current={here ? 'page' : undefined}
              className={cn(
                'flex items-center border-b-2 border-transparent px-2.5 pt-0.5 text-sm whitespace-nowrap text-ink-soft transition-colors hover:text-ink focus-visible:outline-offset-[-3px]',
                here && 'border-ink font-semibold text-ink',
              )}
            >
              {t(place.word)}
              {place.word === 'alarms' ? <AlarmCount /> : null}
            </Link>
          );
        })}
    </nav>
  );
}
