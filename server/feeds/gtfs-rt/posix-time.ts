/** Seconds that are a time of ours: 2000 to 2100. Milliseconds, and clocks that were never set, are not (rule E001). */
export const isPosix = (seconds: number): boolean => seconds >= 946_684_800 && seconds < 4_102_444_800;

/** Epoch ms; 0 is what an unset field becomes in many encoders, and means none. */
export const posixMs = (seconds: number | undefined): number | null =>
  seconds !== undefined && isPosix(seconds) ? seconds * 1000 : null;
