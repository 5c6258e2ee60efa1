'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Failed, Loading } from '@/components/ui/states.tsx';
import type { Plan } from '@/server/domain/plan.ts';
import { ChangeList } from './change-list.tsx';
import { planDiff } from './plan-diff.ts';
import { usePlanWords } from './use-plan-words.ts';

/** Who made it what, and when; the newest first. */
export function PlanHistory({ of, onClose }: { of: Plan; onClose: () => void }) {
  const t = useTranslations('plans');
  const words = usePlanWords();
  const formats = useFormats();
  const client = useTRPCClient();
  const changes = useQuery({
    queryKey: ['plan.changes', of.id, of.version],
    queryFn: () => client.plan.changes.query({ plan: of.id }),
  });
  const rows = [...(changes.data ?? [])].reverse();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={t('historyOf', { name: words.say(of.title) })}
    >
      {changes.isError ? (
        <Failed onRetry={() => void changes.refetch()} />
      ) : changes.data ? (
        <ol aria-label={t('history')} className="flex flex-col gap-4">
          {rows.map((one, index) => {
            const before = rows[index + 1];
            return (
              <li key={one.version} className="border-b border-line pb-3 last:border-b-0">
                <p className="mb-1 text-sm">
                  <span className="font-semibold">{t('version', { version: one.version })}</span>{' '}
                  <span className="text-ink-soft">
                    {one.by} · <span className="figures">{formats.dateTime(one.at)}</span>
                  </span>
                </p>
                {before ? (
                  <ChangeList changes={planDiff(before.plan, one.plan)} />
                ) : (
                  <p className="text-xs text-ink-faint">{t('first')}</p>
                )}
              </li>
            );
          })}
        </ol>
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}
