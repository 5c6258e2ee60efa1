import type { CapacityRecord, FeedRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { type IsoTime, judgeTime, readIsoTime } from '../iso-time.ts';
import { readGeometry } from '../read-geometry.ts';
import { cut } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { CountReport, FhirDocument, Place } from './message.ts';
import type { FhirOptions } from './options.ts';
import type { Position } from './references.ts';
import { type ResourceCodes, resources } from './resources.ts';

type Context = MapContext<FhirOptions>;
const dayMs = 86_400_000;

export function map(document: FhirDocument, context: Context): readonly (FeedRecord | Refusal)[] {
  if (document.form === 'csv')
    return [...document.reports.flatMap((report) => capacitiesOf(report, null, context)), ...document.unreadable];
  const placeOf = (report: CountReport) =>
    document.places.find(({ key }) => key === report.facilityKey) ??
    document.places.find(({ organization }) => organization !== null && organization === report.facilityKey) ??
    null;
  return [
    ...document.reports.flatMap((report) => capacitiesOf(report, placeOf(report), context)),
    ...document.places.flatMap((place) => placeCapacity(place, context) ?? []),
    ...document.unreadable,
  ];
}

/** `5/29/2020` under the order that the source was said to use; a date in ISO 8601 is always one. */
function tableDate(text: string, { csvDates = 'ymd', zone }: FhirOptions): IsoTime | null | Refusal {
  const iso = readIsoTime(text, zone);
  if (iso) return iso;
  const match = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})$/.exec(text.trim());
  if (!match) return null;
  const [, first, second, third] = match as unknown as [string, string, string, string];
  if (csvDates === 'ymd' && first.length !== 4)
    return refuse('value', `the date ${text.slice(0, 40)} needs the option csvDates: mdy or dmy`);
  const [year, month, day] =
    csvDates === 'ymd' ? [first, second, third] : csvDates === 'mdy' ? [third, first, second] : [third, second, first];
  return readIsoTime(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, zone);
}

/** A month or a year by itself is all of it: FHIR writes dates as exactly as they are known. */
function endOfPart(text: string, zone: string | undefined): IsoTime | null {
  const parts = /^(\d{4})(?:-(\d{2}))?$/.exec(text);
  if (!parts) return null;
  const [year, month] = [Number(parts[1]), Number(parts[2] ?? 12)];
  if (month < 1 || month > 12) return null;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return readIsoTime(`${parts[1]}-${String(month).padStart(2, '0')}-${lastDay}`, zone);
}

type When = { readonly at: number | null; readonly reportedAt: number | null; readonly flags: readonly QualityFlag[] };

/** Of what time the counts are, and when they were reported. A day as the end of a period is all of that day, up to the report. */
function whenOf(report: CountReport, context: Context): When | Refusal {
  const { options, receivedAt } = context;
  const end =
    report.periodEnd === null
      ? null
      : (endOfPart(report.periodEnd, options.zone) ?? tableDate(report.periodEnd, options));
  if (end && 'refused' in end) return end;
  const made = report.date === null ? null : readIsoTime(report.date, options.zone);
  const stated = report.periodEnd === null ? made : end;
  const latest = Math.min(
    made && !made.dateOnly ? made.at : Number.POSITIVE_INFINITY,
    receivedAt ?? Number.POSITIVE_INFINITY,
  );
  const wholeDay = stated?.dateOnly
    ? { ...stated, at: Math.max(stated.at, Math.min(stated.at + dayMs - 1000, latest)) }
    : stated;
  const clock = judgeTime(wholeDay, receivedAt);
  return { at: clock.at, reportedAt: made ? judgeTime(made, receivedAt).at : null, flags: clock.flags };
}

function capacitiesOf(report: CountReport, place: Place | null, context: Context): (CapacityRecord | Refusal)[] {
  if (report.status === 'error') return [refuse('value', `${report.facilityKey}: a report in error`)];
  const counts = new Map(report.counts.map((count) => [count.code.toLowerCase(), count]));
  const held = resources.filter(({ total, used, free }) =>
    [total, used, free].some((code) => code && counts.has(code.toLowerCase())),
  );
  if (held.length === 0) return [];
  const when = whenOf(report, context);
  if (isRefusal(when)) return [when];
  const pending: QualityFlag[] = report.status === 'complete' ? [] : ['partial'];
  return held.map((codes) =>
    capacity(report, { codes, counts, when, place, context, flags: [...when.flags, ...pending] }),
  );
}

type Making = {
  readonly codes: ResourceCodes;
  readonly counts: ReadonlyMap<string, { readonly count: number | null }>;
  readonly when: When;
  readonly place: Place | null;
  readonly context: Context;
  readonly flags: readonly QualityFlag[];
};

function capacity(report: CountReport, { codes, counts, when, place, context, flags: given }: Making): CapacityRecord {
  const count = (code: string | undefined) => (code ? (counts.get(code.toLowerCase())?.count ?? null) : null);
  const [total, used, free] = [count(codes.total), count(codes.used), count(codes.free)];
  const flags = new Set<QualityFlag>(given);
  const crowded = total !== null && ((used ?? 0) > total || (free ?? 0) > total);
  if (crowded) flags.add('over_range');
  // Free places only from what was counted: an absent count is not zero.
  const available = free ?? (total !== null && used !== null ? Math.max(0, total - used) : null);
  if (report.test || place?.test) flags.add('test');
  const located = geometryOf(place?.position ?? report.position, context);
  for (const flag of located.flags) flags.add(flag);
  const stamp = when.at === null ? `report ${report.id ?? 'unknown'}` : new Date(when.at).toISOString();
  return {
    ...envelope(report.facilityKey, located.geometry, context),
    observedAt: when.at,
    sourceAt: when.reportedAt,
    quality: {
      state: available === null ? 'missing' : [...flags].some((flag) => flag !== 'test') ? 'suspect' : 'good',
      flags: [...flags],
    },
    dedupeKey: ['fhir', report.facilityKey, codes.resource, stamp].join('|'),
    revision: Math.min(2_147_483_647, Math.max(0, Math.floor(((when.reportedAt ?? 0) - (when.at ?? 0)) / 1000))),
    facility: cut(place?.name ?? report.facility ?? report.facilityKey, 512),
    resource: codes.resource,
    available,
    baseline: null,
    maximum: total,
    state: available === null ? 'unknown' : available === 0 ? 'full' : 'open',
    asOf: when.at,
  };
}

const geometryOf = (position: Position | null, context: Context) =>
  readGeometry(
    position ? { type: 'Point', coordinates: [position.longitude, position.latitude] } : undefined,
    context.crs,
  );

const envelope = (key: string, geometry: CapacityRecord['geometry'], context: Context) => ({
  kind: 'capacity' as const,
  subject: { scheme: 'fhir', key },
  relayedAt: null,
  receivedAt: context.receivedAt,
  geometry,
  crsReceived: context.crs,
  geometrySource: geometry ? ('message' as const) : ('none' as const),
  privacy: 'restricted' as const,
});

const siteStates: Readonly<Record<string, CapacityRecord['state']>> = {
  ...{ active: 'open', suspended: 'closed', inactive: 'closed' },
};
/** HL7 v2 table 0116: only an unoccupied bed is free; a contaminated or isolated one is out of use. */
const bedStates: Readonly<Record<string, { state: CapacityRecord['state']; available: number }>> = {
  U: { state: 'open', available: 1 },
  O: { state: 'full', available: 0 },
  ...Object.fromEntries(['C', 'H', 'I', 'K'].map((code) => [code, { state: 'closed' as const, available: 0 }])),
};

/** A bed is one place; a site says only whether it works, and where it is. */
function placeCapacity(place: Place, context: Context): CapacityRecord | null {
  const bed = place.physicalType === 'bd';
  const known = place.operationalStatus !== null && Object.hasOwn(bedStates, place.operationalStatus);
  const status = bed && known ? bedStates[place.operationalStatus as string] : undefined;
  const site = place.status !== null && Object.hasOwn(siteStates, place.status) ? siteStates[place.status] : undefined;
  const flags = new Set<QualityFlag>();
  const located = geometryOf(place.position, context);
  for (const flag of located.flags) flags.add(flag);
  const updated =
    place.updatedAt === null ? null : judgeTime(readIsoTime(place.updatedAt, context.options.zone), context.receivedAt);
  for (const flag of updated?.flags ?? []) flags.add(flag);
  if (!updated || (!status && !site)) flags.add('partial');
  if (place.test) flags.add('test');
  const available = site === 'closed' ? 0 : (status?.available ?? null);
  const at = updated?.at ?? null;
  const state = site === 'closed' ? 'closed' : bed ? (status?.state ?? 'unknown') : (site ?? 'unknown');
  const stamp = at === null ? `state ${state}` : new Date(at).toISOString();
  return {
    ...envelope(place.key, located.geometry, context),
    observedAt: at,
    sourceAt: at,
    quality: {
      state:
        bed && available === null ? 'missing' : flags.has('partial') || located.flags.length > 0 ? 'suspect' : 'good',
      flags: [...flags],
    },
    dedupeKey: ['fhir', place.key, bed ? 'bed' : 'site', stamp].join('|'),
    revision: 0,
    facility: cut(place.name ?? place.key, 512),
    resource: bed ? 'bed' : 'site',
    available,
    baseline: null,
    maximum: bed ? 1 : null,
    state,
    asOf: at,
  };
}
