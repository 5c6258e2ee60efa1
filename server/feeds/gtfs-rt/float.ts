/**
 * Latitudes come in single precision: 118.779 arrives as 118.77899932861328. The shortest number that is the same in single precision is what
 * was meant; the rest is noise (about a metre at these longitudes, which no digit can bring back). Decimals that were written out stay.
 */
export function plainFloat(value: number): number {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return value;
  for (let digits = 6; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
