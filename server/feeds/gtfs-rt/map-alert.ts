import type { AlertRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { cut } from '../read-json-document.ts';
import { bounded, digest, tripKey } from './keys.ts';
import type { Alert, EndedAlert, Issue, RtEntity, RtFeed } from './message.ts';
import { posixMs } from './posix-time.ts';
import { flagsOf, stateOf } from './quality.ts';
import type { MessageOf } from './schema.ts';

const longestText = 20_000;
const longestShort = 512;
const mostLanguages = 20;
const mostSelectors = 500;

type Translated = MessageOf<'TranslatedString'> | undefined;

/** What an alert says, apart from the entity that carries it: the same words again are the same telling. */
export const alertReference = (id: string, alert: Alert): string => `gtfs-rt,${id},${digest(alert)}`;

const severities = { UNKNOWN_SEVERITY: 'Unknown', INFO: 'Minor', WARNING: 'Moderate', SEVERE: 'Severe' } as const;

const said = (of: Translated, language: string | null): string | null => {
  const translations = of?.translation ?? [];
  const same = translations.find((one) => (one.language || null) === language);
  // The resolution of the standard: the language, else the one without a language, else whatever there is.
  return (same ?? translations.find((one) => !one.language) ?? translations[0])?.text?.trim() || null;
};

/** The languages in which it is told, in their order; a single null where none is named. */
function languagesOf({ headerText, descriptionText }: Alert): (string | null)[] {
  const named = [headerText, descriptionText].flatMap((of) => of?.translation ?? []).map((one) => one.language || null);
  const all = [...new Set(named)];
  return all.length === 0 ? [null] : all.slice(0, mostLanguages);
}

export type Span = { readonly startAt: number | null; readonly endAt: number | null };

/** When service suffers; else when people are told; else the older field that left open which of the two it meant. */
export const periodsOf = ({ activePeriod = [], communicationPeriod = [], impactPeriod = [] }: Alert) =>
  [impactPeriod, communicationPeriod, activePeriod].find((periods) => periods.length > 0) ?? [];

/** From the first beginning to the last end; null where one of the periods is open there. */
export function spanOf(alert: Alert): Span {
  const periods = periodsOf(alert);
  const starts = periods.map(({ start }) => posixMs(start));
  const ends = periods.map(({ end }) => posixMs(end));
  const known = (times: (number | null)[]) => (times.includes(null) ? [] : (times as number[]));
  const [from, to] = [known(starts), known(ends)];
  return {
    startAt: from.length > 0 ? Math.min(...from) : null,
    endAt: to.length > 0 ? Math.max(...to) : null,
  };
}

function geocodesOf({ informedEntity = [] }: Alert) {
  const codes = informedEntity.slice(0, mostSelectors).flatMap(({ agencyId, routeId, routeType, trip, stopId }) => [
    { name: 'agency_id', value: agencyId },
    { name: 'route_id', value: routeId || trip?.routeId },
    { name: 'route_type', value: routeType === undefined ? undefined : String(routeType) },
    { name: 'trip', value: trip?.tripId ? tripKey(trip)?.slice('trip/'.length) : undefined },
    { name: 'stop_id', value: stopId },
  ]);
  const stated = codes.flatMap(({ name, value }) => (value ? [{ name, value: cut(value, longestShort) }] : []));
  return [...new Map(stated.map((code) => [`${code.name} ${code.value}`, code])).values()];
}

const paragraphs = (...parts: (string | null)[]): string | null =>
  cut([...new Set(parts.filter((part) => part !== null))].join('\n\n'), longestText) || null;

/** One record a language, as one warning told several times; the suffix after `#` tells them apart. */
export function mapAlert(entity: RtEntity, feed: RtFeed, context: MapContext): AlertRecord[] {
  const { alert } = entity;
  const issue: Issue | null | undefined = feed.issues?.[entity.id];
  if (!alert || issue === null) return [];
  const flags = new Set<QualityFlag>(flagsOf(entity, feed));
  const reference = issue?.reference ?? alertReference(entity.id, alert);
  const { startAt, endAt } = spanOf(alert);
  const replaces = issue?.replaces ?? [];
  const geocodes = geocodesOf(alert);
  const level = alert.severityLevel ?? 'UNKNOWN_SEVERITY';
  const languages = languagesOf(alert);
  return languages.map((language, index) => {
    const effect = said(alert.effectDetail, language) ?? alert.effect ?? 'UNKNOWN_EFFECT';
    const cause = said(alert.causeDetail, language) ?? alert.cause ?? 'UNKNOWN_CAUSE';
    const headline = said(alert.headerText, language);
    const several = languages.length > 1 ? `#${index}${language ? `.${language.replace(/[^\w-]/g, '')}` : ''}` : '';
    return {
      kind: 'alert',
      ...envelopeOf(entity.id, context),
      observedAt: startAt,
      sourceAt: null,
      quality: { state: stateOf(flags), flags: [...flags] },
      dedupeKey: cut(`${reference}${several}`, 1_024),
      revision: replaces.length > 0 ? 1 : 0,
      event: cut(`${effect} (${cause})`, longestShort),
      headline: headline === null ? null : cut(headline, longestText),
      text: paragraphs(said(alert.descriptionText, language), said(alert.url, language)),
      language: language === null ? null : cut(language, 64),
      severity: typeof level === 'number' ? 'Unknown' : severities[level],
      colour: null,
      urgency: 'Unknown',
      certainty: 'Unknown',
      effectiveAt: issue?.renewedAt ?? null,
      onsetAt: startAt,
      expiresAt: endAt,
      areas:
        geocodes.length === 0 ? [] : [{ description: null, geocodes, circles: [], altitudeM: null, ceilingM: null }],
      references: [...replaces],
      msgType: replaces.length > 0 ? 'Update' : 'Alert',
      status: 'Actual',
    };
  });
}

const envelopeOf = (id: string, context: MapContext) =>
  ({
    subject: { scheme: 'gtfs-rt', key: bounded(`alert/${id}`) },
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: null,
    crsReceived: context.crs,
    geometrySource: 'none',
    privacy: 'none',
  }) as const;

/** An alert that the feed no longer holds is over: nobody sends an end. */
export const mapEnded = ({ id, reference, at }: EndedAlert, context: MapContext): AlertRecord => ({
  kind: 'alert',
  ...envelopeOf(id, context),
  observedAt: at,
  sourceAt: at,
  quality: { state: 'good', flags: [] },
  dedupeKey: `${reference}.ended.${at ?? 'undated'}`,
  revision: 0,
  event: '',
  headline: null,
  text: null,
  language: null,
  severity: 'Unknown',
  colour: null,
  urgency: 'Past',
  certainty: 'Unknown',
  effectiveAt: at,
  onsetAt: null,
  expiresAt: null,
  areas: [],
  references: [reference],
  msgType: 'Cancel',
  status: 'Actual',
});
