import { z } from 'zod';
import { lonLat } from '@/server/domain/place.ts';
import { isWithout, openService, type ServiceOptions } from './ask-service.ts';
import { snapReachM } from './graph-engine.ts';
import { matrixInParts } from './matrix-in-parts.ts';
import type { EngineAnswer, TravelEngine, TravelPlace } from './travel-time.ts';

const waypoint = z.object({ distance: z.number().optional() }).nullable();
const table = z.object({
  code: z.literal('Ok'),
  durations: z.array(z.array(z.number().nullable())),
  distances: z.array(z.array(z.number().nullable())).optional(),
  sources: z.array(waypoint),
  destinations: z.array(waypoint),
});
const route = z.object({
  code: z.literal('Ok'),
  routes: z
    .array(
      z.object({
        duration: z.number(),
        distance: z.number(),
        geometry: z.object({ coordinates: z.array(lonLat) }),
        legs: z.array(z.object({ steps: z.array(z.object({ name: z.string(), distance: z.number() })).default([]) })),
      }),
    )
    .min(1),
  waypoints: z.array(waypoint),
});

/** The service's own default for coordinates in one table. */
const mostCoordinates = 100;
const coordinate = ({ lonLat: [lon, lat] }: TravelPlace) => `${lon.toFixed(6)},${lat.toFixed(6)}`;
const near = (of: z.infer<typeof waypoint> | undefined) => (of?.distance ?? 0) <= snapReachM;

/** OSRM over HTTP (API v1): `table` with durations and distances, `route` with the line. */
export function createOsrmEngine(options: ServiceOptions): TravelEngine {
  const service = openService(options);
  return {
    source: 'osrm',
    knowsConditions: false,
    state: service.state,
    matrix: (from, to) =>
      matrixInParts(from, to, mostCoordinates, async (some, targets) => {
        const list = [...some, ...targets].map(coordinate).join(';');
        const sources = some.map((_, i) => i).join(';');
        const destinations = targets.map((_, i) => i + some.length).join(';');
        const answer = await service.ask({
          path: `/table/v1/driving/${list}?sources=${sources}&destinations=${destinations}&annotations=duration,distance`,
          shape: table,
        });
        if (isWithout(answer)) return answer;
        return some.map((_, i) =>
          targets.map((_, j): EngineAnswer => {
            if (!near(answer.sources[i]) || !near(answer.destinations[j])) return { gap: 'off-road' };
            const seconds = answer.durations[i]?.[j] ?? null;
            if (seconds === null) return { gap: 'no-way' };
            return { seconds, distanceM: answer.distances?.[i]?.[j] ?? 0, atLeast: false, crossing: null };
          }),
        );
      }),
    async route(from, to) {
      const answer = await service.ask({
        path: `/route/v1/driving/${coordinate(from)};${coordinate(to)}?overview=full&geometries=geojson&steps=true`,
        shape: route,
      });
      if (isWithout(answer)) return answer;
      if (!answer.waypoints.every(near)) return { gap: 'off-road' };
      const [{ duration, distance, geometry, legs }] = answer.routes as [(typeof answer.routes)[number]];
      return {
        seconds: duration,
        distanceM: distance,
        crossing: null,
        line: geometry.coordinates,
        along: legs.flatMap(({ steps }) =>
          steps.filter((step) => step.distance > 0).map((step) => ({ name: step.name || null, metres: step.distance })),
        ),
      };
    },
  };
}
