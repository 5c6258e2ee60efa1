import { z } from 'zod';
import { lonLat } from '@/server/domain/place.ts';
import { placesIn } from '@/server/places/place-in-text.ts';
import { datums } from '@/server/places/typed-coordinates.ts';
import { signedIn } from '../trpc.ts';

export const placeProcedures = {
  /** Characters, pinyin, initials, or coordinates in any common form with a datum. */
  search: signedIn
    .input(
      z.object({
        text: z.string().max(200),
        datum: z.enum(datums).default('wgs84'),
        limit: z.number().int().min(1).max(50).default(12),
      }),
    )
    .query(({ ctx, input }) => ctx.deps.city.gazetteer.search(input.text, { datum: input.datum, limit: input.limit })),
  /** Bridges and tunnels over the big rivers, by the imported roads. */
  crossings: signedIn.query(({ ctx }) => ctx.deps.travel.crossings()),
  /** Places that a story names: proposals, the most exact first. */
  named: signedIn
    .input(z.object({ text: z.string().max(20_000), datum: z.enum(datums).default('wgs84') }))
    .query(({ ctx, input }) =>
      placesIn(input.text, { gazetteer: ctx.deps.city.gazetteer, bbox: ctx.deps.city.bbox, datum: input.datum }),
    ),
  /** The district of a point; near a border both are named, outside the city none. */
  at: signedIn.input(z.object({ lonLat })).query(({ ctx, input }) => {
    const hit = ctx.deps.city.districtOf(input.lonLat);
    const nameOf = (code: string | null) => (code === null ? null : (ctx.deps.city.districts.get(code)?.name ?? null));
    return { ...hit, districtName: nameOf(hit.district), nearDistrictName: nameOf(hit.nearDistrict) };
  }),
};
