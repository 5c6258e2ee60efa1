import { loadSpelling } from '@/components/console/list-search.ts';
import chinese from '@/messages/zh-CN.json' with { type: 'json' };
import { connectedDepartments } from '@/server/domain/department.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { incident as incidentSchema } from '@/server/domain/incident.ts';
import { newCycle } from '@/server/domain/incident-event.ts';
import { nowhere } from '@/server/domain/place.ts';
import type { Actor } from '@/server/domain/role.ts';
import { seededPlans } from '@/server/domain/seeded-plans.ts';
import { actor, someSignal, someUnit } from '@/server/domain/testing/samples.ts';
import { assignmentStates } from '@/server/domain/unit.ts';
import type { World } from '../world.ts';

/** 25 November 2026, 12:00 in Nanjing. */
export const noon = Date.UTC(2026, 10, 25, 4);

export const someIncident = (id: string, more: Record<string, unknown> = {}): Incident =>
  incidentSchema.parse({
    id,
    number: null,
    state: 'filed',
    resumeState: null,
    title: '',
    text: '',
    kind: null,
    category: null,
    place: { ...nowhere, text: '测试路口' },
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
    openedAt: noon - 60_000,
    changedAt: noon,
    ...more,
  });

const mapOf = <T extends { id: string }>(...of: readonly T[]): ReadonlyMap<string, T> =>
  new Map(of.map((one) => [one.id, one]));
const { department, unitKind } = chinese.domain as {
  department: Record<string, string>;
  unitKind: Record<string, string>;
};

export const dispatcher: Actor = actor('dispatcher', 'call-taker', 'dispatcher', 'duty-chief');

/** A small city in which digits, titles and call signs collide as they do in a real one. */
export async function someWorld(more: Partial<World> = {}): Promise<World> {
  const by = { id: 'x', name: 'x' };
  const order = (id: string, target: Record<string, unknown>) => ({
    id,
    target,
    text: '',
    state: 'sent',
    sentAt: noon,
    sentBy: by,
    dueAt: noon + 60_000,
    late: false,
    acknowledgedAt: null,
    acknowledgedBy: null,
    endedAt: null,
    reason: null,
  });
  return {
    incidents: mapOf(
      someIncident('fire', {
        number: '20261125-0412',
        title: '建筑火灾',
        kind: 'statutory.fire.building',
        category: 'accident',
        state: 'dispatched',
        orders: [
          order('o1', { kind: 'unit', id: 'x0401', callSign: '消0401', department: 'fire' }),
          order('o2', { kind: 'department', id: 'water' }),
        ],
        assignments: [
          {
            id: 'a1',
            order: 'o1',
            unit: 'x0401',
            callSign: '消0401',
            slot: 1,
            state: 'assigned',
            clocks: Object.fromEntries(assignmentStates.map((one) => [one, null])),
            endedAt: null,
          },
        ],
        checkIns: [
          {
            id: 'c1',
            assignment: 'a1',
            name: '消0401',
            everyS: 600,
            dueAt: noon + 1,
            overdueSince: null,
            last: null,
            misses: 0,
            startedAt: noon,
            ended: null,
          },
        ],
      }),
      someIncident('flood', {
        number: '20261125-0413',
        title: '应天大街下穿通道积水',
        kind: 'statutory.flood.underpass',
        category: 'natural-disaster',
      }),
      someIncident('old', {
        number: '20261124-0412',
        title: '昨天的火灾',
        kind: 'statutory.fire.building',
        category: 'accident',
      }),
      someIncident('digits', { number: '20261125-1201', title: '路面塌陷' }),
      someIncident('unnamed', { number: '20261125-0007', title: '' }),
    ),
    signals: mapOf(
      someSignal('s1', { title: '路面积水', source: { feed: 'f', scheme: 'push', key: '110-77', dedupeKey: '1' } }),
      someSignal('s2', { title: '电梯困人' }),
      someSignal('s3', { title: '电梯困人', state: 'dismissed', dismissedReason: '误报' }),
    ),
    units: mapOf(
      someUnit('x1201', { callSign: '消1201', kind: 'fire-engine', department: 'fire' }),
      someUnit('x1203', { callSign: '消1203', kind: 'fire-engine', department: 'fire' }),
      someUnit('x0401', { callSign: '消0401', kind: 'fire-engine', department: 'fire' }),
      someUnit('p1201', { callSign: '巡1201', kind: 'patrol-car', department: 'police' }),
      someUnit('p0412', { callSign: '巡0412', kind: 'patrol-car', department: 'police' }),
      someUnit('j0701', { callSign: '急0701', kind: 'ambulance', department: 'health' }),
    ),
    alarms: new Map(),
    plans: mapOf(...seededPlans),
    departments: [...connectedDepartments],
    called: {
      department: (id) => [department[id] ?? id],
      unitKind: (code) => [unitKind[code] ?? code],
      page: (path) => [
        ({ '/': '指挥台', '/alarms': '告警', '/feeds': '数据源' } as Record<string, string>)[path] ?? path,
      ],
    },
    pages: ['/', '/alarms', '/feeds'],
    opened: null,
    language: 'zh-CN',
    actor: dispatcher,
    now: noon,
    spell: await loadSpelling(),
    ...more,
  };
}
