import { z } from 'zod';

export const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type LonLat = z.infer<typeof lonLat>;

/** Where something is. What is not known is null, never guessed (PRODUCT.md §3 "Jurisdiction"). */
export const place = z.object({
  text: z.string().max(500),
  lonLat: lonLat.nullable(),
  /** GB/T 2260 / national statistical codes: 6, 9 and 12 digits. */
  district: z.string().max(12).nullable(),
  street: z.string().max(12).nullable(),
  community: z.string().max(12).nullable(),
  /** The other district when the point is within the border's uncertainty. */
  nearDistrict: z.string().max(12).nullable(),
  /** How the point was found. */
  source: z.enum(['operator', 'map', 'feed', 'gazetteer', 'caller', 'none']),
});
export type Place = z.infer<typeof place>;

export const nowhere: Place = {
  text: '',
  lonLat: null,
  district: null,
  street: null,
  community: null,
  nearDistrict: null,
  source: 'none',
};

/** A place is known when somebody could be sent there. */
export const isKnown = (value: Place): boolean => value.lonLat !== null || value.text.trim().length > 0;
