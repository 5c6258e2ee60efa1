'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge.tsx';
import { countAlarms } from './alarm-order.ts';
import { useAlarmRows } from './use-alarm-rows.ts';

/** How many nobody has seen, beside the way to them; nothing where there are none. */
export function AlarmCount() {
  const t = useTranslations('alarms');
  const { rows } = useAlarmRows();
  const { unseen, critical } = countAlarms(rows);
  if (unseen === 0) return null;
  return (
    <Badge tone={critical > 0 ? 'critical' : 'serious'} filled={critical > 0} className="ms-1">
      <span aria-hidden>{unseen > 99 ? '99+' : unseen}</span>
      <span className="sr-only">{t('unseenCount', { count: unseen })}</span>
    </Badge>
  );
}

/** The same on the console's status bar. */
export function AlarmStrip() {
  const t = useTranslations('alarms');
  const { rows } = useAlarmRows();
  const { unseen, critical, standing } = countAlarms(rows);
  return (
    <Link href="/alarms" prefetch={false} className="shrink-0 hover:text-ink">
      {unseen > 0 ? (
        <Badge tone={critical > 0 ? 'critical' : 'serious'} filled={critical > 0}>
          {t('unseenCount', { count: unseen })}
        </Badge>
      ) : (
        t('allSeen', { count: standing })
      )}
    </Link>
  );
}
