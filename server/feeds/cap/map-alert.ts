import type { MapContext } from '@/server/feeds/contract.ts';
import { toWgs84 } from '@/server/feeds/datum.ts';
import type { AlertRecord, QualityFlag } from '@/server/wire/record.ts';
import { alertColour } from './alert-colour.ts';
import { alertGeometry } from './alert-geometry.ts';
import { readCapTime } from './cap-time.ts';
import { type CapAlert, type CapArea, type CapInfo, capCertainties, capSeverities, capUrgencies } from './message.ts';

const longestText = 20_000;
const longestShort = 512;
const feetToMetres = 0.3048;

/** Research on the Chinese profile: its severity is the colour; this is how the two scales lie side by side. */
const severityOfColour = { red: 'Extreme', orange: 'Severe', yellow: 'Moderate', blue: 'Minor' } as const;

/** `sender,identifier,sent`: what an Update or Cancel points at (CAP 1.2 §3.2.1). */
export const alertReference = (alert: CapAlert) => `${alert.sender},${alert.identifier},${alert.sent}`;

/** One record per info, because an info is a language or a phase of the alert; an alert without info is still one fact (a Cancel). */
export function mapAlert(alert: CapAlert, context: MapContext): AlertRecord[] {
  const infos: readonly (CapInfo | null)[] = alert.infos.length > 0 ? alert.infos : [null];
  return infos.map((info, index) => mapInfo(alert, info, { context, index, several: infos.length > 1 }));
}

type Place = { context: MapContext; index: number; several: boolean };

function mapInfo(alert: CapAlert, info: CapInfo | null, { context, index, several }: Place): AlertRecord {
  const flags = new Set<QualityFlag>();
  const chinese = alert.version === '12379';
  const zone = chinese ? '+08:00' : null;
  const time = (text: string | null) => {
    if (text === null) return null;
    const read = readCapTime(text, zone);
    if (!read) flags.add('partial');
    else if (read.zoneAssumed) flags.add('tz_assumed');
    return read?.at ?? null;
  };
  const known = <T extends string>(values: readonly T[], text: string | undefined): T => {
    const found = values.find((value) => value === text);
    // CAP 1.1 §3.2.2 on the old value: "Very Likely" is to be read as "Likely". The Chinese profile writes it in one word.
    const old =
      text === 'Very Likely' || text === 'VeryLikely' ? values.find((value) => value === 'Likely') : undefined;
    if (!found && !old && text !== undefined) flags.add('enum_unknown');
    return found ?? old ?? (values.at(-1) as T);
  };
  const bounded = (text: string | null, most: number) => {
    if (text === null || text.length <= most) return text;
    flags.add('truncated');
    // Never half of a surrogate pair at the cut.
    return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  };

  const colour = info ? alertColour(info, alert.version) : null;
  const profileColour = chinese ? colour : null;
  const geometry = info ? alertGeometry(info.areas, context.crs, chinese) : null;
  const coded = info?.areas.some((area) => area.geocodes.length > 0) ?? false;
  const text = [info?.description, info?.instruction].filter((part) => part != null).join('\n\n') || null;
  const sentAt = time(alert.sent);
  const effectiveAt = time(info?.effective ?? null);
  const language = info?.language ?? null;

  if (alert.version === '1.0' || alert.version === '1.1') flags.add('version_old');
  if (alert.status === 'Test' || alert.status === 'Exercise' || alert.status === 'Draft') flags.add('test');
  if (!info && alert.msgType !== 'Cancel' && alert.msgType !== 'Ack' && alert.msgType !== 'Error') flags.add('partial');
  if (geometry && context.crs === 'unknown') flags.add('crs_assumed');

  const content = {
    event: bounded(info?.event ?? '', longestShort) as string,
    // The record keeps the code that was sent; people read the headline.
    headline: bounded(info?.headline ?? info?.eventName ?? null, longestText),
    text: bounded(text, longestText),
    language: language === null ? null : bounded(language, 64),
    severity: profileColour ? severityOfColour[profileColour] : known(capSeverities, info?.severity),
    colour,
    urgency: known(capUrgencies, info?.urgency),
    certainty: known(capCertainties, info?.certainty),
    effectiveAt,
    onsetAt: time(info?.onset ?? null),
    expiresAt: time(info?.expires ?? null),
    areas: (info?.areas ?? []).map((area) => mapArea(area, context, bounded)),
    references: [...alert.references],
    msgType: alert.msgType,
    status: alert.status,
  };
  const doubtful = alert.deviations.length > 0 || [...flags].some((flag) => flag !== 'version_old' && flag !== 'test');

  return {
    kind: 'alert',
    subject: { scheme: 'cap', key: alert.sender },
    observedAt: effectiveAt ?? sentAt,
    sourceAt: sentAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry,
    crsReceived: context.crs,
    geometrySource: geometry ? 'message' : coded ? 'area-code' : 'none',
    quality: { state: doubtful ? 'suspect' : 'good', flags: [...flags] },
    dedupeKey: `${alertReference(alert)}${several ? `#${index}${languageSuffix(language)}` : ''}`,
    revision: 0,
    privacy: alert.scope === 'Public' ? 'none' : 'restricted',
    ...content,
  };
}

const languageSuffix = (language: string | null) => {
  const plain = language?.replace(/[^A-Za-z0-9-]/g, '').slice(0, 32);
  return plain ? `.${plain}` : '';
};

function mapArea(area: CapArea, context: MapContext, bounded: (text: string | null, most: number) => string | null) {
  const metres = (feet: number | null) => (feet === null ? null : Math.round(feet * feetToMetres * 100) / 100);
  return {
    description: bounded(area.areaDesc, longestText),
    geocodes: area.geocodes.map(({ valueName, value }) => ({
      name: bounded(valueName, longestShort) as string,
      value: bounded(value, longestShort) as string,
    })),
    circles: area.circles.map(({ center: [latitude, longitude], radiusKm }) => ({
      center: toWgs84([longitude, latitude], context.crs),
      radiusM: Math.round(radiusKm * 1e6) / 1e3,
    })),
    altitudeM: metres(area.altitudeFt),
    ceilingM: metres(area.ceilingFt),
  };
}
