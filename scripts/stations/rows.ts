import type { City } from '@/server/places/load-city.ts';
import { patrolNetwork, underpassOf } from '@/sim/network/network.ts';
import { underpasses } from '@/sim/network/roads.ts';
import { type Random, random } from '@/sim/random.ts';
import { type KindRow, kinds } from './kinds.ts';
import { measureOf, rounded, type StationRow } from './row.ts';
import { type Spots, spotsOf } from './spot.ts';

type Placed = Pick<StationRow, 'key' | 'name' | 'lonLat' | 'district' | 'measures'>;

type Of = { readonly spots: Spots; readonly city: City; readonly rng: Random; readonly named: Map<string, number> };

function placedOf(row: KindRow, { spots, city, rng, named }: Of): Placed[] {
  const districtOf = (at: readonly [number, number]) => city.districtOf([at[0], at[1]]).district ?? '';
  if (row.fixed)
    return row.fixed.map(({ key, name, at, measures }) => ({
      key,
      name,
      lonLat: at,
      district: districtOf(at),
      measures: measures.map(measureOf),
    }));
  if (row.underpasses) {
    const network = patrolNetwork();
    return underpasses.map(({ id, name }) => {
      const at = underpassOf(network, id).at;
      const lonLat = [rounded(at[0], 5), rounded(at[1], 5)] as const;
      const measures = row.measures!(rng, 0).map(measureOf);
      return { key: name, name, lonLat, district: districtOf(lonLat), measures };
    });
  }
  return Array.from({ length: row.count! }, (_, at) => {
    const index = at + 1;
    const { at: spot, place } = row.at === 'bank' ? spots.along(rng) : spots.near(rng);
    const bare = row.name!(place.name, index);
    const nth = (named.get(`${row.kind}/${bare}`) ?? 0) + 1;
    named.set(`${row.kind}/${bare}`, nth);
    return {
      key: row.key!(index, place.district, rng),
      name: nth === 1 ? bare : `${bare}${nth}号`,
      lonLat: [rounded(spot[0], 5), rounded(spot[1], 5)],
      district: place.district,
      measures: row.measures!(rng, index).map(measureOf),
    };
  });
}

/** The same for every run: each family has a generator of its own, so that one more of one moves no other. */
export function stationRows(root: string, city: City): StationRow[] {
  const spots = spotsOf(root, city);
  const named = new Map(
    kinds.flatMap((row) => (row.fixed ?? []).map(({ name }) => [`${row.kind}/${name}`, 1] as const)),
  );
  return kinds.flatMap((row) => {
    const rng = random('stations', row.label);
    return placedOf(row, { spots, city, rng, named }).map(({ key, name, lonLat, district, measures }) => ({
      scheme: row.scheme,
      key,
      kind: row.kind,
      name,
      department: row.department,
      lonLat,
      district,
      address: `${city.districts.get(district)?.name ?? ''}（示意位置）`,
      verticalDatum: row.datum ?? 'unknown',
      expectedIntervalS: row.intervalS,
      measures,
    }));
  });
}
