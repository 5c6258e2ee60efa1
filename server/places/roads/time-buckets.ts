/**
 * Nodes by time in buckets of equal width: constant cost where a heap pays a logarithm. Within a bucket the order is free; whoever
 * takes a node out puts neighbours that got nearer in again, so that nothing is lost (delta-stepping, one bucket at a time).
 */
export function createTimeBuckets(count: number) {
  const heads = new Int32Array(count);
  let nodes = new Uint32Array(4096);
  let keys = new Float64Array(4096);
  let next = new Int32Array(4096);
  let used = 0;
  let perKey = 1;
  let at = 0;
  let takenKey = 0;

  return {
    /** Keys up to `cap` can be told apart in time. */
    clear(cap: number): void {
      heads.fill(-1);
      used = 0;
      at = 0;
      perKey = (count - 1) / cap;
    },
    put(key: number, node: number): void {
      if (used === nodes.length) {
        const [moreNodes, moreKeys, moreNext] = [
          new Uint32Array(used * 2),
          new Float64Array(used * 2),
          new Int32Array(used * 2),
        ];
        moreNodes.set(nodes);
        moreKeys.set(keys);
        moreNext.set(next);
        [nodes, keys, next] = [moreNodes, moreKeys, moreNext];
      }
      const bucket = (key * perKey) | 0;
      nodes[used] = node;
      keys[used] = key;
      next[used] = heads[bucket]!;
      heads[bucket] = used++;
    },
    /** A node of the bucket in hand; -1: it is empty. */
    take(): number {
      const entry = heads[at]!;
      if (entry < 0) return -1;
      heads[at] = next[entry]!;
      takenKey = keys[entry]!;
      return nodes[entry]!;
    },
    /** Key of what was taken last. */
    get key() {
      return takenKey;
    },
    /** No key still to come is less than this, once the bucket in hand is empty. */
    get upTo() {
      return (at + 1) / perKey;
    },
    /** On to the next bucket that holds something; false: there is none. */
    advance(): boolean {
      do at += 1;
      while (at < count && heads[at]! < 0);
      return at < count;
    },
  };
}
