/** Numbers below `below`, the same for the same seed. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const pieces = [
  ...['{', '}', '[', ']', '"', ',', ':', '\\', '\\ud800', '\\u0000', '1e999', '-1', 'null', 'true', '0', '{}', '[]'],
  ...[
    '"__proto__":',
    '"value":',
    '"type":',
    '[[[[[[[[',
    '<',
    '>',
    '</',
    '<!DOCTYPE x>',
    '&x;',
    '\n',
    ';',
    '9999-99-99',
  ],
  ...['999999999999', '雨', '🌧', '/', '2020-01-01T00:00:00Z', '"@value":', '""', '-0.0', '1.5', ' '],
].map((text) => Buffer.from(text));

/** One to four small wounds: a byte, a cut, a foreign piece, a piece lost, a piece twice. */
export function mutateText(seed: Uint8Array, below: (n: number) => number): Buffer {
  let out = Buffer.from(seed);
  for (let step = below(4); step >= 0; step--) {
    const [from, to] = [below(out.length + 1), below(out.length + 1)].sort((a, b) => a - b) as [number, number];
    const kind = below(8);
    if (kind === 0 && out.length > 0) out[below(out.length)] = below(256);
    else if (kind === 1 && below(6) === 0) out = out.subarray(0, to);
    else if (kind <= 4)
      out = Buffer.concat([
        out.subarray(0, from),
        pieces[below(pieces.length)] as Buffer,
        out.subarray(from + below(6)),
      ]);
    else if (kind <= 6) out = Buffer.concat([out.subarray(0, from), out.subarray(from + 1 + below(12))]);
    else out = Buffer.concat([out.subarray(0, from), out.subarray(from, from + 30), out.subarray(from)]);
  }
  return out;
}
