import { z } from 'zod';
import { refused } from '@/server/domain/refusal.ts';
import { allowed } from '../trpc.ts';

/** Tokens of machines that push, one source each. Shown once; who lost it gets a new one. */
export const tokenProcedures = {
  list: allowed('account.manage').query(({ ctx }) => ctx.door.access.pushTokens()),
  issue: allowed('account.manage')
    .input(z.object({ feed: z.string().max(128), name: z.string().trim().min(1).max(100) }))
    .mutation(async ({ ctx, input }) => {
      const feed = ctx.deps.feeds.find((of) => of.id === input.feed);
      if (!feed) return refused('not_found', input.feed);
      return ctx.door.access.issuePushToken({ feedId: feed.id, name: input.name, department: feed.department ?? '' });
    }),
  revoke: allowed('account.manage')
    .input(z.object({ id: z.string().max(128) }))
    .mutation(async ({ ctx, input }) =>
      (await ctx.door.access.revokePushToken(input.id)) ? { revoked: true } : refused('not_found', input.id),
    ),
};
