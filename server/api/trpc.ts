import { initTRPC, TRPCError } from '@trpc/server';
import { type Action, may, type Subject } from '@/server/domain/policy.ts';
import { refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { ApiContext, SignedContext } from './context.ts';
import { refusalIn, refuse, trpcCode } from './refusal.ts';

const httpStatusOf: Record<string, number> = {
  PARSE_ERROR: 400,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNPROCESSABLE_CONTENT: 422,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
};

/** Every failure carries a refusal from the one table at `data.refusal`; messages and stacks stay here. */
const t = initTRPC.context<ApiContext>().create({
  isDev: false,
  errorFormatter({ shape, error }) {
    const { refusal } = refusalIn(error);
    const code = trpcCode(refusal.refused);
    const { path } = shape.data;
    return { ...shape, message: refusal.refused, data: { code, httpStatus: httpStatusOf[code] ?? 500, path, refusal } };
  },
});

export const { router, createCallerFactory } = t;

/** A command has to come from a page of ours; an op's refusal that was not unwrapped is thrown here. */
const guarded = t.procedure.use(async ({ ctx, type, next }) => {
  if (type === 'mutation' && !ctx.fromOurPages) throw refuse(refused('not_allowed', 'not sent by a page of this site'));
  const result = await next();
  if (result.ok && wasRefused(result.data)) throw refuse(result.data);
  return result;
});

/** For whoever has not signed in: the sign-in itself and what its page shows. */
export const open = guarded;

export const signedIn = guarded.use(({ ctx, next }) => {
  const { session, actor } = ctx;
  if (!session || !actor) throw refuse(refused('signed_out'));
  return next<SignedContext>({ ctx: { ...ctx, session, actor } });
});

/** Somewhere at all; where exactly is asked with `permit` once the record is known, and by the database's own rules. */
export const allowed = (action: Action) =>
  signedIn.use(({ ctx, next }) => {
    permit(ctx.actor, action);
    return next({ ctx });
  });

export function permit(actor: Actor, action: Action, subject: Subject | null = null): void {
  if (!may(actor, action, subject)) throw refuse(refused('not_allowed', action));
}

export { TRPCError };
