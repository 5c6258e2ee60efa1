import { z } from 'zod';
import type { LonLat } from '@/server/domain/place.ts';
import { previewStations } from '@/server/ops/preview-stations.ts';
import { registerStations, registerStationsInput } from '@/server/ops/register-stations.ts';
import { retireStation, retireStationInput } from '@/server/ops/retire-station.ts';
import { writeStations } from '@/server/places/station-csv/write-stations.ts';
import { commandId, commandOf } from '../command-input.ts';
import type { ApiDeps } from '../deps.ts';
import { allowed } from '../trpc.ts';

/** Twenty thousand rows of a register; its request may be as large (`http.ts`). */
export const longestFile = 8 * 1024 * 1024;
const mostStations = 1_000_000;

const districtOf =
  ({ city }: ApiDeps) =>
  (at: LonLat): string | null =>
    city.districtOf(at).district;

export const stationProcedures = {
  /** What a file would do: nothing is changed. A mutation only because files are longer than addresses may be. */
  preview: allowed('station.register')
    .input(z.object({ text: z.string().max(longestFile) }))
    .mutation(({ ctx, input }) =>
      ctx.deps.store.read(ctx.actor, (tx) => previewStations(tx, input.text, districtOf(ctx.deps))),
    ),
  register: allowed('station.register')
    .input(registerStationsInput.and(commandId))
    .mutation(({ ctx, input }) => {
      const { id, input: given } = commandOf(input);
      const { store, newId } = ctx.deps;
      return registerStations(
        { store, newId, districtOf: districtOf(ctx.deps) },
        { id, input: given, actor: ctx.actor },
      );
    }),
  retire: allowed('station.register')
    .input(retireStationInput.and(commandId))
    .mutation(({ ctx, input }) => {
      const { id, input: given } = commandOf(input);
      return retireStation(ctx.deps, { id, input: given, actor: ctx.actor });
    }),
  /** The register as the file that `preview` reads. */
  export: allowed('station.read').query(async ({ ctx }) => {
    const rows = await ctx.deps.store.read(ctx.actor, (tx) => tx.list('station', { live: true, limit: mostStations }));
    const stations = rows.map(({ state }) => state).sort((a, b) => (a.id < b.id ? -1 : 1));
    return { text: writeStations(stations), count: stations.length };
  }),
};
