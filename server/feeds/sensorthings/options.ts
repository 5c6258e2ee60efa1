import { z } from 'zod';

export const sensorThingsOptions = z.strictObject({
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00')
    .default('+08:00'),
});
/** What is left out has its default: a transport hands in nothing. */
export type SensorThingsOptions = Partial<z.infer<typeof sensorThingsOptions>>;
