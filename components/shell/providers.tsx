'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/toast.tsx';
import { TooltipProvider } from '@/components/ui/tooltip.tsx';
import type { AppRouter } from '@/server/api/router.ts';
import { wasAnswered } from './refusal.ts';
import { TRPCProvider } from './trpc.ts';
import { KeyboardProvider } from './use-hotkeys.tsx';

/** The header cannot be set by a form or an image of another site: a second lock beside the cookie's SameSite. */
const door = { url: '/trpc', headers: { 'x-one-network': '1' } };

/** Questions go in batches; a command goes alone, so that a slow neighbour never holds up its answer. */
const newClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({ condition: ({ type }) => type === 'mutation', true: httpLink(door), false: httpBatchLink(door) }),
    ],
  });

/** What the server has refused is not asked again; without an answer it is tried twice more. */
const newCache = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => !wasAnswered(error) && count < 2,
      },
      mutations: { retry: false },
    },
  });

export function Providers({ children }: { children: ReactNode }) {
  const [cache] = useState(newCache);
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={cache}>
      <TRPCProvider trpcClient={client} queryClient={cache}>
        <TooltipProvider>
          <KeyboardProvider>
            <NuqsAdapter>{children}</NuqsAdapter>
            <Toaster />
          </KeyboardProvider>
        </TooltipProvider>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
