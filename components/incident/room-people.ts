'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { connectedDepartments } from '@/server/domain/department.ts';
import type { Role } from '@/server/domain/role.ts';
import type { Mentionable } from './room-mentions.ts';

/** Roles with people behind them who take part in rooms. */
const spokenTo: readonly Role[] = [
  ...(['call-taker', 'dispatcher', 'duty-chief', 'resident-commander', 'commander'] as const),
  ...(['verifier', 'supervisor', 'information-officer', 'district-operator'] as const),
];

/** Everybody whom a note can speak of: people, departments, roles. */
export function useMentionables(): readonly Mentionable[] {
  const trpc = useTRPC();
  const t = useTranslations('domain.role');
  const codes = useCodeWords();
  const people = useQuery(trpc.account.people.queryOptions(undefined, { staleTime: 300_000 }));
  return useMemo(
    () => [
      ...(people.data ?? []).map(({ id, name, roles, department }) => ({
        id,
        name,
        also: [codes.department(department), roles[0] ? t(roles[0]) : null].filter(Boolean).join(' · '),
      })),
      ...connectedDepartments.map((id) => ({ id: `department/${id}`, name: codes.department(id) ?? id, also: '' })),
      ...spokenTo.map((role) => ({ id: `role/${role}`, name: t(role), also: '' })),
    ],
    [people.data, codes, t],
  );
}
