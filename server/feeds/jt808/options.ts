import { z } from 'zod';

export const jt808Options = z
  .object({
    /** Refuse reports of terminals that have not authenticated with the code we issued. */
    requireAuth: z.boolean().default(false),
    /** From which the codes are made; changing it makes every terminal register again. */
    authSecret: z.string().min(16).nullable().default(null),
  })
  .strict()
  .refine((options) => !options.requireAuth || options.authSecret !== null, {
    message: 'requireAuth needs authSecret',
    path: ['authSecret'],
  });

export type Jt808Options = z.infer<typeof jt808Options>;
