'use client';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import type { SeatCommand } from '@/server/domain/presence-decide.ts';

/** One change of a seat at a time; the live record shows it when the server has committed it. */
export function useSeatCommand(options: { onSaved?: () => void } = {}) {
  const t = useTranslations('stationing');
  const client = useTRPCClient();
  return useCommand<{ department: string; command: SeatCommand }, { readonly department: string }>(
    ({ department, command, commandId }, signal) =>
      client.department.changeSeat.mutate({ department: department as never, command, commandId }, { signal }),
    { saved: t('saved'), onSaved: () => options.onSaved?.() },
  );
}
