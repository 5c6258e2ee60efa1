import type { CrsName, PositionRecord, Quality, QualityFlag, Scalar } from '@/server/wire/record.ts';
import { type LonLat, toWgs84 } from './datum.ts';
import type { Location } from './vehicle-location.ts';

/** No road is higher, and the field has no sign: more is a depth below sea level or nonsense. */
const highestM = 9_000;
const aheadMs = 5 * 60_000;
const firstYear = 2010;
const tooFastKmh = 6553.5;

export type VehicleReport = {
  readonly subject: PositionRecord['subject'];
  readonly receivedAt: number | null;
  /** Where the message does not say. */
  readonly crs: CrsName;
  /** What the message said of itself (`backfill` …). */
  readonly flags: readonly QualityFlag[];
  /** Tells two reports apart whose clock shows no time. */
  readonly serial: number;
  readonly extras: Readonly<Record<string, Scalar>>;
};

/** The location of JT/T 808 → a position record. Alarms and inputs travel in `extras`; a flag that is absent is not raised. */
export function vehiclePosition(location: Location, report: VehicleReport): PositionRecord {
  const { subject, receivedAt } = report;
  const clock = readClock(location, receivedAt);
  const place = readPlace(location, report.crs);
  const altitudeM = location.altitudeM <= highestM ? location.altitudeM : null;
  const speedMps = location.speedKmh < tooFastKmh ? location.speedKmh / 3.6 : null;
  const headingDeg = location.directionDeg <= 360 ? location.directionDeg % 360 : null;
  const flags = new Set<QualityFlag>([...report.flags, ...clock.flags, ...place.flags]);
  if (location.additional.torn !== null) flags.add('partial');
  if (altitudeM === null || headingDeg === null) flags.add('over_range');
  if (speedMps === null) flags.add('sentinel_value');

  return {
    kind: 'position',
    subject,
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: null,
    receivedAt,
    geometry: place.lonLat && { type: 'Point', coordinates: place.lonLat },
    crsReceived: place.crs,
    geometrySource: place.lonLat ? 'message' : 'none',
    quality: judge(flags, place.outside),
    dedupeKey: [
      `${subject.scheme}:${subject.key}`,
      location.time ?? `${location.timeBcd}#${report.serial}`,
      place.lonLat ? place.lonLat.map((degrees) => degrees.toFixed(5)).join(',') : 'nowhere',
      /** An SOS pressed in the second of the last report is another fact. */
      location.alarmFlag.toString(16).padStart(8, '0'),
    ].join('|'),
    revision: 0,
    privacy: 'none',
    altitudeM,
    speedMps: speedMps === null ? null : Math.round(speedMps * 1000) / 1000,
    headingDeg,
    accuracyM: null,
    fixed: location.status.fixed,
    extras: extrasOf(location, report.extras),
  };
}

const harmless: readonly QualityFlag[] = ['backfill', 'checksum_variant', 'crs_assumed', 'version_old'];

function judge(flags: ReadonlySet<QualityFlag>, outside: boolean): Quality {
  const suspect = [...flags].some((flag) => !harmless.includes(flag));
  const state = outside ? 'bad' : flags.has('zero_position') ? 'missing' : suspect ? 'suspect' : 'good';
  return { state, flags: [...flags] };
}

function readClock({ time }: Location, receivedAt: number | null) {
  if (time === null) return { observedAt: null, sourceAt: null, flags: ['clock_invalid'] as const };
  const sourceAt = Date.parse(time);
  const year = Number(time.slice(0, 4));
  const lastYear = receivedAt === null ? null : new Date(receivedAt).getUTCFullYear() + 1;
  if (year < firstYear || (lastYear !== null && year > lastYear))
    return { observedAt: null, sourceAt, flags: ['clock_invalid'] as const };
  const ahead = receivedAt !== null && sourceAt > receivedAt + aheadMs;
  return { observedAt: sourceAt, sourceAt, flags: ahead ? (['clock_ahead'] as const) : [] };
}

/** The bit of the message overrules what the source declares. A place outside the globe is not shown, its alarms are. */
function readPlace({ lat, lon, status }: Location, declared: CrsName) {
  const crs = status.shifted ? 'gcj02' : declared;
  const flags: QualityFlag[] = status.fixed ? [] : ['no_fix'];
  const nowhere = (flag: QualityFlag, outside: boolean) => ({ crs, lonLat: null, outside, flags: [...flags, flag] });
  if (lat === 0 && lon === 0) return nowhere('zero_position', false);
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return nowhere('over_range', true);
  if (crs === 'unknown') flags.push('crs_assumed');
  const lonLat: LonLat = toWgs84([lon, lat], crs);
  return { crs, lonLat, outside: false, flags };
}

function extrasOf({ alarms, status, additional }: Location, own: VehicleReport['extras']): Record<string, Scalar> {
  const extras: Record<string, Scalar> = { ...own };
  for (const alarm of alarms) extras[`alarm.${alarm}`] = true;
  extras['status.acc'] = status.acc;
  extras['status.inService'] = !status.outOfService;
  extras['status.load'] = status.load;
  for (const name of status.set) extras[`status.${name}`] = true;
  for (const item of additional.items) {
    if (!item.values) extras[`io.${item.id}`] = item.raw;
    else
      for (const [name, value] of Object.entries(item.values))
        extras[item.prefix ? `io.${item.prefix}.${name}` : `io.${name}`] =
          typeof value === 'object' && value !== null ? value.join(' ') : (value as Scalar);
  }
  return extras;
}
