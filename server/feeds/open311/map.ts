import type { CaseRecord, FeedRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { judgeTime, readIsoTime } from '../iso-time.ts';
import { readGeometry } from '../read-geometry.ts';
import { cut } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Open311Document, ServiceRequest } from './message.ts';
import type { Open311Options } from './options.ts';

type Context = MapContext<Open311Options>;

/** Requests → cases. What a server says of its own errors becomes a refusal, so that a feed that only fails is seen to fail. */
export function map(document: Open311Document, context: Context): readonly (FeedRecord | Refusal)[] {
  if (document.kind === 'requests')
    return [...document.requests.map((request) => caseOf(request, context)), ...document.unreadable];
  if (document.kind === 'errors') return document.errors.map(refusalOf);
  return document.unreadable;
}

const refusalOf = ({ code, description }: { code: string | null; description: string }): Refusal =>
  refuse(
    code === '401' || code === '403' ? 'unauthorized' : 'unsupported',
    `the server answers ${code ?? 'with an error'}: ${masked(description).slice(0, 300)}`,
  );

/** A server that repeats the key it was given must not bring it into our tables. */
const masked = (text: string) => text.replace(/(api_?key\W{1,3})[\w.-]{6,}/gi, '$1…');

/** The standard knows open and closed; the others are what cities add to it. */
const states: Readonly<Record<string, CaseRecord['state']>> = {
  ...{ open: 'new', new: 'new', submitted: 'new', received: 'new', pending: 'new', acknowledged: 'accepted' },
  ...{ accepted: 'accepted', assigned: 'assigned', referred: 'assigned', inprogress: 'handling', started: 'handling' },
  ...{
    onhold: 'handling',
    resolved: 'checked',
    fixed: 'checked',
    closed: 'closed',
    archived: 'closed',
    completed: 'closed',
  },
  ...{ rejected: 'rejected', declined: 'rejected', duplicate: 'rejected', reopened: 'reopened' },
  // FixMyStreet, CitySDK and others.
  ...{ confirmed: 'accepted', underreview: 'accepted', fortriage: 'accepted', reviewed: 'accepted' },
  ...{ actionscheduled: 'assigned', planned: 'assigned', scheduled: 'assigned', internalreferral: 'assigned' },
  ...{ dispatched: 'assigned', investigating: 'handling', inprocess: 'handling', processing: 'handling' },
  ...{ processed: 'checked', done: 'checked', fixedcouncil: 'checked', fixeduser: 'checked' },
  ...{ unabletofix: 'closed', wontfix: 'closed', nofurtheraction: 'closed', complete: 'closed' },
  ...{ notresponsible: 'rejected', invalid: 'rejected', cancelled: 'rejected', canceled: 'rejected' },
};

const wordOf = (status: string | null): string | null => status?.toLowerCase().replace(/[\s_-]+/g, '') ?? null;
const stateOf = (word: string | null): CaseRecord['state'] | null =>
  word !== null && Object.hasOwn(states, word) ? (states[word] as CaseRecord['state']) : null;

function caseOf(request: ServiceRequest, context: Context): CaseRecord {
  const flags = new Set<QualityFlag>();
  const zone = context.options.zone ?? '+08:00';
  const time = (text: string | null, mayLieAhead = false) => {
    if (text === null) return null;
    const clock = judgeTime(readIsoTime(text, zone), context.receivedAt);
    for (const flag of clock.flags) if (!mayLieAhead || flag !== 'clock_ahead') flags.add(flag);
    return clock.at;
  };
  const requestedAt = time(request.requestedAt);
  const updatedAt = time(request.updatedAt);
  const dueAt = time(request.expectedAt, true);
  const word = wordOf(request.status);
  const said = stateOf(word);
  // Open may be said more exactly; what is closed is closed.
  const state = said === 'new' ? (stateOf(wordOf(request.detailedStatus)) ?? said) : said;
  if (word !== null && !state) flags.add('enum_unknown');
  if (word === null || requestedAt === null) flags.add('partial');
  const { latitude, longitude } = request;
  const located = latitude !== null && longitude !== null;
  const place = readGeometry(located ? { type: 'Point', coordinates: [longitude, latitude] } : undefined, context.crs);
  for (const flag of place.flags) flags.add(flag);
  const text = [request.description, request.statusNotes, request.serviceNotice].filter((part) => part !== null);
  const by = request.agency === null ? null : cut(request.agency, 512);
  const changedAt = updatedAt ?? requestedAt;
  return {
    kind: 'case',
    subject: { scheme: 'open311', key: request.id },
    observedAt: requestedAt ?? updatedAt,
    sourceAt: changedAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: place.geometry,
    crsReceived: context.crs,
    geometrySource: place.geometry ? 'message' : 'none',
    quality: { state: flags.size > 0 ? 'suspect' : 'good', flags: [...flags] },
    dedupeKey: `open311|case|${request.id}`,
    // The second of the last change; one that is never said to change is never corrected.
    revision: Math.min(2_147_483_647, Math.max(0, Math.floor((changedAt ?? 0) / 1000))),
    // Citizens write names and numbers into descriptions.
    privacy: 'restricted',
    number: request.id,
    class: request.serviceCode === null ? null : cut(request.serviceCode, 512),
    title: cut(request.title ?? request.serviceName ?? request.serviceCode ?? request.id, 20_000),
    text: text.length > 0 ? cut(text.join('\n'), 20_000) : null,
    place: placeText(request),
    stages: [
      { stage: 'requested', at: requestedAt, by: null, due: dueAt },
      ...request.notes.map(({ at, stage }) => ({ stage, at: time(at), by: null, due: null })),
      ...(updatedAt === null || request.status === null
        ? []
        : [{ stage: cut(request.status, 512), at: updatedAt, by, due: null }]),
    ],
    state: state ?? 'new',
    priority: null,
  };
}

const placeText = ({ address, zipcode }: ServiceRequest): string | null => {
  const parts = [address, zipcode].filter((part) => part !== null);
  return parts.length > 0 ? cut(parts.join(', '), 20_000) : null;
};
