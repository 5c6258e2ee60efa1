'use client';
import { useTranslations } from 'next-intl';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { type Command, useCommand } from '@/components/shell/use-command.ts';
import type { GivenPlan } from './plan-draft.ts';

type Answer = { readonly plan: string; readonly version: number };
export type SetPlan = Command<{ plan: GivenPlan; version: number }, Answer>;

export function useSetPlan(onSaved: (answer: Answer) => void): SetPlan {
  const t = useTranslations('plans');
  const client = useTRPCClient();
  return useCommand<{ plan: GivenPlan; version: number }, Answer>(
    (input, signal) => client.plan.set.mutate(input, { signal }),
    { saved: t('saved'), onSaved },
  );
}
