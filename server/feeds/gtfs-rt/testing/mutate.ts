/** Numbers that look random and are the same every time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** A few bytes changed, removed, doubled or put in; sometimes two messages grown together. */
export function mutate(from: Uint8Array, below: (limit: number) => number, other: Uint8Array): Uint8Array {
  const bytes = [...from];
  for (let count = 1 + below(4); count > 0 && bytes.length > 0; count--) {
    const at = below(bytes.length);
    const kind = below(7);
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at] = (bytes[at] as number) ^ (1 << below(8));
    else if (kind === 2) bytes.splice(at, 1 + below(8));
    else if (kind === 3) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
    else if (kind === 4) bytes.splice(at, 0, ...bytes.slice(at, at + below(32)));
    else if (kind === 5) bytes.length = at;
    else bytes.splice(at, below(16), ...other.slice(below(other.length), below(other.length)));
  }
  return Uint8Array.from(bytes);
}
