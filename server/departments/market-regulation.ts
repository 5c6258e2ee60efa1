import type { AlertRecord, CallRecord, CaseRecord, FeedRecord } from '@/server/wire/record.ts';
import { type Department, pushListener } from './contract.ts';

/** 困人 of GB/T 24476-2023, in the words that lift platforms really send; everything else is a fault or a state of the machine. */
const trapped = /困人|被困|entrap|trapped/i;
const saysTrapped = (...texts: (string | null | undefined)[]): boolean =>
  texts.some((text) => trapped.test(text ?? ''));
const typeTrapped = '电梯困人';

const noCasualties = { dead: null, injured: null, trapped: null, missing: null };
const stateOfCase: Readonly<Record<CaseRecord['state'], CallRecord['state']>> = {
  new: 'reported',
  accepted: 'confirmed',
  assigned: 'dispatched',
  handling: 'dispatched',
  checked: 'controlled',
  closed: 'closed',
  rejected: 'false',
  reopened: 'reported',
};
const stateOfCall: Readonly<Record<CallRecord['state'], CaseRecord['state']>> = {
  reported: 'new',
  confirmed: 'accepted',
  dispatched: 'assigned',
  onScene: 'handling',
  controlled: 'checked',
  closed: 'closed',
  false: 'rejected',
};

const envelopeOf = ({ kind: _, ...record }: FeedRecord) => {
  const { subject, observedAt, sourceAt, relayedAt, receivedAt, geometry, crsReceived, geometrySource } = record;
  const { quality, dedupeKey, revision } = record;
  const times = { observedAt, sourceAt, relayedAt, receivedAt };
  return { subject, ...times, geometry, crsReceived, geometrySource, quality, dedupeKey, revision };
};

/** People in a stopped car are a call, however the platform files it. */
function callOf(record: AlertRecord | CaseRecord): CallRecord {
  const isCase = record.kind === 'case';
  return {
    kind: 'call',
    ...envelopeOf(record),
    privacy: 'personal',
    number: isCase ? record.number : record.dedupeKey.slice(0, 512),
    type: typeTrapped,
    priority: isCase ? record.priority : null,
    place: isCase ? record.place : (record.areas[0]?.description ?? null),
    text: isCase
      ? [record.title, record.text].filter(Boolean).join('\n')
      : (record.text ?? record.headline ?? record.event),
    calls: [],
    units: [],
    state: isCase ? stateOfCase[record.state] : record.msgType === 'Cancel' ? 'false' : 'reported',
    casualties: noCasualties,
  };
}

/** A door fault is not a call, whatever button reported it: nobody is to be sent, somebody is to repair. */
function caseOf(record: CallRecord): CaseRecord {
  const stage = { stage: 'report', at: record.observedAt, by: null, due: null };
  return {
    kind: 'case',
    ...envelopeOf(record),
    privacy: record.privacy,
    number: record.number,
    class: record.type,
    title: record.type ?? record.number,
    text: record.text,
    place: record.place,
    stages: [stage],
    state: stateOfCall[record.state],
    priority: record.priority,
  };
}

function map(record: FeedRecord): FeedRecord {
  switch (record.kind) {
    case 'call': {
      const people =
        (record.casualties.trapped ?? 0) + (record.casualties.injured ?? 0) + (record.casualties.dead ?? 0);
      if (people > 0 || saysTrapped(record.type, record.text, ...record.calls.map(({ text }) => text)))
        return { ...record, privacy: 'personal', type: saysTrapped(record.type) ? record.type : typeTrapped };
      // Without any word of what it is, a call stays one: better one too many.
      return record.type === null ? { ...record, privacy: 'personal' } : caseOf(record);
    }
    case 'alert':
      return saysTrapped(record.event, record.headline) ? callOf(record) : record;
    case 'case':
      return saysTrapped(record.class, record.title) ? callOf(record) : record;
    default:
      return record;
  }
}

export const marketRegulation: Department = {
  id: 'market-regulation',
  feeds: [
    {
      id: 'market-lifts',
      title: { 'zh-CN': '电梯物联网事件', en: 'Lift events' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['call', 'alert', 'case'],
    },
  ],
  map,
};
