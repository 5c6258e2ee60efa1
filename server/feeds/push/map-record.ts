import type { MapContext } from '@/server/feeds/contract.ts';
import { toWgs84 } from '@/server/feeds/datum.ts';
import type { CrsName, FeedRecord, Geometry, QualityFlag } from '@/server/wire/record.ts';
import type { PushRecord } from './profile.ts';

const aheadMs = 5 * 60_000;
const firstYear = Date.UTC(2010, 0, 1);
const yearMs = 366 * 86_400_000;

const ms = (text: string | null | undefined) => (text == null ? null : Date.parse(text));

/** A record as the platform knows it, from what a sender stated and the defaults for what it did not. */
export function mapRecord(input: PushRecord, context: MapContext): FeedRecord {
  const crs = input.crs ?? input.crsReceived ?? context.crs;
  const observedAt = Date.parse(input.observedAt);
  const sourceAt = ms(input.sourceAt);
  const geometry = input.geometry ? convert(input.geometry, crs) : null;
  const flags = new Set<QualityFlag>(input.quality?.flags ?? []);
  if (geometry && crs === 'unknown') flags.add('crs_assumed');
  for (const flag of clockFlags(sourceAt ?? (input.kind === 'alert' ? null : observedAt), context.receivedAt))
    flags.add(flag);
  const added = flags.size > (input.quality?.flags.length ?? 0);
  const state = input.quality?.state ?? 'good';

  const envelope = {
    subject: input.subject,
    observedAt,
    sourceAt,
    relayedAt: ms(input.relayedAt),
    receivedAt: context.receivedAt,
    geometry,
    crsReceived: crs,
    geometrySource: input.geometrySource ?? (geometry ? ('message' as const) : ('none' as const)),
    quality: { state: state === 'good' && added ? ('suspect' as const) : state, flags: [...flags] },
    dedupeKey: input.dedupeKey ?? defaultKey(input),
    revision: input.revision ?? defaultRevision(input, sourceAt ?? observedAt),
    privacy: input.privacy ?? (input.kind === 'call' ? ('personal' as const) : ('none' as const)),
  };

  switch (input.kind) {
    case 'position':
      return {
        kind: 'position',
        ...envelope,
        altitudeM: input.altitudeM ?? null,
        speedMps: input.speedMps ?? null,
        headingDeg: input.headingDeg ?? null,
        accuracyM: input.accuracyM ?? null,
        fixed: input.fixed ?? null,
        extras: input.extras ?? {},
      };
    case 'reading':
      return {
        kind: 'reading',
        ...envelope,
        property: input.property,
        statistic: input.statistic ?? 'instant',
        intervalS: input.intervalS ?? null,
        value: input.value,
        unit: input.unit,
        rawValue: input.rawValue === undefined ? input.value : input.rawValue,
        rawUnit: input.rawUnit === undefined ? input.unit : input.rawUnit,
        limit: input.limit ?? null,
      };
    case 'alert':
      return {
        kind: 'alert',
        ...envelope,
        event: input.event,
        headline: input.headline ?? null,
        text: input.text ?? null,
        language: input.language ?? null,
        severity: input.severity ?? 'Unknown',
        colour: input.colour ?? null,
        urgency: input.urgency ?? 'Unknown',
        certainty: input.certainty ?? 'Unknown',
        effectiveAt: ms(input.effectiveAt),
        onsetAt: ms(input.onsetAt),
        expiresAt: ms(input.expiresAt),
        areas: (input.areas ?? []).map((area) => ({
          ...area,
          circles: area.circles.map((circle) => ({ ...circle, center: toWgs84(circle.center, crs) })),
        })),
        references: input.references ?? [],
        msgType: input.msgType ?? 'Alert',
        status: input.status ?? 'Actual',
      };
    case 'case':
      return {
        kind: 'case',
        ...envelope,
        number: input.number,
        class: input.class ?? null,
        title: input.title,
        text: input.text ?? null,
        place: input.place ?? null,
        stages: (input.stages ?? []).map((stage) => ({
          stage: stage.stage,
          at: ms(stage.at),
          by: stage.by ?? null,
          due: ms(stage.due),
        })),
        state: input.state ?? 'new',
        priority: input.priority ?? null,
      };
    case 'call':
      return {
        kind: 'call',
        ...envelope,
        number: input.number,
        type: input.type ?? null,
        priority: input.priority ?? null,
        place: input.place ?? null,
        text: input.text ?? null,
        calls: (input.calls ?? []).map((line) => ({
          at: ms(line.at),
          from: line.from ?? null,
          text: line.text ?? null,
        })),
        units: input.units ?? [],
        state: input.state ?? 'reported',
        casualties: {
          dead: input.casualties?.dead ?? null,
          injured: input.casualties?.injured ?? null,
          trapped: input.casualties?.trapped ?? null,
          missing: input.casualties?.missing ?? null,
        },
      };
    case 'capacity':
      return {
        kind: 'capacity',
        ...envelope,
        facility: input.facility,
        resource: input.resource,
        available: input.available,
        baseline: input.baseline ?? null,
        maximum: input.maximum ?? null,
        state: input.state ?? 'unknown',
        asOf: ms(input.asOf) ?? observedAt,
      };
  }
}

function convert(from: Geometry, crs: CrsName): Geometry {
  switch (from.type) {
    case 'Point':
      return { type: 'Point', coordinates: toWgs84(from.coordinates, crs) };
    case 'LineString':
      return { type: 'LineString', coordinates: from.coordinates.map((at) => toWgs84(at, crs)) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: from.coordinates.map((ring) => ring.map((at) => toWgs84(at, crs))) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: from.coordinates.map((polygon) => polygon.map((ring) => ring.map((at) => toWgs84(at, crs)))),
      };
  }
}

function clockFlags(at: number | null, receivedAt: number | null): QualityFlag[] {
  if (at === null || receivedAt === null) return [];
  if (at < firstYear || at > receivedAt + yearMs) return ['clock_invalid'];
  return at > receivedAt + aheadMs ? ['clock_ahead'] : [];
}

/** What makes two sendings the same fact, per kind; scheme keeps one system's numbers apart from another's. */
function defaultKey(input: PushRecord): string {
  const { scheme, key } = input.subject;
  const at = new Date(Date.parse(input.observedAt)).toISOString();
  switch (input.kind) {
    case 'position': {
      const [lon, lat] = input.geometry.coordinates;
      return [scheme, key, at, lon.toFixed(5), lat.toFixed(5)].join(',');
    }
    case 'reading':
      return [scheme, key, input.property, input.statistic ?? 'instant', at].join(',');
    case 'alert':
      return [scheme, key, input.event, at].join(',');
    case 'case':
    case 'call':
      return [scheme, input.kind, input.number].join(',');
    case 'capacity':
      return [scheme, input.facility, input.resource, new Date(ms(input.asOf) ?? Date.parse(at)).toISOString()].join(
        ',',
      );
  }
}

/** A case or call lives on under one key, so a later state is a higher revision: the second in which the source says it changed. */
const defaultRevision = (input: PushRecord, changedAt: number) =>
  input.kind === 'case' || input.kind === 'call'
    ? Math.max(0, Math.min(2_147_483_647, Math.floor(changedAt / 1000)))
    : 0;
