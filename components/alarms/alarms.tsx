'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import { may } from '@/server/domain/policy.ts';
import { countAlarms, shelvedOf } from './alarm-order.ts';
import { RoomFigures } from './room-figures.tsx';
import { Rules } from './rules.tsx';
import { Standing } from './standing.tsx';
import { useAlarmRows } from './use-alarm-rows.ts';

const asked = {
  tab: parseAsStringLiteral(['standing', 'shelved', 'rules', 'figures']).withDefault('standing'),
  alarm: parseAsString,
};

/** The alarms of the room: what stands, what is put aside, what is an alarm at all, and how the room bears it. */
export function Alarms() {
  const t = useTranslations('alarms');
  const { actor } = useSigned();
  const [{ tab, alarm }, ask] = useQueryStates(asked, { history: 'replace' });
  const { rows, ready } = useAlarmRows();
  const { unseen, critical, standing } = countAlarms(rows);
  const shelved = shelvedOf(rows).length;
  const open = (id: string | null) => void ask({ alarm: id });
  if (!may(actor, 'alarm.read')) return <Empty className="flex-1" title={t('mayNot')} />;
  const list = (aside: boolean) => (
    <div className="flex h-full min-h-0 flex-col">
      <Standing rows={rows} ready={ready} shelved={aside} opened={alarm} onOpen={open} />
    </div>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex min-h-12 items-center gap-3 px-3 py-2">
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p role="status" className="flex items-center gap-2 text-xs text-ink-soft">
          {ready ? (
            unseen > 0 ? (
              <Badge tone={critical > 0 ? 'critical' : 'serious'}>{t('unseenCount', { count: unseen })}</Badge>
            ) : (
              t('allSeen', { count: standing })
            )
          ) : null}
        </p>
      </header>
      <Tabs
        className="flex-1"
        label={t('title')}
        value={tab}
        onValueChange={(next) => void ask({ tab: next, alarm: null })}
        tabs={[
          {
            value: 'standing',
            label: (
              <>
                {t('tab.standing')} <span className="figures text-ink-faint">{standing}</span>
              </>
            ),
            panel: list(false),
          },
          {
            value: 'shelved',
            label: (
              <>
                {t('tab.shelved')} <span className="figures text-ink-faint">{shelved}</span>
              </>
            ),
            panel: list(true),
          },
          { value: 'rules', label: t('tab.rules'), panel: <Rules /> },
          { value: 'figures', label: t('tab.figures'), panel: <RoomFigures rows={rows} /> },
        ]}
      />
    </div>
  );
}
