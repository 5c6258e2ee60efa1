'use client';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';

type Ask =
  | { readonly do: 'acknowledge' | 'unshelve'; readonly alarm: string }
  | { readonly do: 'shelve'; readonly alarm: string; readonly until: number; readonly reason: string };

/** One change at a time; the live record shows it when the server has committed it. */
export function useAlarmCommands(onSaved: () => void) {
  const t = useTranslations('alarms');
  const client = useTRPCClient();
  return useCommand<Ask, { readonly alarm: string }>(
    (ask, signal) => {
      const { commandId, alarm } = ask;
      switch (ask.do) {
        case 'acknowledge':
          return client.alarm.acknowledge.mutate({ commandId, alarm }, { signal });
        case 'unshelve':
          return client.alarm.unshelve.mutate({ commandId, alarm }, { signal });
        case 'shelve':
          return client.alarm.shelve.mutate({ commandId, alarm, until: ask.until, reason: ask.reason }, { signal });
      }
    },
    { saved: t('saved'), onSaved },
  );
}
