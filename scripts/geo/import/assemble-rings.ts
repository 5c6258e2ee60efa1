/** Member ways as lists of node numbers → closed rings. Ways that lead nowhere are left out. */
export function assembleRings(ways: readonly (readonly number[])[]): number[][] {
  const rings: number[][] = [];
  const open = new Set<readonly number[]>();
  const ends = new Map<number, Set<readonly number[]>>();
  const put = (way: readonly number[], into: boolean) => {
    for (const end of [way[0]!, way.at(-1)!]) {
      const at = ends.get(end) ?? new Set();
      ends.set(end, at);
      if (into) at.add(way);
      else at.delete(way);
    }
    if (into) open.add(way);
    else open.delete(way);
  };
  for (const way of ways) {
    if (way.length < 2) continue;
    if (way[0] === way.at(-1)) {
      if (way.length >= 4) rings.push([...way]);
    } else put(way, true);
  }
  for (const first of open) {
    put(first, false);
    const ring = [...first];
    while (ring[0] !== ring.at(-1)) {
      const next = ends.get(ring.at(-1)!)?.values().next().value;
      if (!next) break;
      put(next, false);
      ring.push(...(next[0] === ring.at(-1) ? next : [...next].reverse()).slice(1));
    }
    if (ring[0] === ring.at(-1) && ring.length >= 4) rings.push(ring);
  }
  return rings;
}
