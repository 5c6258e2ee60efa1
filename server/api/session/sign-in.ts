import { z } from 'zod';
import { loginName } from '@/server/access/account.ts';
import { endedCookie, sessionCookie } from '@/server/access/cookie.ts';
import type { Opened } from '@/server/access/sign-in.ts';
import type { ApiContext } from '../context.ts';
import { answered } from '../refusal.ts';
import { open } from '../trpc.ts';

const password = z.string().min(1).max(1_000);

/** The new session replaces the one that the browser had. */
async function enter(ctx: ApiContext, opened: Opened) {
  if (ctx.session) await ctx.door.access.end(ctx.session, { id: ctx.session.id });
  const { account, token, maxAgeS } = opened;
  ctx.setCookie(sessionCookie(token, { secure: ctx.door.access.secure, maxAgeS }));
  const { id, name, roles, department, district } = account;
  return { actor: { id, name, roles, department, district }, demo: ctx.door.demo };
}

export const sessionSignIn = {
  signIn: open
    .input(z.object({ account: z.string().trim().min(1).max(200), password }))
    .mutation(async ({ ctx, input }) => {
      const given = { login: input.account, password: input.password };
      return enter(ctx, await answered(ctx.door.access.signIn(given, ctx.visitor)));
    }),
  /** The first administrator of an empty city, by the code that its server printed. */
  setUp: open
    .input(
      z.object({ code: z.string().max(100), account: loginName, name: z.string().trim().min(1).max(100), password }),
    )
    .mutation(async ({ ctx, input }) => {
      const { account: login, ...rest } = input;
      return enter(ctx, await answered(ctx.door.access.setUp({ login, ...rest }, ctx.visitor)));
    }),
  /** Without a session too: what was left of one goes from the browser. */
  signOut: open.mutation(async ({ ctx }) => {
    if (ctx.session) await ctx.door.access.end(ctx.session, { id: ctx.session.id });
    ctx.setCookie(endedCookie(ctx.door.access.secure));
    return { signedOut: true };
  }),
};
