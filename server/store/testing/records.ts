import type { Alarm } from '@/server/domain/alarm.ts';
import type { Feed } from '@/server/domain/feed.ts';
import { noFollowUp } from '@/server/domain/follow-up.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import type { Plan } from '@/server/domain/plan.ts';
import type { Department } from '@/server/domain/presence.ts';
import type { Actor, Role } from '@/server/domain/role.ts';
import type { Rule } from '@/server/domain/rule.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { Station } from '@/server/domain/station.ts';
import type { Unit, UnitAssignment } from '@/server/domain/unit.ts';
import type { Warning } from '@/server/domain/warning.ts';

/** Plain records for tests; each takes what matters to the test. */
export const actor = (role: Role, more: Partial<Actor> = {}): Actor => ({
  id: `account/${role}`,
  name: role,
  roles: [role],
  department: null,
  district: null,
  ...more,
});

export const feedOf = (id: string, more: Partial<Feed> = {}): Feed => ({
  id,
  title: 'a feed',
  protocol: 'cap',
  department: null,
  address: 'tcp 127.0.0.1:1',
  expectedIntervalS: null,
  crs: 'wgs84',
  state: 'unknown',
  since: 1,
  reason: null,
  ...more,
});

export const unitOf = (id: string, more: Partial<Unit> = {}): Unit => ({
  id: id as Unit['id'],
  callSign: id,
  name: id,
  kind: 'patrol',
  department: 'police',
  district: '320102',
  subject: { scheme: 'jt808', key: id },
  capabilities: [],
  dispatchable: true,
  rest: 'available',
  emergencySince: null,
  assignments: [],
  ...more,
});

export const assignmentOf = (id: string, incident: string, slot: 1 | 2 = 1): UnitAssignment => ({
  id: id as UnitAssignment['id'],
  order: `order-${id}` as UnitAssignment['order'],
  incident: incident as UnitAssignment['incident'],
  slot,
  state: 'assigned',
  since: 1,
});

export const incidentOf = (id: string, more: Partial<Incident> = {}): Incident => ({
  id: id as Incident['id'],
  number: null,
  state: 'received',
  resumeState: null,
  title: '积水 flooded underpass',
  text: '',
  kind: null,
  category: null,
  place: { ...nowhere, district: '320102' },
  priority: 'P3',
  grade: null,
  response: null,
  reality: 'actual',
  owner: null,
  signals: [],
  orders: [],
  assignments: [],
  cycles: [newCycle()],
  notes: [],
  suspendedUntil: null,
  transferredTo: null,
  mergedInto: null,
  merged: [],
  voidReason: null,
  ...noFollowUp(),
  openedAt: 1,
  changedAt: 1,
  ...more,
});

export const orderTo = (department: string): Incident['orders'][number] => ({
  id: `order-${department}` as Incident['orders'][number]['id'],
  target: { kind: 'department', id: department },
  text: 'go',
  state: 'sent',
  sentAt: 1,
  sentBy: { id: 'a', name: 'a' },
  dueAt: 2,
  late: false,
  escalated: [],
  acknowledgedAt: null,
  acknowledgedBy: null,
  endedAt: null,
  reason: null,
});

export const signalOf = (id: string, more: Partial<Signal> = {}): Signal => ({
  id: id as Signal['id'],
  kind: 'call',
  title: 'water in the street',
  text: '',
  place: { ...nowhere, district: '320102' },
  priority: 'P3',
  proposedKind: null,
  reality: 'actual',
  department: 'water',
  source: { feed: 'push', scheme: 'call', key: id, dedupeKey: id },
  callers: [],
  unit: null,
  colour: null,
  expiresAt: null,
  observedAt: null,
  receivedAt: 1,
  revision: 0,
  state: 'open',
  incident: null,
  dismissedReason: null,
  lead: null,
  fused: null,
  apart: [],
  ...more,
});

export const departmentOf = (id: string, more: Partial<Department> = {}): Department => ({
  id: id as Department['id'],
  stationed: true,
  seats: [],
  ...more,
});

export const warningOf = (id: string, more: Partial<Warning> = {}): Warning => ({
  id,
  reference: id,
  references: [],
  dedupeKey: id,
  sender: 'sender',
  msgType: 'Alert',
  status: 'Actual',
  language: null,
  feed: 'cap',
  event: 'rainstorm',
  headline: '',
  text: '',
  areaText: '',
  colour: 'red',
  severity: 'Severe',
  reality: 'actual',
  geometry: null,
  sentAt: null,
  onsetAt: null,
  expiresAt: null,
  receivedAt: 1,
  signal: null,
  state: 'inForce',
  ...more,
});

export const stationOf = (key: string, more: Partial<Station> = {}): Station => ({
  id: `sl651/${key}`,
  scheme: 'sl651',
  key,
  kind: 'river-level',
  name: key,
  department: 'water',
  lonLat: [118.7, 32.05],
  district: '320102',
  address: '',
  verticalDatum: 'wusong',
  expectedIntervalS: 300,
  measures: [{ property: 'waterLevel', unit: 'm', thresholds: [], maximum: null }],
  demo: false,
  state: 'registered',
  ...more,
});

const twice = (text: string) => ({ 'zh-CN': text, en: text });

export const ruleOf = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  title: twice(id),
  condition: {
    of: 'reading',
    properties: ['waterLevel'],
    except: { properties: [], schemes: [] },
    statistics: [],
    as: 'value',
    unit: 'm',
    schemes: [],
    stationKinds: [],
    when: 'above',
    value: 9.5,
    deadBand: 0.1,
  },
  onDelayS: 0,
  offDelayS: 0,
  priority: 'P2',
  consequence: twice('c'),
  action: twice('a'),
  respondWithinS: 600,
  owner: 'water',
  raises: 'signal',
  proposedKind: null,
  groupedBy: 'subject',
  source: { text: twice('s'), verified: false },
  enabled: true,
  changed: null,
  ...more,
});

export const alarmOf = (id: string, more: Partial<Alarm> = {}): Alarm => ({
  id,
  rule: 'r',
  title: twice('t'),
  subject: { scheme: 'sl651', key: id, property: 'waterLevel', station: null, feed: 'f' },
  name: id,
  lonLat: [118.7, 32.05],
  district: '320102',
  department: 'water',
  reality: 'actual',
  priority: 'P2',
  raises: 'signal',
  quiet: null,
  text: '',
  callSign: null,
  state: 'active',
  cycle: 1,
  value: 10,
  unit: 'm',
  limit: 9.5,
  observedAt: 1,
  raisedAt: 1,
  clearedAt: null,
  acknowledged: null,
  shelved: null,
  chatteringSince: null,
  parts: [],
  partCount: 0,
  signal: null,
  ...more,
});

export const planOf = (id: string, more: Partial<Plan> = {}): Plan => ({
  id,
  title: twice('t'),
  triggers: [{ kinds: ['statutory.fire.building'], grade: null, warning: null }],
  priority: 'P2',
  levels: [
    {
      level: 4,
      when: twice('w'),
      units: [{ id: 'engines', kinds: ['fire-engine'], capabilities: [], count: 2, role: null }],
      departments: [{ department: 'fire', role: twice('r'), answerWithinS: 60, stationWithinS: null }],
      tasks: [
        { id: 'search', title: twice('s'), owner: { kind: 'department', id: 'fire' }, withinS: 600, evidence: true },
      ],
      source: { text: twice('s'), verified: false },
    },
  ],
  source: { text: twice('s'), verified: false },
  enabled: true,
  version: 1,
  changed: null,
  ...more,
});
