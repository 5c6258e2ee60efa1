'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type Answers, useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';

type SeatChange = Answers['department']['seatChanges'][number];

/** Newest first, from the log. `version` grows with every change of a department, which is a new entry. */
export function SeatChanges({ version }: { version: number }) {
  const t = useTranslations('stationing.change');
  const client = useTRPCClient();
  const codes = useCodeWords();
  const formats = useFormats();
  const answer = useQuery({
    queryKey: ['department.seatChanges', version],
    queryFn: () => client.department.seatChanges.query({ limit: 60 }),
    placeholderData: keepPreviousData,
  });
  if (!answer.data) return answer.isError ? <Failed onRetry={() => void answer.refetch()} /> : <Loading />;
  if (answer.data.length === 0) return <Empty title={t('none')} />;
  const words = ({ event, by }: SeatChange): string => {
    switch (event.kind) {
      case 'seatTaken':
        return t('taken', { name: event.content.liaison.name });
      case 'seatAway':
        return event.content.backBy === null
          ? t('away', { name: by })
          : t('awayUntil', { name: by, time: formats.time(event.content.backBy) });
      case 'seatBack':
        return t('back', { name: by });
      case 'seatRelieved':
        return t('relieved', { name: event.content.relievedBy.name, other: event.content.liaison.name });
      case 'seatLeft':
        return t('left', { name: event.content.by.name });
      case 'departmentRegistered':
        return t('registered');
    }
  };
  return (
    <ol className="px-3 py-2">
      {answer.data.map((change) => (
        <li key={change.position} className="grid grid-cols-[4.6rem_1fr] gap-x-3 pb-2 text-sm">
          <time
            dateTime={new Date(change.at).toISOString()}
            title={formats.dateTime(change.at)}
            className="pt-px text-xs text-ink-faint"
          >
            {formats.time(change.at)}
          </time>
          <p className="min-w-0 border-s border-line ps-3">
            <span className="text-ink-soft">{codes.department(change.department)}</span> <span>{words(change)}</span>
            {change.event.kind === 'seatAway' && change.event.content.note ? (
              <span className="block text-xs text-ink-soft">{change.event.content.note}</span>
            ) : null}
          </p>
        </li>
      ))}
    </ol>
  );
}
