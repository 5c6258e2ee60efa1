import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { City } from '@/server/places/load-city.ts';
import { distanceToLineM, type LonLat, moved } from '@/sim/geo.ts';
import { type Place, places } from '@/sim/network/places.ts';
import { channels, waterAt } from '@/sim/network/river.ts';
import type { Random } from '@/sim/random.ts';

type Water = { geometry: { type: string; coordinates: never }; properties: { kind: string } };

/** Inner districts hold more of everything; how often each is drawn. */
const weights: Readonly<Record<string, number>> = {
  ...{ '320102': 10, '320104': 10, '320105': 9, '320106': 12, '320111': 9, '320113': 9, '320114': 8 },
  ...{ '320115': 14, '320116': 8, '320117': 6, '320118': 5 },
};

const inside = (rings: readonly LonLat[][], [lon, lat]: LonLat): boolean => {
  let odd = false;
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay > lat !== by > lat && lon < ax + ((lat - ay) / (by - ay)) * (bx - ax)) odd = !odd;
    }
  return odd;
};

export type Spot = { readonly at: LonLat; readonly place: Place };
/** Draws places for stations: on land, and beyond doubt within the district of the place that they are named after. */
export type Spots = {
  near(rng: Random, reachM?: number): Spot;
  along(rng: Random): Spot;
  isDry(at: LonLat): boolean;
};

export function spotsOf(root: string, city: City): Spots {
  const file = JSON.parse(readFileSync(join(root, 'public/map', city.id, 'water.json'), 'utf8'));
  const drawn = (file.features as Water[]).flatMap(({ geometry }): LonLat[][][] =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [],
  );
  const streams = (file.features as Water[]).flatMap(({ geometry }): LonLat[][] =>
    geometry.type === 'LineString' ? [geometry.coordinates] : [],
  );
  const bankM = 40;
  const isDry = (at: LonLat) =>
    !waterAt(at) &&
    !drawn.some((rings) => inside(rings, at) || rings.some((ring) => distanceToLineM(at, ring) < bankM));
  const isSure = (at: LonLat, district: string) => {
    const hit = city.districtOf([at[0], at[1]]);
    return hit.district === district && hit.nearDistrict === null;
  };
  const fits = (at: LonLat, district: string) => isDry(at) && isSure(at, district);
  const usable = places.filter(({ at, district }) => isSure(at, district));
  const deck = Object.entries(weights).map(([district, weight]) => ({ district, weight }));
  const nearest = (at: LonLat, district: string) =>
    usable
      .filter((place) => place.district === district)
      .reduce((best, place) =>
        distanceToLineM(at, [place.at, place.at]) < distanceToLineM(at, [best.at, best.at]) ? place : best,
      );

  return {
    isDry,
    near(rng, reachM = 1_300) {
      for (let tries = 0; tries < 2_000; tries++) {
        const { district } = rng.weighted(deck);
        const place = rng.pick(usable.filter((one) => one.district === district));
        const at = moved(place.at, rng.between(-reachM, reachM), rng.between(-reachM, reachM));
        if (fits(at, place.district)) return { at, place };
      }
      throw new Error('no place on land was found');
    },
    /** On the bank of a river: of the small ones, or of the Yangtze. */
    along(rng) {
      for (let tries = 0; tries < 2_000; tries++) {
        const yangtze = rng.chance(0.35);
        const line = yangtze ? rng.pick(channels).line : rng.pick(streams);
        const knot = rng.int(1, line.length - 1);
        const [a, b] = [line[knot - 1]!, line[knot]!];
        const share = rng.next();
        const on: LonLat = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
        const off = yangtze ? rng.between(-1_600, 1_600) : rng.between(-60, 60);
        const at = moved(on, off, rng.between(-Math.abs(off), Math.abs(off)));
        const { district } = city.districtOf([at[0], at[1]]);
        if (district && usable.some((one) => one.district === district) && fits(at, district))
          return { at, place: nearest(at, district) };
      }
      throw new Error('no place on a bank was found');
    },
  };
}
