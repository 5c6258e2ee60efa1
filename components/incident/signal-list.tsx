'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { Age } from '@/components/ui/age.tsx';
import { Heading } from '@/components/ui/panel.tsx';
import type { Incident } from '@/server/domain/incident.ts';

export type SignalListProps = { of: Incident; onOpen: (signal: string) => void };

/** The signals an incident is made of, the settled ones too. */
export function SignalList({ of, onOpen }: SignalListProps) {
  const t = useTranslations('incident.signals');
  const client = useTRPCClient();
  const answer = useQuery({
    queryKey: ['incident.signals', of.id, of.signals],
    queryFn: () => client.incident.signals.query({ incident: of.id }),
  });
  const signals = answer.data ?? [];
  if (of.signals.length === 0) return null;
  return (
    <section className="border-t border-line px-3 py-2">
      <Heading>{t('title', { count: of.signals.length })}</Heading>
      <ul>
        {signals.map((signal) => (
          <li key={signal.id}>
            <button
              type="button"
              className="-mx-1.5 flex w-[calc(100%+0.75rem)] items-center gap-2 rounded-sm px-1.5 py-1 text-start text-sm hover:bg-hover"
              onClick={() => onOpen(signal.id)}
            >
              <SignalKindIcon kind={signal.kind} className="size-4 shrink-0 text-ink-faint" />
              <span className="min-w-0 flex-1 truncate">{signal.title || signal.text}</span>
              <Age at={signal.receivedAt} className="text-xs text-ink-faint" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
