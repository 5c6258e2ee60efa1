import { z } from 'zod';

export const open311Options = z.strictObject({
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00')
    .default('+08:00'),
  /** What may be filed where reports are taken in (POST requests); anything where left out. */
  services: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(200),
        name: z.string().min(1).max(200),
        group: z.string().max(200).optional(),
        description: z.string().max(2_000).optional(),
      }),
    )
    .max(1_000)
    .optional(),
  /** The only jurisdiction_id that reports are taken for. */
  jurisdiction: z.string().min(1).max(200).optional(),
});
/** What is left out has its default: a transport hands in nothing. */
export type Open311Options = Partial<z.infer<typeof open311Options>>;
