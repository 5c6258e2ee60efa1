const formats = ['standard', 'yearFirst', 'bcd', 'bcdYearFirst'] as const;
export type TimeFormat = (typeof formats)[number];

export type DeviceTime = {
  /** ISO 8601 with +08:00; null where the bytes are no time. */
  readonly time: string | null;
  /** How the sender wrote it; null where it never set its clock. */
  readonly format: TimeFormat | null;
};

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 ? 29 : (monthDays[month - 1] ?? 0);
const two = (value: number): string => String(value).padStart(2, '0');
const fromBcd = (byte: number): number => (byte >> 4 > 9 || (byte & 15) > 9 ? 255 : (byte >> 4) * 10 + (byte & 15));

/** Second, minute, hour, day, month, year of 2000, in the order of the standard. */
function read(parts: readonly number[]): string | null {
  const [second, minute, hour, day, month, year] = parts as [number, number, number, number, number, number];
  if (second > 59 || minute > 59 || hour > 23 || year > 99) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `20${two(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}+08:00`;
}

/**
 * GB/T 26875.3 §7.2.3: six binary bytes, second first, Beijing time. Some vendors send BCD, or the year first; that is tried only where
 * the standard's reading is no time at all.
 */
export function readDeviceTime(bytes: Uint8Array): DeviceTime {
  const binary = [...bytes];
  if (binary.every((byte) => byte === 0) || binary.every((byte) => byte === 0xff)) return { time: null, format: null };
  const bcd = binary.map(fromBcd);
  const readings = [binary, [...binary].reverse(), bcd, [...bcd].reverse()].map(read);
  const found = readings.findIndex((reading) => reading !== null);
  return found === -1 ? { time: null, format: null } : { time: readings[found]!, format: formats[found]! };
}

export function writeDeviceTime(now: number): Uint8Array {
  const beijing = new Date(now + 8 * 3_600_000);
  return Uint8Array.of(
    beijing.getUTCSeconds(),
    beijing.getUTCMinutes(),
    beijing.getUTCHours(),
    beijing.getUTCDate(),
    beijing.getUTCMonth() + 1,
    beijing.getUTCFullYear() % 100,
  );
}
