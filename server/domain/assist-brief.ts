import type { LoggedEntry } from './assist-log.ts';
import type { Incident } from './incident.ts';
import type { IncidentEvent } from './incident-event.ts';

/** A fact for a brief, without words: `key` names them under `assist.brief`, `cites` the lines that say so. */
export type BriefPart = { readonly cites: readonly number[] } & (
  | { readonly key: 'opened'; readonly at: number; readonly number: string | null }
  | { readonly key: 'what'; readonly kind: string | null; readonly place: string }
  | { readonly key: 'told' | 'report' | 'note'; readonly text: string }
  | { readonly key: 'graded'; readonly grade: string | null; readonly priority: string }
  | { readonly key: 'response'; readonly level: string }
  | { readonly key: 'signals'; readonly count: number }
  | { readonly key: 'sent'; readonly units: readonly string[]; readonly departments: readonly string[] }
  | { readonly key: 'onScene'; readonly at: number; readonly callSign: string }
  | { readonly key: 'late' | 'tasks' | 'needs'; readonly count: number }
  | { readonly key: 'verified'; readonly passed: boolean; readonly text: string }
  | { readonly key: 'closing'; readonly code: string; readonly text: string }
  | { readonly key: 'state'; readonly state: string; readonly at: number }
);

type Cited = { readonly n: number; readonly event: IncidentEvent };
type Kind = IncidentEvent['kind'];
type Of<K extends Kind> = Extract<IncidentEvent, { kind: K }>['content'];

const keptNotes = 3;
const longest = 300;
const clip = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** The facts of a log in the order in which a brief tells them. Only what a line says, each with that line. */
export function briefOf(of: Incident, log: readonly LoggedEntry[]): BriefPart[] {
  const cited = log.map<Cited>((entry, index) => ({ n: index + 1, event: entry as unknown as IncidentEvent }));
  const all = <K extends Kind>(kind: K): { n: number; content: Of<K> }[] =>
    cited.flatMap(({ n, event }) => (event.kind === kind ? [{ n, content: event.content as Of<K> }] : []));
  const last = <K extends Kind>(kind: K) => all(kind).at(-1) ?? null;
  const parts: BriefPart[] = [];
  const numbers = (found: readonly { readonly n: number }[]) => found.map(({ n }) => n);

  const opened = all('incidentOpened')[0];
  const edits = all('incidentEdited');
  const numbered = last('incidentNumbered');
  if (opened) {
    const number = numbered?.content.number ?? opened.content.incident.number;
    parts.push({
      key: 'opened',
      at: opened.content.incident.openedAt,
      number,
      cites: numbers(numbered ? [opened, numbered] : [opened]),
    });
    const saidBy = (changed: (of: Of<'incidentEdited'>) => boolean) =>
      numbers([[...edits].reverse().find((one) => changed(one.content)) ?? opened]);
    const whereBy = saidBy((one) => one.place !== null);
    const kindBy = saidBy((one) => one.kind !== null);
    if (of.kind !== null || of.place.text !== '')
      parts.push({ key: 'what', kind: of.kind, place: of.place.text, cites: [...new Set([...kindBy, ...whereBy])] });
    const told = of.text || of.title;
    if (told)
      parts.push({ key: 'told', text: clip(told), cites: saidBy((one) => (of.text ? one.text : one.title) !== null) });
  }
  const joined = all('signalJoined');
  if (joined.length > 0) parts.push({ key: 'signals', count: joined.length, cites: numbers(joined) });
  const graded = last('incidentGraded');
  if (graded)
    parts.push({ key: 'graded', grade: graded.content.grade, priority: graded.content.priority, cites: [graded.n] });
  const response = last('incidentResponded');
  if (response?.content.response)
    parts.push({ key: 'response', level: String(response.content.response), cites: [response.n] });
  parts.push(...dispatched(all('orderSent'), all('assignmentAdvanced'), of));
  const late = all('orderLate');
  if (late.length > 0) parts.push({ key: 'late', count: late.length, cites: numbers(late) });
  const tasks = all('taskSet');
  if (tasks.length > 0) parts.push({ key: 'tasks', count: tasks.length, cites: numbers(tasks) });
  const needs = all('needRaised');
  if (needs.length > 0) parts.push({ key: 'needs', count: needs.length, cites: numbers(needs) });
  // What a machine drafted is no source for the next draft.
  for (const note of all('noteAdded').slice(-keptNotes))
    if (note.content.text && !note.content.drafted)
      parts.push({ key: 'note', text: clip(note.content.text), cites: [note.n] });
  const report = last('reportMade');
  if (report?.content.text) parts.push({ key: 'report', text: clip(report.content.text), cites: [report.n] });
  const verified = last('verificationMade');
  if (verified)
    parts.push({
      key: 'verified',
      passed: verified.content.passed,
      text: clip(verified.content.text),
      cites: [verified.n],
    });
  const closing = last('closingMade');
  if (closing)
    parts.push({ key: 'closing', code: closing.content.code, text: clip(closing.content.text), cites: [closing.n] });
  const moved = last('incidentMoved');
  if (moved) parts.push({ key: 'state', state: moved.content.to, at: moved.content.at, cites: [moved.n] });
  return parts;
}

function dispatched(
  orders: readonly { n: number; content: Of<'orderSent'> }[],
  steps: readonly { n: number; content: Of<'assignmentAdvanced'> }[],
  of: Incident,
): BriefPart[] {
  if (orders.length === 0) return [];
  const units = new Set<string>();
  const departments = new Set<string>();
  for (const { content } of orders) {
    const { target } = content.order;
    if (target.kind === 'unit') units.add(target.callSign);
    else departments.add(target.id);
  }
  const first = steps.find((step) => step.content.state === 'onScene');
  const callSign = of.assignments.find((held) => held.id === first?.content.assignment)?.callSign;
  return [
    { key: 'sent', units: [...units], departments: [...departments], cites: orders.map(({ n }) => n) },
    ...(first && callSign ? [{ key: 'onScene' as const, at: first.content.at, callSign, cites: [first.n] }] : []),
  ];
}
