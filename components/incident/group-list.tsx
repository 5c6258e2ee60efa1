'use client';
import { useTranslations } from 'next-intl';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { Age } from '@/components/ui/age.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Heading } from '@/components/ui/panel.tsx';
import type { Signal } from '@/server/domain/signal.ts';
import { FusionWhy } from './fusion-why.tsx';

export type GroupListProps = {
  /** Those that wait behind the one that is open. */
  members: readonly Signal[];
  onOpen: (signal: string) => void;
  onPart: ((signal: string) => void) | null;
};

/** A thousand are counted; the latest are shown. */
const shown = 20;

/** What has been taken for the same thing and waits as one with it, each with its reasons. */
export function GroupList({ members, onOpen, onPart }: GroupListProps) {
  const t = useTranslations('incident.group');
  if (members.length === 0) return null;
  const latest = [...members].sort((a, b) => b.receivedAt - a.receivedAt).slice(0, shown);
  return (
    <section aria-label={t('title', { count: members.length })}>
      <Heading>{t('title', { count: members.length })}</Heading>
      <ul className="flex flex-col gap-1">
        {latest.map((one) => (
          <li key={one.id} className="flex items-start gap-2 border-s-2 border-line ps-2">
            <button type="button" className="min-w-0 flex-1 text-start hover:underline" onClick={() => onOpen(one.id)}>
              <span className="flex items-center gap-1.5 text-sm">
                <SignalKindIcon kind={one.kind} className="size-3.5 shrink-0 text-ink-faint" />
                <span className="min-w-0 flex-1 truncate">{one.text || one.title}</span>
                <Age at={one.receivedAt} className="shrink-0 text-xs text-ink-faint" />
              </span>
              {one.fused ? <FusionWhy reasons={one.fused.reasons} /> : null}
            </button>
            {onPart ? (
              <Button size="sm" look="quiet" onClick={() => onPart(one.id)}>
                {t('part')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {members.length > shown ? (
        <p className="mt-1 text-xs text-ink-faint">{t('more', { count: members.length - shown })}</p>
      ) : null}
    </section>
  );
}
