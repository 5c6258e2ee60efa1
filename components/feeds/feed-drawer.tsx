'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FeedStateMark } from '@/components/shell/marks/state-marks.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { Tabs } from '@/components/ui/tabs.tsx';
import type { FeedLine, HeldBack } from './feed-lines.ts';
import { FeedOverview } from './feed-overview.tsx';
import { LatestRecords } from './latest-records.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { useFeedWords } from './use-feed-words.ts';

export type FeedDrawerProps = {
  line: FeedLine;
  /** Null: the viewer may not read the quarantine. */
  heldBack: readonly HeldBack[] | null;
  mayDecode: boolean;
  onClose: () => void;
};

/** One feed in full. It stays beside the list, so that the others stay in view. */
export function FeedDrawer({ line, heldBack, mayDecode, onClose }: FeedDrawerProps) {
  const t = useTranslations('feeds');
  const words = useFeedWords();
  const [tab, setTab] = useState<'overview' | 'records' | 'quarantine'>('overview');
  const [reason, setReason] = useState<string | null>(null);
  const title = words.title(line.id, line.title);
  return (
    <aside aria-label={title} className="flex min-h-0 flex-col border-s border-line bg-panel">
      <header className="flex items-start gap-2 border-b border-line px-3 py-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold break-words">{title}</h2>
          <p className="mt-0.5 flex items-center gap-2 text-xs text-ink-faint">
            <FeedStateMark state={line.state} />
            {line.since === null ? null : <Duration from={line.since} />}
            <span className="font-mono">{line.id}</span>
          </p>
        </div>
        <Button look="quiet" size="icon-sm" aria-label={t('close')} onClick={onClose}>
          <X />
        </Button>
      </header>
      <Tabs
        className="flex-1"
        label={title}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'overview',
            label: t('tab.overview'),
            panel: (
              <FeedOverview
                line={line}
                heldBack={heldBack}
                onReason={(next) => {
                  setReason(next);
                  setTab('quarantine');
                }}
              />
            ),
          },
          { value: 'records', label: t('tab.records'), panel: <LatestRecords feed={line.id} /> },
          {
            value: 'quarantine',
            label: line.heldBack ? t('tab.quarantineCount', { count: line.heldBack }) : t('tab.quarantine'),
            panel: heldBack ? (
              <QuarantineList
                feed={line.id}
                heldBack={heldBack}
                reason={reason}
                onReason={setReason}
                mayDecode={mayDecode}
              />
            ) : (
              <Empty title={t('quarantine.hidden')} />
            ),
          },
        ]}
      />
    </aside>
  );
}
