'use client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@/server/api/router.ts';

/** In a file of its own: a context made beside components is made anew at every edit and remounts the whole page. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Answers = inferRouterOutputs<AppRouter>;
