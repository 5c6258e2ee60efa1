import { between, type LonLat, moved } from '../geo.ts';
import { type Network, underpassOf } from '../network/network.ts';
import { districts } from '../network/places.ts';
import { waterAt } from '../network/river.ts';
import type { Random } from '../random.ts';

/** A place that somebody names on the telephone: on a road between two known places, with the words for it. */
export type Spot = { readonly at: LonLat; readonly text: string; readonly district: string };

/** The inner districts call more often than the outer ones. */
const weight: Readonly<Record<string, number>> = { '320117': 0.35, '320118': 0.3, '320116': 0.6, '320111': 0.7 };

export function spot(network: Network, rng: Random): Spot {
  for (;;) {
    const edge = rng.pick(network.edges);
    const from = network.places[edge.from]!;
    const share = rng.between(0.05, 0.45);
    const at = moved(between(from.at, network.places[edge.to]!.at, share), rng.between(-90, 90), rng.between(-90, 90));
    const keep = rng.chance(weight[from.district] ?? 1);
    if (edge.road.crossing || !keep || waterAt(at)) continue;
    const number = rng.int(1, 260);
    const where = rng.pick([`${edge.road.name}${number}号附近`, `${edge.road.name}近${from.name}`, `${from.name}附近`]);
    return { at, text: `${districts[from.district]}${where}`, district: from.district };
  }
}

/** Beside a named place of the network, or at an underpass (`underpass:<id>`). */
export function spotAt(network: Network, id: string, words: string, rng: Random): Spot {
  const known = id.startsWith('underpass:')
    ? underpassSpot(network, id.slice('underpass:'.length))
    : placeSpot(network, id);
  return {
    at: moved(known.at, rng.between(-60, 60), rng.between(-60, 60)),
    text: `${districts[known.district]}${known.name}${words}`,
    district: known.district,
  };
}

function placeSpot(network: Network, id: string) {
  const index = network.indexOf.get(id);
  if (index === undefined) throw new Error(`no place named ${id}`);
  return network.places[index]!;
}

function underpassSpot(network: Network, id: string) {
  const { underpass, edges, at } = underpassOf(network, id);
  return { name: underpass.name, district: network.places[edges[0]!.from]!.district, at };
}
