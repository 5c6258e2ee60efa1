import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import defaults from './speeds.json' with { type: 'json' };

/** By number in the graph file: append only, never reorder. */
export const roadClasses = [
  'motorway',
  'motorway_link',
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'residential',
  'living_street',
  'service',
  'road',
  'track',
  'busway',
  'pedestrian',
] as const;
export type RoadClass = (typeof roadClasses)[number];

const kmh = z.number().min(1).max(200);
const schema = z.object({
  classes: z.record(z.enum(roadClasses), kmh),
  /** Share of a signed limit that is driven on average. */
  limitShare: z.number().min(0.3).max(1.2),
  /** What blue lights change. */
  emergencyFactor: z.number().min(1).max(2),
  /** Against a one-way street, where a query allows it. */
  againstOnewayFactor: z.number().min(0.05).max(1),
  /** From where somebody stands to the road. */
  offRoadKmh: kmh,
});
export type RoadSpeeds = z.infer<typeof schema>;

export const defaultSpeeds: RoadSpeeds = schema.parse(defaults);

/** The city's own figures over the defaults, key by key; a file that cannot be read is said, not passed over. */
export function readSpeeds(file: string): RoadSpeeds {
  if (!existsSync(file)) return defaultSpeeds;
  const own = JSON.parse(readFileSync(file, 'utf8')) as Partial<RoadSpeeds>;
  const parsed = schema.safeParse({ ...defaults, ...own, classes: { ...defaults.classes, ...own.classes } });
  if (!parsed.success) throw new Error(`${file} holds no speeds: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
