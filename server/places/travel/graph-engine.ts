import { setImmediate as breathe } from 'node:timers/promises';
import { arcSeconds, type TravelProfile, withFactors } from '../roads/arc-seconds.ts';
import { segmentFactors } from '../roads/conditions.ts';
import type { RoadSpeeds } from '../roads/road-speeds.ts';
import type { Roads } from '../roads/roads.ts';
import { createRouter, type Router } from '../roads/router.ts';
import { createSnapIndex, type Snap, type SnapIndex } from '../roads/snap-index.ts';
import type { EngineAnswer, TravelEngine, TravelPlace, TravelQuery } from './travel-time.ts';

/** A network ready to answer. */
export type RoadNetwork = {
  readonly roads: Roads;
  readonly index: SnapIndex;
  readonly router: Router;
  /** Seconds over each arc as a query has it. */
  secondsOf(query: Pick<TravelQuery, 'profile' | 'conditions' | 'againstOneway'>): Float32Array;
};

/** Farther from a road than this is not on the network. */
export const snapReachM = 500;
export const usualCapS = 20 * 60;
/** A single route may be long. */
const routeCapS = 4 * 3600;
const keptConditions = 8;

export function openNetwork(roads: Roads, speeds: RoadSpeeds): RoadNetwork {
  const index = createSnapIndex(roads);
  const free = new Map<string, Float32Array>();
  const conditioned = new Map<string, Float32Array>();
  const freeOf = (profile: TravelProfile, againstOneway: boolean): Float32Array => {
    const key = `${profile}/${againstOneway}`;
    const known = free.get(key);
    if (known) return known;
    const seconds = arcSeconds(roads, speeds, { profile, againstOneway });
    free.set(key, seconds);
    return seconds;
  };
  return {
    roads,
    index,
    router: createRouter(roads),
    secondsOf({ profile, conditions = [], againstOneway = false }) {
      const usual = freeOf(profile, againstOneway);
      if (conditions.length === 0) return usual;
      const key = `${profile}/${againstOneway}/${JSON.stringify(conditions)}`;
      const known = conditioned.get(key);
      const seconds = known ?? withFactors(usual, segmentFactors(roads, index, conditions));
      conditioned.delete(key); // the last asked for stays longest
      conditioned.set(key, seconds);
      if (conditioned.size > keptConditions) conditioned.delete(conditioned.keys().next().value ?? '');
      return seconds;
    },
  };
}

/** The embedded router; `current` is the network of the last import, null where there is none. */
export function createGraphEngine(current: () => { network: RoadNetwork; speeds: RoadSpeeds } | null): TravelEngine {
  const snapper = (network: RoadNetwork, seconds: Float32Array) => {
    const usable = (segment: number) => seconds[segment * 2]! < Infinity || seconds[segment * 2 + 1]! < Infinity;
    return ({ lonLat }: TravelPlace): Snap | null => network.index.snap(lonLat, { reachM: snapReachM, usable });
  };
  const crossingOf = (roads: Roads, number: number | null) => {
    const found = number === null ? null : roads.crossings[number];
    return found ? { id: found.id, name: found.name, nameEn: found.nameEn } : null;
  };

  return {
    source: 'graph',
    knowsConditions: true,
    state: () => (current() ? { ready: true, since: null, reason: null } : null),
    async matrix(from, to, query) {
      const now = current();
      if (!now) return { refused: 'no road graph is imported' };
      const { network, speeds } = now;
      const seconds = network.secondsOf(query);
      const snap = snapper(network, seconds);
      const starts = from.map(snap);
      const capS = query.capS ?? usualCapS;
      const offRoadS = (of: Snap) => (of.gapM * 3.6) / speeds.offRoadKmh;
      const answers: EngineAnswer[][] = from.map(() => []);
      for (const [column, place] of to.entries()) {
        if (column > 0) await breathe(); // others are served between two incidents
        const target = snap(place);
        const reached = target ? network.router.reach({ target, seconds, capS, nearest: query.nearest }, starts) : null;
        starts.forEach((start, row) => {
          const one = reached?.found[row];
          answers[row]!.push(
            !start || !target
              ? { gap: 'off-road' }
              : one
                ? {
                    seconds: one.seconds + offRoadS(start) + offRoadS(target),
                    distanceM: one.metres + start.gapM + target.gapM,
                    atLeast: false,
                    crossing: crossingOf(network.roads, one.crossing),
                  }
                : { seconds: reached?.upToS ?? capS, distanceM: 0, atLeast: true, crossing: null },
          );
        });
      }
      return answers;
    },
    async route(from, to, query) {
      const now = current();
      if (!now) return { refused: 'no road graph is imported' };
      const { network, speeds } = now;
      const seconds = network.secondsOf(query);
      const snap = snapper(network, seconds);
      const [start, target] = [snap(from), snap(to)];
      if (!start || !target) return { gap: 'off-road' };
      const path = network.router.path({ target, seconds, capS: query.capS ?? routeCapS }, start);
      if (!path) return { gap: 'no-way' };
      return {
        seconds: path.seconds + ((start.gapM + target.gapM) * 3.6) / speeds.offRoadKmh,
        distanceM: path.metres + start.gapM + target.gapM,
        crossing: crossingOf(network.roads, path.crossing),
        line: [from.lonLat, ...path.line, to.lonLat],
        along: path.along,
      };
    },
  };
}
