import { z } from 'zod';

export const open311Options = z.strictObject({
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00')
    .default('+08:00'),
});
/** What is left out has its default: a transport hands in nothing. */
export type Open311Options = Partial<z.infer<typeof open311Options>>;
