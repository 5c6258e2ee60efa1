'use client';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { type Command, type CommandOptions, useCommand } from '@/components/shell/use-command.ts';
import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';

export type FollowUp = Command<{ command: FollowUpCommand }, unknown>;

/** One door for tasks, needs, check-ins and the room of one incident. */
export function useFollowUp(incident: string, options: CommandOptions<unknown> = {}): FollowUp {
  const client = useTRPCClient();
  const t = useTranslations('command');
  return useCommand<{ command: FollowUpCommand }, unknown>(
    ({ commandId, command }) => client.incident.followUp.mutate({ commandId, incident, command }),
    { saved: t('saved'), ...options },
  );
}
