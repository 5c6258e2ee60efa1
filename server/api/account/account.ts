import { z } from 'zod';
import { newAccount } from '@/server/access/account.ts';
import { answered } from '../refusal.ts';
import { allowed } from '../trpc.ts';

const password = z.string().min(1).max(1_000);

/** Accounts are disabled, never deleted: the log names them. */
export const accountProcedures = {
  /** Who can be spoken to in an incident's room: names, no more. */
  people: allowed('incident.read').query(async ({ ctx }) =>
    (await ctx.door.access.accounts()).flatMap(({ disabled, id, name, roles, department }) =>
      disabled ? [] : [{ id, name, roles, department }],
    ),
  ),
  list: allowed('account.manage').query(({ ctx }) => ctx.door.access.accounts()),
  create: allowed('account.manage')
    .input(newAccount.extend({ password }))
    .mutation(({ ctx, input }) => answered(ctx.door.access.createAccount(input))),
  /** A new password, and disabling, sign the account out everywhere. */
  change: allowed('account.manage')
    .input(
      newAccount
        .omit({ login: true })
        .partial()
        .extend({
          id: z.string().max(128),
          disabled: z.boolean().optional(),
          password: password.optional(),
        }),
    )
    .mutation(({ ctx, input }) => answered(ctx.door.access.changeAccount(ctx.actor, input))),
};
