import { beijingMs, beijingText } from '../source-clock.ts';

/** `YYMMDDhhmm` or `YYMMDDhhmmss`, Beijing time → epoch ms. Whether such a year can be is judged when a record is made. */
export function stationMs(digits: string): number | null {
  if (!/^\d{10}(\d\d)?$/.test(digits)) return null;
  return beijingMs(`20${digits.padEnd(12, '0')}`);
}

/** As text for people; null where the digits are no time. */
export function stationText(digits: string): string | null {
  const at = stationMs(digits);
  return at === null ? null : beijingText(at);
}
