import { z } from 'zod';

export const sensorThingsOptions = z.strictObject({
  /** The zone of times that state none. */
  zone: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00')
    .default('+08:00'),
  /**
   * What a query is about whose answer does not say: one stream's observations without their next link, or a broker's topic. Only for
   * observations that name no stream themselves.
   */
  stream: z
    .strictObject({
      /** As the server numbers it: 5 of Datastreams(5). */
      id: z.string().min(1).max(200),
      thing: z.string().min(1).max(200).optional(),
      property: z.string().min(1).max(200).optional(),
      unit: z.string().min(1).max(64).optional(),
    })
    .optional(),
});
/** What is left out has its default: a transport hands in nothing. */
export type SensorThingsOptions = Partial<z.infer<typeof sensorThingsOptions>>;
