import type { AlertRecord, CallRecord, CaseRecord, QualityFlag } from '@/server/wire/record.ts';
import { cut } from '../read-json-document.ts';
import {
  countIn,
  envelopeOf,
  heldIn,
  type NgsiContext,
  nameIn,
  placeOf,
  revisionOf,
  stateOf,
  timeIn,
  whenOf,
} from './envelope.ts';
import type { NgsiEntity } from './message.ts';

const severities: Readonly<Record<string, AlertRecord['severity']>> = {
  ...{ informational: 'Minor', low: 'Minor', medium: 'Moderate', high: 'Severe', critical: 'Extreme' },
};
const colours: Readonly<Record<string, NonNullable<AlertRecord['colour']>>> = {
  ...{ red: 'red', orange: 'orange', yellow: 'yellow', blue: 'blue' },
};
const severityOfColour = { red: 'Extreme', orange: 'Severe', yellow: 'Moderate', blue: 'Minor' } as const;

const within = <T>(table: Readonly<Record<string, T>>, word: string | null): T | null =>
  word !== null && Object.hasOwn(table, word.toLowerCase()) ? (table[word.toLowerCase()] as T) : null;

/** Alert and WeatherAlert. The entity lives on under one id, so a later change is a higher revision. */
export function mapAlert(entity: NgsiEntity, context: NgsiContext): AlertRecord {
  const { envelope, flags: place } = envelopeOf(entity, context);
  const flags = new Set<QualityFlag>(place);
  const issuedAt = timeIn(entity, 'dateIssued', context, flags);
  const changedAt = timeIn(entity, 'dateModified', context, flags);
  const fromAt = timeIn(entity, 'validFrom', context, flags);
  const severity = nameIn(entity, 'severity');
  const colour = within(colours, severity) ?? within(colours, nameIn(entity, 'colour', 'color', 'alertLevel'));
  const known = within(severities, severity) ?? (colour ? severityOfColour[colour] : null);
  if (severity !== null && !known) flags.add('enum_unknown');
  if (issuedAt === null) flags.add('partial');
  const event = nameIn(entity, 'subCategory', 'category') ?? '';
  if (event === '') flags.add('partial');
  const area = placeOf(entity) ?? nameIn(entity, 'areaServed');
  return {
    kind: 'alert',
    ...envelope,
    observedAt: fromAt ?? issuedAt,
    sourceAt: changedAt ?? issuedAt,
    quality: { state: stateOf(flags), flags: [...flags] },
    dedupeKey: `ngsi|alert|${entity.id}`,
    revision: revisionOf(issuedAt, changedAt),
    event: cut(event, 512),
    headline: null,
    text: textIn(entity, 'description'),
    language: null,
    severity: known ?? 'Unknown',
    colour,
    urgency: 'Unknown',
    certainty: 'Unknown',
    effectiveAt: issuedAt,
    onsetAt: fromAt,
    expiresAt: timeIn(entity, 'validTo', context, flags),
    areas: area === null ? [] : [{ description: area, geocodes: [], circles: [], altitudeM: null, ceilingM: null }],
    references: [],
    msgType: 'Alert',
    status: 'Actual',
  };
}

const textIn = (entity: NgsiEntity, ...names: string[]): string | null => {
  const text = nameIn(entity, ...names);
  return text === null ? null : cut(text, 20_000);
};
const shortIn = (entity: NgsiEntity, ...names: string[]): string | null => {
  const text = nameIn(entity, ...names);
  return text === null ? null : cut(text, 512);
};

const caseStates: Readonly<Record<string, CaseRecord['state']>> = {
  ...{ new: 'new', open: 'new', opened: 'new', pending: 'new', accepted: 'accepted', acknowledged: 'accepted' },
  ...{ assigned: 'assigned', 'in progress': 'handling', in_progress: 'handling', inprogress: 'handling' },
  ...{ resolved: 'checked', closed: 'closed', rejected: 'rejected', reopened: 'reopened' },
};

/** IssueReporting, and Open311 requests in NGSI's clothes. Who reported is not taken over. */
export function mapCase(entity: NgsiEntity, context: NgsiContext): CaseRecord {
  const { envelope, flags: place } = envelopeOf(entity, context);
  const flags = new Set<QualityFlag>(place);
  const requestedAt = timeIn(entity, 'requested_datetime', context, flags);
  const updatedAt = timeIn(entity, 'updated_datetime', context, flags);
  const dueAt = timeIn(entity, 'expected_datetime', context, flags);
  const when = requestedAt === null ? whenOf(entity, context) : null;
  for (const flag of when?.flags ?? []) flags.add(flag);
  const observedAt = requestedAt ?? when?.at ?? null;
  const changedAt = updatedAt ?? envelope.sourceAt ?? observedAt;
  const word = nameIn(entity, 'resolutionStatus', 'status');
  const state = within(caseStates, word);
  if (word !== null && !state) flags.add('enum_unknown');
  const number = cut(nameIn(entity, 'reportId', 'service_request_id') ?? entity.id, 512);
  const by = shortIn(entity, 'agency_responsible', 'departmentId');
  const stages = [
    { stage: 'requested', at: observedAt, by: null, due: dueAt },
    ...(word === null ? [] : [{ stage: cut(word, 512), at: changedAt, by, due: null }]),
  ];
  const title = textIn(entity, 'title', 'service_name', 'subCategory', 'category') ?? number;
  return {
    kind: 'case',
    ...envelope,
    observedAt,
    sourceAt: changedAt,
    privacy: 'restricted',
    quality: { state: stateOf(flags), flags: [...flags] },
    dedupeKey: `ngsi|case|${number}`,
    revision: revisionOf(observedAt, changedAt),
    number,
    class: shortIn(entity, 'subCategoryCode', 'categoryCode', 'service_code', 'category'),
    title,
    text: textIn(entity, 'comments', 'description'),
    place: textIn(entity, 'landmark', 'address_string') ?? placeOf(entity),
    stages,
    state: state ?? 'new',
    priority: shortIn(entity, 'priority', 'severity'),
  };
}

const callStates: Readonly<Record<string, CallRecord['state']>> = {
  ...{ ongoing: 'confirmed', 'on going': 'confirmed', open: 'reported', closed: 'closed', solved: 'closed' },
  ...{ resolved: 'closed', cleared: 'closed' },
};

/** RoadAccident. People are counted, never named; a truth is no count. */
export function mapAccident(entity: NgsiEntity, context: NgsiContext): CallRecord {
  const { envelope, flags: place } = envelopeOf(entity, context);
  const flags = new Set<QualityFlag>(place);
  const accidentAt = timeIn(entity, 'accidentDate', context, flags);
  const when = accidentAt === null ? whenOf(entity, context) : null;
  for (const flag of when?.flags ?? []) flags.add(flag);
  const observedAt = accidentAt ?? when?.at ?? null;
  const count = (...names: string[]) => {
    for (const name of names) {
      const said = countIn(entity, name);
      if (said !== null) return said;
      if (heldIn(entity, name) !== null) flags.add('partial');
    }
    return null;
  };
  const word = nameIn(entity, 'status');
  const state = within(callStates, word);
  if (word !== null && !state) flags.add('enum_unknown');
  const number = cut(nameIn(entity, 'localId') ?? entity.id, 512);
  const casualties = {
    dead: count('totalDeadPeopleWithin24Hours', 'totalDeadPeopleWithin30Days', 'totalDead'),
    injured: count('totalInjured'),
    trapped: null,
    missing: null,
  };
  return {
    kind: 'call',
    ...envelope,
    observedAt,
    privacy: 'personal',
    quality: { state: stateOf(flags), flags: [...flags] },
    dedupeKey: `ngsi|call|${number}`,
    revision: revisionOf(observedAt, envelope.sourceAt),
    number,
    type: 'statutory.traffic.collision',
    priority: null,
    place: textIn(entity, 'name') ?? placeOf(entity),
    text: textIn(entity, 'description'),
    calls: [],
    units: [],
    state: state ?? 'reported',
    casualties,
  };
}
