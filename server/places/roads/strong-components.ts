/** Arcs of a network by the node they leave: `arc[start[n]..start[n + 1]]`, each leading to `head(arc)`; null: may not be taken. */
export type Successors = {
  readonly nodes: number;
  readonly start: Uint32Array;
  readonly arc: Uint32Array;
  readonly head: (arc: number) => number | null;
};

/** Number of its strongly connected component for each node (Tarjan, without recursion: a city is deeper than the stack). */
export function strongComponents({ nodes, start, arc, head }: Successors): Int32Array {
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const next = new Uint32Array(nodes);
  const open: number[] = [];
  const path: number[] = [];
  let [count, found] = [0, 0];
  for (let root = 0; root < nodes; root += 1) {
    if (order[root]! >= 0) continue;
    path.push(root);
    while (path.length) {
      const node = path.at(-1)!;
      if (order[node]! < 0) {
        order[node] = low[node] = count++;
        next[node] = start[node]!;
        open.push(node);
      }
      let deeper = false;
      while (next[node]! < start[node + 1]!) {
        const to = head(arc[next[node]!]!);
        next[node]! += 1;
        if (to === null) continue;
        if (order[to]! < 0) {
          path.push(to);
          deeper = true;
          break;
        }
        if (component[to]! < 0) low[node] = Math.min(low[node]!, order[to]!);
      }
      if (deeper) continue;
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== order[node]) continue;
      for (let member = -1; member !== node; ) {
        member = open.pop()!;
        component[member] = found;
      }
      found += 1;
    }
  }
  return component;
}

/** The component with most nodes. */
export function largestOf(component: Int32Array): number {
  const sizes = new Map<number, number>();
  for (const of of component) sizes.set(of, (sizes.get(of) ?? 0) + 1);
  let [largest, most] = [-1, 0];
  for (const [of, size] of sizes) if (size > most) [largest, most] = [of, size];
  return largest;
}
