import { z } from 'zod';

/** What a table does not say by itself has to be stated; nothing of it is guessed. */
export const csvOptions = z.strictObject({
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/, 'an offset such as +08:00')
    .optional(),
  /** What 6/5/2026 means. */
  dateOrder: z.enum(['ymd', 'mdy', 'dmy']).optional(),
  /** Names the system whose numbers these are, e.g. nj-12345. */
  scheme: z.string().min(1).max(64).optional(),
  /** Columns to pass over; any other unknown one is a mistake. */
  ignore: z.array(z.string().min(1).max(200)).max(200).optional(),
});
export type CsvOptions = z.infer<typeof csvOptions>;
