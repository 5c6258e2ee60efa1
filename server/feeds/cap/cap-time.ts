/** A CAP dateTime read: `strict` tells whether it keeps to the standard's own pattern (CAP 1.2 §3.3.2). */
export type CapTime = { readonly at: number; readonly strict: boolean; readonly zoneAssumed: boolean };

const pattern = /^(\d{4})-(\d{2})-(\d{2})([T ])(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const strictZone = /^[+-]\d{2}:\d{2}$/;
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const minutes = (zone: string) => {
  const sign = zone[0] === '-' ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
};

/**
 * The zone is mandatory in CAP; `-00:00` means UTC at an unknown local offset and is UTC. "Z", fractions, a zone without its colon, no
 * seconds (what PHP and Java print) and 24:00:00 leave the standard but leave no doubt. `assumedZone` is for the Chinese profile, where a missing zone is Beijing time.
 */
export function readCapTime(text: string, assumedZone: string | null = null): CapTime | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 5, 6, 7].map((group) => Number(match[group] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[9] ?? assumedZone;
  if (zone === null || (match[4] === ' ' && assumedZone === null)) return null;
  const offset = zone === 'Z' ? 0 : minutes(zone);
  const sound =
    year >= 1900 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    (hour < 24 || (hour === 24 && minute === 0 && second === 0)) &&
    minute < 60 &&
    second < 60;
  if (!sound || Math.abs(offset) > 14 * 60 || (zone !== 'Z' && Number(zone.slice(-2)) > 59)) return null;
  const fraction = match[8] ? Math.round(Number(match[8]) * 1000) : 0;
  return {
    at: Date.UTC(year, month - 1, day, hour, minute, second) + fraction - offset * 60_000,
    strict: strictZone.test(match[9] ?? '') && match[7] !== undefined && match[8] === undefined && hour < 24,
    zoneAssumed: match[9] === undefined,
  };
}
