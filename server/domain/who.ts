import { z } from 'zod';

/** Who did something, as it stands in the log: the id counts, the name is what it was then. */
export const who = z.object({ id: z.string().max(128), name: z.string().max(200) });
export type Who = z.infer<typeof who>;

/** Epoch ms, UTC, of the server's clock. */
export const at = z.number().int();
