import type { Tags } from '../osm/read-block.ts';
import type { RoadWay } from './build-roads.ts';
import { blocksCars, roadRule } from './road-tags.ts';

/** Gathers what the road graph needs while an extract is read. */
export function createRoadCollector() {
  const ways: RoadWay[] = [];
  const blockedIds: number[] = [];
  return {
    ways,
    node(id: number, tags: Tags): void {
      if (tags.has('barrier') && blocksCars(tags)) blockedIds.push(id);
    },
    /** Whether the way is a road for cars. */
    way(id: number, nodes: Int32Array, tags: Tags): boolean {
      const rule = roadRule(tags);
      if (!rule) return false;
      const name = tags.get('name') ?? tags.get('ref') ?? null;
      const structure = rule.structure;
      ways.push({
        id,
        rule,
        name,
        structure: {
          name: (structure && tags.get(`${structure}:name`)) ?? null,
          nameEn: (structure && (tags.get(`${structure}:name:en`) ?? tags.get('name:en'))) ?? null,
        },
        nodes,
      });
      return true;
    },
    blocked: (indexOf: (id: number) => number): Set<number> =>
      new Set(blockedIds.map(indexOf).filter((index) => index >= 0)),
  };
}
