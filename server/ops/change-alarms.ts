import { type Alarm, type AlarmEvent, applyAlarm } from '@/server/domain/alarm.ts';
import { type AlarmChange, decideAlarm, type Raising } from '@/server/domain/alarm-decide.ts';
import type { SignalId } from '@/server/domain/ids.ts';
import { isOpen } from '@/server/domain/incident.ts';
import type { Refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Rule } from '@/server/domain/rule.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { NewEvent, Tx } from '@/server/store/store.ts';
import { arrivedIn, fuseSignals, fusionTurn } from './fuse-signals.ts';
import { eventsFor, type OpDeps } from './op.ts';
import { signalIdOf } from './signal-id.ts';
import { clearedSignal, isSos, partsSignal, signalOfAlarm } from './signal-of-alarm.ts';

/** What only the receiver knows: the unit a terminal rides on, and whether a place lies near a border. */
export type AlarmContext = {
  readonly unitOf: (scheme: string, key: string) => { readonly id: string } | null;
  readonly nearDistrictOf: (lonLat: readonly [number, number]) => string | null;
};

/** The states as this command leaves them: two changes of one alarm may stand in one batch. */
class Draft {
  private readonly alarms = new Map<string, Alarm | null>();
  private readonly signals = new Map<string, Signal | null>();
  readonly events: NewEvent[] = [];

  constructor(readonly tx: Tx) {}

  async alarm(id: string): Promise<Alarm | null> {
    const held = this.alarms.get(id);
    return held !== undefined ? held : ((await this.tx.load('alarm', id))?.state ?? null);
  }

  async signal(id: string): Promise<Signal | null> {
    const held = this.signals.get(id);
    return held !== undefined ? held : ((await this.tx.load('signal', id))?.state ?? null);
  }

  change(id: string, current: Alarm | null, events: readonly AlarmEvent[]): void {
    if (events.length === 0) return;
    this.alarms.set(id, events.reduce<Alarm | null>(applyAlarm, current));
    this.events.push(...eventsFor('alarm', id, events));
  }

  tell(signal: Signal, current: Signal | null): void {
    this.signals.set(signal.id, signal);
    const kind = current ? 'signalRevised' : 'signalReceived';
    this.events.push(...eventsFor('signal', signal.id, [{ kind, content: { signal } }]));
  }
}

/** A signal that people still have in hand serves the next cycle too: the same thing again is not another one. */
async function inHand(draft: Draft, before: Alarm | null): Promise<Signal | null> {
  const signal = before?.signal ? await draft.signal(before.signal) : null;
  if (!signal || signal.state === 'dismissed') return null;
  if (signal.state === 'open') return signal;
  const incident = signal.incident ? await draft.tx.find('incident', signal.incident) : null;
  return incident && isOpen(incident.state) ? signal : null;
}

/** The signal of a raised alarm, and for a unit that cries for help its emergency. */
async function signalFor(
  draft: Draft,
  of: { readonly alarm: Alarm; readonly before: Alarm | null; readonly rule: Rule },
  context: AlarmContext,
): Promise<SignalId> {
  const { alarm, before, rule } = of;
  const unit = context.unitOf(alarm.subject.scheme, alarm.subject.key);
  if (unit && isSos(rule)) {
    const held = await draft.tx.load('unit', unit.id);
    if (held && held.state.emergencySince === null)
      draft.events.push(...eventsFor('unit', unit.id, [{ kind: 'unitEmergency', content: { at: draft.tx.now } }]));
  }
  const held = await inHand(draft, before);
  const id = held?.id ?? (`${isSos(rule) ? 'sos' : 'alarm'}-${alarm.id}-${alarm.cycle}`.slice(0, 128) as SignalId);
  const nearDistrict = alarm.lonLat ? context.nearDistrictOf(alarm.lonLat) : null;
  const signal = signalOfAlarm(alarm, rule, { id, unit: unit?.id ?? null, nearDistrict });
  draft.tell(held ? { ...signal, state: held.state, incident: held.incident } : signal, held);
  return id;
}

/** What came as a call is judged as one: a second signal of it would be one too many. */
async function signalOfCall(draft: Draft, change: Raising, number: string): Promise<SignalId | null> {
  const { feed, scheme } = change.subject;
  const held = await draft.signal(signalIdOf('call', { feed: feed ?? '', scheme, number }));
  return held?.id ?? null;
}

async function raise(draft: Draft, change: Raising, context: AlarmContext): Promise<void> {
  const before = await draft.alarm(change.id);
  const [raised] = decideAlarm(before, change);
  if (raised?.kind !== 'alarmRaised') return;
  const { alarm } = raised.content;
  const called = change.call === null ? null : await signalOfCall(draft, change, change.call);
  const judged = called === null && change.rule.raises === 'signal' && alarm.quiet === null;
  const signal = judged ? await signalFor(draft, { alarm, before, rule: change.rule }, context) : called;
  // While it chatters or waits under a flood it stays with the signal that people have in hand.
  const kept = signal ?? (await inHand(draft, before))?.id ?? null;
  draft.change(change.id, before, [{ kind: 'alarmRaised', content: { alarm: { ...alarm, signal: kept } } }]);
}

async function other(draft: Draft, change: Exclude<AlarmChange, { to: 'raise' }>): Promise<void> {
  const before = await draft.alarm(change.id);
  const events = decideAlarm(before, change);
  draft.change(change.id, before, events);
  const after = await draft.alarm(change.id);
  if (events.length === 0 || !after?.signal || change.to === 'chatter') return;
  const signal = await draft.signal(after.signal);
  // A call is told in its caller's own words.
  if (signal?.state !== 'open' || signal.kind === 'call') return;
  draft.tell(change.to === 'clear' ? clearedSignal(signal) : partsSignal(signal, after.partCount), signal);
}

/** What the engine found, into the record: all of it, or nothing. */
export function changeAlarms(
  { store, newId, fusion }: OpDeps,
  of: { readonly changes: readonly AlarmChange[]; readonly context: AlarmContext; readonly actor: Actor },
): Promise<{ readonly events: number } | Refused> {
  const { changes, context, actor } = of;
  const input = changes.map(({ to, id }) => [to, id]);
  const turn = changes.some(({ to }) => to === 'raise') ? { serial: fusionTurn } : {};
  return store.command({ id: `alarm/${newId()}`, name: 'change-alarms', actor, input, ...turn }, async (tx) => {
    await tx.loadAll(
      'alarm',
      changes.map((change) => change.id),
    );
    const draft = new Draft(tx);
    for (const change of changes) {
      if (change.to === 'raise') await raise(draft, change, context);
      else await other(draft, change);
    }
    const fused = await fuseSignals(tx, arrivedIn(draft.events), fusion);
    return { events: [...draft.events, ...fused], answer: { events: draft.events.length } };
  });
}

/** A unit that cries for help is P1 and never lies on a shelf. */
const nothingKnown: AlarmContext = { unitOf: () => null, nearDistrictOf: () => null };

/** Out from under a shelf: what is on by now is for people to judge, as if it had just been raised. */
export async function unhide(tx: Tx, alarm: Alarm): Promise<NewEvent[]> {
  const rule = await tx.find('rule', alarm.rule);
  if (alarm.state !== 'active' || alarm.raises !== 'signal' || alarm.signal !== null || !rule?.state.enabled) return [];
  const draft = new Draft(tx);
  const signal = await signalFor(draft, { alarm, before: null, rule: rule.state }, nothingKnown);
  draft.change(alarm.id, alarm, [{ kind: 'alarmSignalled', content: { signal } }]);
  return draft.events;
}
