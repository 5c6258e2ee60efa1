import { createNodeStore } from '../osm/node-store.ts';
import type { Tags } from '../osm/read-block.ts';
import { buildRoads } from '../roads/build-roads.ts';
import { createRoadCollector } from '../roads/collect-roads.ts';
import type { Water } from '../roads/find-crossings.ts';
import type { Roads } from '../roads/roads.ts';

/** Junctions by name in metres east and north of a point near Nanjing; ways as lists of their names. */
export type Sketch = {
  readonly at: Readonly<Record<string, readonly [east: number, north: number]>>;
  readonly ways: readonly { readonly nodes: string; readonly tags: Readonly<Record<string, string>> }[];
  readonly barriers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly water?: readonly { readonly name: string; readonly nodes: string; readonly big?: boolean }[];
};

const origin = [118.78, 32.05] as const;
const metresPerDegree = 111_320;
const squeeze = Math.cos((origin[1] * Math.PI) / 180);

export const lonLatOf = ([east, north]: readonly [number, number]): [number, number] => [
  origin[0] + east / metresPerDegree / squeeze,
  origin[1] + north / metresPerDegree,
];

const tagsOf = (of: Readonly<Record<string, string>>): Tags => new Map(Object.entries(of));

/** The whole path from tags to the packed network, without a file. `nodes` are words apart by spaces. */
export function roadsOf({ at, ways, barriers = {}, water = [] }: Sketch): Roads {
  const ids = new Map(Object.keys(at).map((name, i) => [name, i + 1]));
  const filling = createNodeStore();
  for (const [name, id] of ids) {
    const [lon, lat] = lonLatOf(at[name]!);
    filling.add(id, Math.round(lon * 1e7), Math.round(lat * 1e7));
  }
  const store = filling.finish();
  const indices = (nodes: string) => Int32Array.from(nodes.split(' '), (name) => store.indexOf(ids.get(name) ?? -1));
  const collector = createRoadCollector();
  for (const [name, tags] of Object.entries(barriers)) collector.node(ids.get(name)!, tagsOf(tags));
  ways.forEach(({ nodes, tags }, i) => void collector.way(i + 1, indices(nodes), tagsOf(tags)));
  const roads = buildRoads({
    store,
    ways: collector.ways,
    blocked: collector.blocked(store.indexOf),
    water: water.map(
      ({ name, nodes, big }): Water => ({
        name,
        nameEn: null,
        big: big ?? null,
        line: Int32Array.from([...indices(nodes)].flatMap((index) => [store.lonE7(index), store.latE7(index)])),
      }),
    ),
    facts: { source: 'sketch', importedAt: 0, dataAt: null },
  });
  if (!roads) throw new Error('the sketch has no roads that hang together');
  return roads;
}
