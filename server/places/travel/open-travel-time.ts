import type { MapFolder } from '../map-folder.ts';
import { createGraphEngine } from './graph-engine.ts';
import { createOsrmEngine } from './osrm-engine.ts';
import { createTravelTime, type TravelTime } from './travel-time.ts';
import { createValhallaEngine } from './valhalla-engine.ts';

/** The engines of this installation: outside ones by their address, then the imported graph; the straight line needs none. */
export const openTravelTime = (of: {
  readonly osrmUrl: string | null;
  readonly valhallaUrl: string | null;
  readonly network: MapFolder['network'];
  readonly now: () => number;
}): TravelTime =>
  createTravelTime(
    [
      ...(of.osrmUrl ? [createOsrmEngine({ url: of.osrmUrl, now: of.now })] : []),
      ...(of.valhallaUrl ? [createValhallaEngine({ url: of.valhallaUrl, now: of.now })] : []),
      createGraphEngine(of.network),
    ],
    () => of.network()?.network.roads.crossings ?? [],
  );
