import { z } from 'zod';
import type { LonLat } from '@/server/domain/place.ts';
import { isWithout, openService, type ServiceOptions } from './ask-service.ts';
import { matrixInParts } from './matrix-in-parts.ts';
import type { EngineAnswer, TravelEngine, TravelPlace, TravelQuery } from './travel-time.ts';

const cell = z.object({ time: z.number().nullable(), distance: z.number().nullable() });
/** Two shapes are in use: a cell a pair, and since 3.4 (`verbose: false`) two plain tables. */
const sourcesToTargets = z.object({
  units: z.enum(['kilometers', 'miles']).default('kilometers'),
  sources_to_targets: z.union([
    z.array(z.array(cell)),
    z.object({
      durations: z.array(z.array(z.number().nullable())),
      distances: z.array(z.array(z.number().nullable())),
    }),
  ]),
});
const route = z.object({
  trip: z.object({
    summary: z.object({ time: z.number(), length: z.number() }),
    legs: z
      .array(
        z.object({
          shape: z.string(),
          maneuvers: z
            .array(z.object({ street_names: z.array(z.string()).default([]), length: z.number() }))
            .default([]),
        }),
      )
      .min(1),
  }),
});

/** Within the service's own default of 50 × 50 locations. */
const mostPlaces = 100;
/** No `search_cutoff`: one place beside the roads would refuse the whole matrix. */
const location = ({ lonLat: [lon, lat] }: TravelPlace) => ({ lon, lat });

/** Valhalla over HTTP: `/sources_to_targets` and `/route`; closed areas go along, floods cannot. */
export function createValhallaEngine(options: ServiceOptions): TravelEngine {
  const service = openService(options);
  const common = (query: TravelQuery) => {
    const closed = (query.conditions ?? []).flatMap(({ on, factor }) =>
      factor === 'closed' && 'area' in on ? on.area : [],
    );
    return { costing: 'auto', units: 'kilometers', ...(closed.length ? { exclude_polygons: closed } : {}) };
  };
  return {
    source: 'valhalla',
    knowsConditions: false,
    state: service.state,
    matrix: (from, to, query) =>
      matrixInParts(from, to, mostPlaces, async (some, targets) => {
        const answer = await service.ask({
          path: '/sources_to_targets',
          body: { sources: some.map(location), targets: targets.map(location), ...common(query) },
          shape: sourcesToTargets,
        });
        if (isWithout(answer)) return answer;
        const { sources_to_targets: cells, units } = answer;
        const metresPerUnit = units === 'miles' ? 1_609.344 : 1_000;
        return some.map((_, i) =>
          targets.map((_, j): EngineAnswer => {
            const one = Array.isArray(cells)
              ? cells[i]?.[j]
              : { time: cells.durations[i]?.[j] ?? null, distance: cells.distances[i]?.[j] ?? null };
            if (!one || one.time === null) return { gap: 'no-way' };
            return {
              seconds: one.time,
              distanceM: (one.distance ?? 0) * metresPerUnit,
              atLeast: false,
              crossing: null,
            };
          }),
        );
      }),
    async route(from, to, query) {
      const answer = await service.ask({
        path: '/route',
        body: { locations: [location(from), location(to)], ...common(query) },
        shape: route,
      });
      if (isWithout(answer)) return answer;
      const { summary, legs } = answer.trip;
      return {
        seconds: summary.time,
        distanceM: summary.length * 1_000,
        crossing: null,
        line: legs.flatMap(({ shape }) => readPolyline(shape)),
        along: legs.flatMap(({ maneuvers }) =>
          maneuvers
            .filter(({ length }) => length > 0)
            .map(({ street_names: [name], length }) => ({ name: name ?? null, metres: Math.round(length * 1_000) })),
        ),
      };
    },
  };
}

/** Encoded polyline with six decimals. */
export function readPolyline(text: string): LonLat[] {
  const line: LonLat[] = [];
  let [at, lat, lon] = [0, 0, 0];
  const step = (): number => {
    let [value, shift] = [0, 1];
    for (let byte = 0x20; byte >= 0x20 && at < text.length; shift *= 32) {
      byte = text.charCodeAt(at++) - 63;
      value += (byte & 0x1f) * shift;
    }
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (at < text.length) {
    lat += step();
    lon += step();
    line.push([lon / 1e6, lat / 1e6]);
  }
  return line;
}
