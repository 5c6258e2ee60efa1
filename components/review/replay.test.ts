import { describe, expect, it } from 'vitest';
import type { Incident } from '@/server/domain/incident.ts';
import { decideIncident } from '@/server/domain/incident-decide.ts';
import type { IncidentEvent } from '@/server/domain/incident-event.ts';
import { openIncident } from '@/server/domain/incident-open.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import { chief, context, operator, replay, someSignal } from '@/server/domain/testing/samples.ts';
import { type Entry, entryAt, incidentAt, neighbour, replayOf, spanOf, statusIn } from './replay.ts';

const decided = (events: readonly IncidentEvent[] | { refused: string }): readonly IncidentEvent[] => {
  if (wasRefused(events)) throw new Error(events.refused);
  return events as readonly IncidentEvent[];
};
const opened = decided(
  openIncident(
    {
      id: 'i' as Incident['id'],
      number: 'n',
      facts: { title: null, text: null, kind: null, place: null, priority: null },
      signals: [someSignal('s')],
    },
    context(operator, 1_000),
  ),
);
const noted = decided(decideIncident(replay(null, opened), { move: 'note', text: 'deep' }, context(operator, 5_000)));
const graded = decided(
  decideIncident(
    replay(null, [...opened, ...noted]),
    { move: 'grade', grade: 'II', rule: null },
    context(chief, 9_000),
  ),
);
const at = (events: readonly IncidentEvent[], recordedAt: number, from: number): Entry[] =>
  events.map((event, index) => ({ ...event, by: 'x', recordedAt, position: from + index }));
const log = [...at(opened, 1_000, 10), ...at(noted, 5_000, 40), ...at(graded, 9_000, 41)];
const whole = replayOf(log);

describe('an incident at a moment', () => {
  it('is what the log had made of it by then, and nothing later', () => {
    expect(incidentAt(whole, 999)).toBeNull();
    expect(incidentAt(whole, 1_000)).toMatchObject({ state: 'filed', notes: [], grade: null });
    expect(incidentAt(whole, 8_999)?.notes).toHaveLength(1);
    expect(incidentAt(whole, 8_999)?.grade).toBeNull();
    expect(incidentAt(whole, 9_000)?.grade).toBe('II');
  });

  it('ends as the whole log does', () => {
    expect(whole.states.at(-1)).toEqual(replay(null, [...opened, ...noted, ...graded]));
    expect(whole.entries[entryAt(whole, 6_000)]?.position).toBe(40);
  });

  it('keeps what it knows when an entry cannot be applied', () => {
    const torn = replayOf([{ ...log[0]!, kind: 'noteAdded', content: {} }, ...log]);
    expect(torn.states.at(-1)?.grade).toBe('II');
    expect(replayOf([])).toEqual({ entries: [], states: [] });
  });

  it('steps from entry to entry', () => {
    expect([neighbour(whole, 1_000, 1), neighbour(whole, 5_000, -1), neighbour(whole, 9_000, 1)]).toEqual([
      5_000,
      1_000,
      null,
    ]);
  });

  it('spans the log and the tracks', () => {
    expect(spanOf(whole, { from: 500, to: 7_000 })).toEqual({ from: 500, to: 9_000 });
    expect(spanOf(replayOf([]), null)).toEqual({ from: 0, to: 1_000 });
  });

  it('knows no status of a unit that was never sent', () => {
    expect(statusIn(incidentAt(whole, 9_000), 'u')).toBeNull();
  });
});
