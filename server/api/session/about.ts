import { sessionCookie } from '@/server/access/cookie.ts';
import { demoAccounts, demoPassword } from '@/server/access/demo-accounts.ts';
import { termsOf } from '@/server/access/session.ts';
import { open, signedIn } from '../trpc.ts';

/** What the pages ask before and after somebody has signed in. */
export const sessionReads = {
  /** For the sign-in page: whether this is a demo, and whether the city still has to be set up. */
  about: open.query(async ({ ctx }) => ({
    demo: ctx.door.demo,
    setUpNeeded: !ctx.door.demo && (await ctx.door.access.setUpNeeded()),
    demoAccounts: ctx.door.demo
      ? demoAccounts.map(({ login, name, roles }) => ({
          account: login,
          password: demoPassword,
          name,
          role: roles[0] ?? 'dispatcher',
        }))
      : [],
  })),
  me: signedIn.query(({ ctx }) => {
    const { session, door } = ctx;
    const terms = termsOf(session.actor.roles);
    // A wall's session is renewed by being used; its cookie has to live as long.
    if (terms.renewed && session.token)
      ctx.setCookie(sessionCookie(session.token, { secure: door.access.secure, maxAgeS: terms.absoluteMs / 1000 }));
    return {
      actor: session.actor,
      demo: door.demo,
      session: { id: session.id, createdAt: session.createdAt, expiresAt: session.expiresAt },
      mapboxToken: door.mapboxToken,
    };
  }),
  list: signedIn.query(({ ctx }) => ctx.door.access.sessions(ctx.session)),
};
