import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentCommand, IncidentFacts } from '@/server/domain/incident-command.ts';
import type { Act } from './act.ts';
import type { World } from './world.ts';

/** Longer ago than this the room has moved on; what then has to change is a decision of its own. */
export const undoWithinMs = 10 * 60_000;

const noFacts: IncidentFacts = { title: null, text: null, kind: null, place: null, priority: null };

function movedBack(command: IncidentCommand, before: Incident, reason: string): IncidentCommand | null {
  switch (command.move) {
    case 'grade':
      return { move: 'grade', grade: before.grade, rule: null };
    case 'respond':
      return { move: 'respond', response: before.response, reason };
    case 'suspend':
      return { move: 'resume' };
    case 'transfer':
      return { move: 'takeBack', reason };
    case 'edit': {
      const { facts } = command;
      // An empty field cannot be said again: null means "as it is".
      if ((facts.kind !== null && before.kind === null) || (facts.title !== null && !before.title)) return null;
      return {
        move: 'edit',
        facts: {
          ...noFacts,
          title: facts.title === null ? null : before.title,
          kind: facts.kind === null ? null : before.kind,
          priority: facts.priority === null && facts.kind === null ? null : before.priority,
        },
        base: null,
      };
    }
    default:
      return null;
  }
}

/** What takes an act back, from how the world was before it; null where it cannot honestly be taken back. */
export function undoOf(act: Act, before: World, answer: unknown, reason: string): readonly Act[] | null {
  switch (act.call) {
    case 'move': {
      const held = before.incidents.get(act.incident);
      const command = held ? movedBack(act.command, held, reason) : null;
      return command ? [{ call: 'move', incident: act.incident, command }] : null;
    }
    case 'send': {
      const orders = (answer as { orders?: readonly string[] } | null)?.orders ?? [];
      return orders.length === 0
        ? null
        : orders.map((order) => ({
            call: 'endOrder',
            input: { incident: act.input.incident, command: { order: order as never, end: 'cancelled', reason } },
          }));
    }
    case 'merge':
      return [{ call: 'split', source: act.source, reason }];
    case 'dismiss':
      return [{ call: 'restore', signal: act.signal }];
    case 'attach':
      // Those that waited behind it went along, and would not come back with it.
      return [...before.signals.values()].some((one) => one.lead === act.signal && one.state === 'open')
        ? null
        : [{ call: 'detach', signal: act.signal, incident: act.incident, reason }];
    case 'keepApart':
      return [{ call: 'takeApartBack', signal: act.signal, from: act.from }];
    case 'shelve':
      return [{ call: 'unshelve', alarm: act.alarm }];
    case 'unit': {
      const held = before.units.get(act.input.unit);
      return held && act.input.move === 'rest'
        ? [{ call: 'unit', input: { move: 'rest', unit: act.input.unit, rest: held.rest } }]
        : null;
    }
    default:
      return null;
  }
}

/** An order is taken back before anybody is there; from then on it is ended by its own button. */
export function undoneTooLate(acts: readonly Act[], world: World): boolean {
  return acts.some((act) => {
    if (act.call !== 'endOrder') return false;
    const of = world.incidents.get(act.input.incident);
    const there = of?.assignments.some(
      (one) =>
        one.order === act.input.command.order &&
        (one.state === 'onScene' || one.state === 'transporting' || one.state === 'atDestination'),
    );
    return there === true;
  });
}
