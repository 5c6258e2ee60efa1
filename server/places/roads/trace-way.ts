import type { Roads } from './roads.ts';
import type { Snap } from './snap-index.ts';

/** Marks of the two ends of the target's segment, in place of an arc: entered forward, entered backward. */
export const enteredAhead = -1;
export const enteredBack = -2;

/** Lengths and crossings of the ways found, walked only for those who ask, each node once a search. */
export function createTrace({ from, to, lengthM, nodes, inArc, crossings }: Roads, onward: Int32Array) {
  const metres = new Float32Array(nodes.length / 2);
  const crossed = new Uint16Array(nodes.length / 2);
  const known = new Uint32Array(nodes.length / 2);
  const crossingOf = new Uint16Array(lengthM.length);
  crossings.forEach(({ segments, major }, i) => {
    if (major) for (const segment of segments) crossingOf[segment] = i + 1;
  });
  const path: number[] = [];
  let turn = 0;
  let target: Snap | null = null;
  /** Somebody at a bridge's end does not cross it: it counts from half of it on. */
  const own = (segment: number, share: number): number | null =>
    share > 0.5 && crossingOf[segment] ? crossingOf[segment]! - 1 : null;

  return {
    own,
    begin(next: Snap): void {
      turn += 1;
      target = next;
    },
    from(start: number): { metres: number; crossing: number | null } {
      let node = start;
      while (known[node] !== turn && onward[node]! >= 0) {
        path.push(node);
        const arc = inArc[onward[node]!]!;
        node = arc & 1 ? from[arc >>> 1]! : to[arc >>> 1]!;
      }
      if (known[node] !== turn && target) {
        const { segment, fraction } = target;
        const share = onward[node] === enteredBack ? 1 - fraction : fraction;
        metres[node] = lengthM[segment]! * share;
        crossed[node] = share > 0.5 ? crossingOf[segment]! : 0;
        known[node] = turn;
      }
      for (let next = node, at = path.pop(); at !== undefined; next = at, at = path.pop()) {
        const segment = inArc[onward[at]!]! >>> 1;
        metres[at] = metres[next]! + lengthM[segment]!;
        crossed[at] = crossed[next] || crossingOf[segment]!;
        known[at] = turn;
      }
      return { metres: metres[start]!, crossing: crossed[start] ? crossed[start]! - 1 : null };
    },
  };
}
