/** The share of sorted values at or below: p50 is `at(0.5)`. */
export function percentiles(values: readonly number[]): { p50: number; p99: number; worst: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: round(at(0.5)), p99: round(at(0.99)), worst: round(sorted.at(-1) ?? Number.NaN) };
}

export const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;

export type Emit = (line: Record<string, unknown>) => void;
