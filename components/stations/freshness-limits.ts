/** When an age is late and stale: as the live picture judges it. */
export const freshnessLimits = (expectedIntervalS: number | null): { lateMs?: number; staleMs?: number } =>
  expectedIntervalS === null ? {} : { lateMs: expectedIntervalS * 1_500, staleMs: expectedIntervalS * 2_000 };
