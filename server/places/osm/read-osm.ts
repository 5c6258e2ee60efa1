import { createNodeStore, type NodeStore } from './node-store.ts';
import { type OsmHeader, openOsmFile } from './osm-file.ts';
import { type BlockVisitor, type Member, noTags, readBlock, type Tags } from './read-block.ts';

export type OsmStep = 'relations' | 'nodes' | 'ways';
export type OsmVisitor = {
  relation?: (id: number, members: readonly Member[], tags: Tags) => void;
  /** Nodes that say something; the others only lend their position. */
  node?: (id: number, at: { lonE7: number; latE7: number }, tags: Tags) => void;
  /** `nodes` are indices of the store, -1 where the extract does not hold the node. */
  way?: (id: number, nodes: Int32Array, tags: Tags, store: NodeStore) => void;
  progress?: (step: OsmStep, share: number) => void;
};
export type OsmRead = {
  readonly header: OsmHeader;
  readonly store: NodeStore;
  readonly counts: { readonly nodes: number; readonly ways: number; readonly relations: number };
};

/** Reads an extract three times, for relations, nodes and ways, so that it need not be sorted. Throws `OsmRefused`. */
export function readOsm(path: string, visit: OsmVisitor): OsmRead {
  const file = openOsmFile(path);
  try {
    const counts = { nodes: 0, ways: 0, relations: 0 };
    const each = (step: OsmStep, visitor: BlockVisitor) => {
      for (const share of file.blocks((bytes) => readBlock(bytes, visitor))) visit.progress?.(step, share);
    };
    each('relations', {
      relation(id, members, tags) {
        counts.relations += 1;
        visit.relation?.(id, members, tags);
      },
    });
    const filling = createNodeStore();
    each('nodes', {
      node(id, lonE7, latE7, tags) {
        counts.nodes += 1;
        filling.add(id, lonE7, latE7);
        if (tags !== noTags) visit.node?.(id, { lonE7, latE7 }, tags);
      },
    });
    const store = filling.finish();
    each('ways', {
      way(id, refs, tags) {
        counts.ways += 1;
        visit.way?.(id, Int32Array.from(refs, store.indexOf), tags, store);
      },
    });
    return { header: file.header, store, counts };
  } finally {
    file.close();
  }
}
