'use client';
import { useQuery } from '@tanstack/react-query';
import type { Actor } from '@/server/domain/role.ts';
import { refusalOf } from './refusal.ts';
import { useTRPC } from './trpc.ts';

export type SessionState =
  | { readonly step: 'loading' }
  | { readonly step: 'unreachable'; readonly retry: () => void }
  | { readonly step: 'signed-out' }
  | { readonly step: 'signed-in'; readonly actor: Actor; readonly demo: boolean; readonly mapboxToken: string | null };

/** Who sits here. The server decides; this only says what it answered. */
export function useSession(): SessionState {
  const trpc = useTRPC();
  const answer = useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 60_000, refetchOnWindowFocus: true }));
  if (answer.data) {
    const { actor, demo, mapboxToken } = answer.data;
    return { step: 'signed-in', actor, demo, mapboxToken };
  }
  if (answer.error && refusalOf(answer.error)?.refused === 'signed_out') return { step: 'signed-out' };
  if (answer.error) return { step: 'unreachable', retry: () => void answer.refetch() };
  return { step: 'loading' };
}
