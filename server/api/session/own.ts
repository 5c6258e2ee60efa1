import { z } from 'zod';
import { endedCookie } from '@/server/access/cookie.ts';
import { answered } from '../refusal.ts';
import { signedIn } from '../trpc.ts';

const password = z.string().min(1).max(1_000);

/** What everybody may do with the own account. */
export const sessionOwn = {
  signOutEverywhere: signedIn.mutation(async ({ ctx }) => {
    const ended = await ctx.door.access.end(ctx.session, 'all');
    ctx.setCookie(endedCookie(ctx.door.access.secure));
    return { ended };
  }),
  end: signedIn
    .input(z.object({ session: z.string().regex(/^[0-9a-f]{64}$/) }))
    .mutation(async ({ ctx, input }) => ({ ended: await ctx.door.access.end(ctx.session, { id: input.session }) })),
  /** Every other session of the account ends with it. */
  changePassword: signedIn
    .input(z.object({ current: password, next: password }))
    .mutation(({ ctx, input }) => answered(ctx.door.access.changePassword(ctx.session, input))),
};
