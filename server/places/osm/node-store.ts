/** Positions of millions of nodes by id: 16 bytes each, found by halving. */
export type NodeStore = {
  readonly count: number;
  /** In 1e-7 degrees. */
  lonE7(index: number): number;
  latE7(index: number): number;
  /** -1: the extract does not hold it. */
  indexOf(id: number): number;
};

export function createNodeStore() {
  let ids = new Float64Array(1 << 16);
  let lons = new Int32Array(1 << 16);
  let lats = new Int32Array(1 << 16);
  let count = 0;
  let sorted = true;

  function grow(): void {
    const size = ids.length * 2;
    const [moreIds, moreLons, moreLats] = [new Float64Array(size), new Int32Array(size), new Int32Array(size)];
    moreIds.set(ids);
    moreLons.set(lons);
    moreLats.set(lats);
    [ids, lons, lats] = [moreIds, moreLons, moreLats];
  }

  return {
    add(id: number, lonE7: number, latE7: number): void {
      if (count === ids.length) grow();
      if (count > 0 && id <= ids[count - 1]!) sorted = false;
      ids[count] = id;
      lons[count] = lonE7;
      lats[count] = latE7;
      count += 1;
    },
    /** After the last node; files that are not sorted by id are put in order here. */
    finish(): NodeStore {
      if (!sorted) {
        const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => ids[a]! - ids[b]!);
        const [byIds, byLons, byLats] = [new Float64Array(count), new Int32Array(count), new Int32Array(count)];
        order.forEach((from, to) => {
          byIds[to] = ids[from]!;
          byLons[to] = lons[from]!;
          byLats[to] = lats[from]!;
        });
        [ids, lons, lats] = [byIds, byLons, byLats];
      }
      return {
        count,
        lonE7: (index) => lons[index]!,
        latE7: (index) => lats[index]!,
        indexOf(id) {
          let low = 0;
          let high = count - 1;
          while (low <= high) {
            const middle = (low + high) >>> 1;
            const found = ids[middle]!;
            if (found === id) return middle;
            if (found < id) low = middle + 1;
            else high = middle - 1;
          }
          return -1;
        },
      };
    },
  };
}
