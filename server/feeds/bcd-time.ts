/** BCD YYMMDDhhmmss in Beijing time, all year: `2024-10-01T23:59:59+08:00`, or null where the digits are no time. */
export function readBeijingTime(digits: string): string | null {
  if (!/^\d{12}$/.test(digits)) return null;
  const [year, month, day, hour, minute, second] = (digits.match(/../g) ?? []).map(Number) as number[];
  if (hour! > 23 || minute! > 59 || second! > 59) return null;
  if (month! < 1 || month! > 12 || day! < 1 || day! > daysIn(2000 + year!, month!)) return null;
  const part = (at: number) => digits.slice(at, at + 2);
  return `20${part(0)}-${part(2)}-${part(4)}T${part(6)}:${part(8)}:${part(10)}+08:00`;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysIn = (year: number, month: number): number =>
  month === 2 && year % 4 === 0 ? 29 : (monthDays[month - 1] ?? 0);

/** 0x8004 is the one message that carries UTC. */
export const readUtcTime = (digits: string): string | null => readBeijingTime(digits)?.replace('+08:00', 'Z') ?? null;

/** BCD YYYYMMDD as a date. */
export function readDate(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null;
  const [month, day] = [Number(digits.slice(4, 6)), Number(digits.slice(6))];
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(digits.slice(0, 4)), month);
  return valid ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : null;
}
