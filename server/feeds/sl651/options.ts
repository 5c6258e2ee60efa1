import { z } from 'zod';

export const sl651Options = z
  .object({
    /** Confirm with ESC (stay on line for ten minutes) instead of EOT (may leave the line), which lets a station on battery sleep. */
    keepOnline: z.boolean().default(false),
  })
  .strict();

export type Sl651Options = z.infer<typeof sl651Options>;
