import { z } from 'zod';

export const dateOrders = ['ymd', 'mdy', 'dmy'] as const;

export const fhirOptions = z.strictObject({
  /** How a table writes dates. Month and day cannot be told apart by looking, so `mdy` and `dmy` must be said. */
  csvDates: z.enum(dateOrders).default('ymd'),
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00')
    .default('+08:00'),
});
/** What is left out has its default: a transport hands in nothing. */
export type FhirOptions = Partial<z.infer<typeof fhirOptions>>;
