import { type Alarm, isShelved } from '@/server/domain/alarm.ts';
import type { AlarmChange } from '@/server/domain/alarm-decide.ts';
import {
  elapse,
  evaluate,
  isIdle,
  type Memory,
  nextChangeAt,
  noMemory,
  restoredMemory,
  type Transition,
} from '@/server/domain/alarm-evaluate.ts';
import { announce, ebb, type Flood, type FloodLimits, floodLimitsOf, noFlood } from '@/server/domain/alarm-flood.ts';
import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import { maySay, restoredAtom } from '@/server/domain/alarm-truth.ts';
import type { Feed } from '@/server/domain/feed.ts';
import { isPerProperty, type Rule, simpleConditionsOf } from '@/server/domain/rule.ts';
import type { Station } from '@/server/domain/station.ts';
import type { AlertRecord, FeedRecord } from '@/server/wire/record.ts';
import { LatestSamples } from './alarm-latest.ts';
import { AlarmMemory, alarmIdOf, propertyKey, type Slot, slotKey } from './alarm-memory.ts';
import { AlarmQueue, type WriteAlarms } from './alarm-queue.ts';
import { type About, type AlarmSource, floodRaising, raisingOf } from './alarm-raising.ts';
import { AlarmRules } from './alarm-rules.ts';
import { realityOf, sampleOf, sampleOfFeed } from './alarm-samples.ts';
import { isKnownSubject, StrangersStanding, shareOf } from './alarm-strangers.ts';

export type AlarmPorts = {
  readonly now: () => number;
  readonly write: WriteAlarms;
  readonly stationOf: (scheme: string, key: string) => Station | null;
  readonly unitOf: (scheme: string, key: string) => { readonly id: string; readonly callSign: string } | null;
  readonly districtOf: (lonLat: readonly [number, number]) => string | null;
  /** Anybody can make up a device that is in trouble: asked before one that nobody knows raises an alarm. `share`: what is counted together. */
  readonly mayRaise: (share: string) => boolean;
  readonly mostRemembered?: number;
};

const mostRemembered = 50_000;
const mostWaiting = 20_000;
/** `<building>/<component>`: what stands before the first stroke is the site. */
const siteOf = (key: string): string => key.split('/', 1)[0] || key;
const floodKey = slotKey('alarm-flood', 'room', 'alarms', null);
export const floodId = alarmIdOf('alarm-flood', floodKey);

/** Neither on nor about to be: of a thing that moves nothing else is worth remembering. */
const isNothing = (memory: Memory): boolean =>
  isIdle(memory) &&
  !memory.on &&
  [...memory.parts.values()].every((part) => part.atoms.every((atom) => atom.anchor === null));

/**
 * Asks the rules about every record, remembers what they answered, and says to the record what changed, in that order. The record is the truth:
 * what stands there is where a start goes on from, and a change counts as told when it is stored.
 */
export class AlarmEngine {
  private readonly rules = new AlarmRules();
  private readonly memory: AlarmMemory;
  private readonly queue: AlarmQueue;
  /** Slots in which time alone will change something. */
  private readonly running = new Map<string, Slot>();
  private readonly shelves = new Map<string, Alarm>();
  private readonly strangers = new StrangersStanding();
  private readonly feeds = new Map<string, Feed>();
  private readonly latest: LatestSamples;
  private flood: Flood = noFlood;
  /** Raisings of strangers that had to wait. */
  heldBack = 0;

  constructor(private readonly ports: AlarmPorts) {
    this.memory = new AlarmMemory(ports.mostRemembered ?? mostRemembered, (slot) => this.running.delete(slot.key));
    this.queue = new AlarmQueue(ports.write, mostWaiting);
    this.latest = new LatestSamples(ports.mostRemembered ?? mostRemembered);
  }

  /** Subjects that it remembers something of. */
  get size(): number {
    return this.memory.size;
  }

  takesAlert = (record: AlertRecord): boolean => this.rules.takesAlert(record);

  /** A rule as it is from now on; an alarm whose rule is off ends, and says why. */
  setRule(rule: Rule): void {
    const before = this.rules.get(rule.id);
    this.rules.set(rule);
    const same = before && JSON.stringify(before.condition) === JSON.stringify(rule.condition);
    if (rule.enabled && !(same && before.enabled)) this.latest.ruleChanged(rule.id);
    if (rule.enabled && (same || !before)) return;
    for (const slot of this.memory.all()) {
      if (slot.rule !== rule.id) continue;
      if (slot.memory.active && rule.enabled) slot.memory = heldUp(rule, slot.memory);
      else this.forget(slot, slot.memory.active);
    }
  }

  /** New in the register, another, or out of it: what it last said is asked about again with the next tick. */
  stationChanged(id: string): void {
    this.latest.stationChanged(id);
  }

  private forget(slot: Slot, says: boolean): void {
    this.memory.drop(slot.key);
    this.running.delete(slot.key);
    const at = this.ports.now();
    if (says) this.say({ to: 'clear', id: slot.id, at, observedAt: null, value: null, cause: 'rule-off' });
  }

  /** An alarm of the record, as somebody shelved it, put it back or acknowledged it. */
  setAlarm(alarm: Alarm): void {
    if (alarm.acknowledged || alarm.state !== 'active') this.strangers.seen(alarm.id);
    if (alarm.shelved) this.shelves.set(alarm.id, alarm);
    else this.shelves.delete(alarm.id);
  }

  /** What stands when the server starts; rules first. */
  restore(alarm: Alarm): void {
    this.setAlarm(alarm);
    const limits = this.limits();
    if (limits && alarm.raises !== 'status') this.recall(alarm, limits);
    if (alarm.state !== 'active') return;
    if (alarm.id === floodId) {
      this.flood = { ...this.flood, since: alarm.raisedAt, collected: alarm.value ?? 0 };
      return;
    }
    const rule = this.rules.get(alarm.rule);
    const { scheme, key, property } = alarm.subject;
    const memory = rule ? restoredMemory(rule, alarm) : noMemory(alarm.raisedAt);
    const at = slotKey(alarm.rule, scheme, key, property);
    const from = alarm.subject.feed;
    const slot: Slot = { key: at, id: alarm.id, rule: alarm.rule, memory, about: null, from, touched: true };
    const isStranger = alarm.subject.station === null && alarm.callSign === null && scheme !== 'feed';
    if (isStranger && from !== null && !alarm.acknowledged)
      this.strangers.stands(shareOf(from, alarm.raises), alarm.id);
    if (rule?.enabled) {
      this.memory.put(slot);
      this.run(rule, slot);
    } else this.forget(slot, true);
  }

  private recall(alarm: Alarm, { withinS }: FloodLimits): void {
    if (this.ports.now() - alarm.raisedAt >= withinS * 1_000) return;
    const add = (times: readonly number[]) => [...times, alarm.raisedAt].sort((a, b) => a - b);
    const announced = alarm.quiet === null ? add(this.flood.announced) : this.flood.announced;
    this.flood = { ...this.flood, asked: add(this.flood.asked), announced };
  }

  /** Resolves when what the records changed is stored; false: it is not, and they should be sent again. */
  take(records: readonly FeedRecord[], source: AlarmSource): Promise<boolean> | boolean {
    const now = this.ports.now();
    let heard = true;
    for (const record of records) {
      const sample = sampleOf(record, now);
      if (!sample) continue;
      const reality = realityOf(record, source.reality);
      const from = reality === source.reality ? source : { ...source, reality };
      if (sample.of === 'reading' || sample.of === 'capacity') this.latest.take(sample, from);
      for (const rule of this.rules.for(sample)) heard = this.ask(rule, sample, { source: from, name: null }) && heard;
    }
    if (this.queue.length === 0) return heard;
    return this.queue.flush().then((stored) => stored && heard);
  }

  takeFeed(feed: Feed): Promise<boolean> | boolean {
    this.feeds.set(feed.id, feed);
    this.askOfFeed(feed, null);
    return this.queue.length === 0 || this.queue.flush();
  }

  private askOfFeed(feed: Feed, only: ReadonlySet<string> | null): void {
    const source: AlarmSource = { feed: feed.id, department: feed.department, reality: 'actual' };
    const sample = sampleOfFeed(feed, this.ports.now());
    for (const rule of this.rules.for(sample))
      if (only === null || only.has(rule.id)) this.ask(rule, sample, { source, name: feed.title });
  }

  /** What is so already, where a rule or a station is new or another: nobody waits for the next message, which may come in an hour. */
  private askAgain(now: number): void {
    const { rules, again } = this.latest.takeChanged(now, this.ports.stationOf);
    for (const { sample, source, everyRule } of again)
      for (const rule of this.rules.for(sample))
        if (everyRule || rules.has(rule.id)) this.ask(rule, sample, { source, name: null });
    if (rules.size > 0) for (const feed of this.feeds.values()) this.askOfFeed(feed, rules);
  }

  /** Once a second: delays that are over, a flood that has ebbed away, and what could not be stored before. */
  tick(): Promise<boolean> | boolean {
    const now = this.ports.now();
    // While the store takes nothing, what would be said has no room to wait in.
    if (this.queue.length === 0) this.askAgain(now);
    for (const slot of [...this.running.values()]) {
      const rule = this.rules.get(slot.rule);
      if (!rule || (nextChangeAt(rule, slot.memory) ?? Number.POSITIVE_INFINITY) > now) continue;
      const { memory, transitions } = elapse(rule, slot.memory, now);
      const before = slot.memory;
      slot.memory = memory;
      if (!this.tell(rule, slot, transitions)) slot.memory = before;
      this.run(rule, slot);
    }
    const { flood, ended } = ebb(this.flood, this.limits(), now);
    const value = this.flood.collected;
    this.flood = flood;
    if (ended) this.say({ to: 'clear', id: floodId, at: now, observedAt: null, value, cause: 'normal' });
    return this.queue.length === 0 || this.queue.flush();
  }

  /** One rule about one sample. False: it is in trouble, and has to say so again. */
  private ask(rule: Rule, sample: AlarmSample, from: Pick<About, 'source' | 'name'>): boolean {
    const station = this.stationOf(sample);
    if (!maySay(rule.condition, sample, station)) return true;
    const now = this.ports.now();
    const bySite = rule.groupedBy === 'site';
    const measured = sample.of === 'reading' || sample.of === 'capacity';
    const apart = measured && isPerProperty(rule.condition) ? propertyKey(sample.property) : null;
    const property = bySite ? null : apart;
    const subject = bySite ? siteOf(sample.key) : sample.key;
    const key = slotKey(rule.id, sample.scheme, subject, property);
    const held = this.memory.get(key);
    if (held && this.isOfOthers(held, from.source)) return true;
    const { memory, transitions, told } = evaluate(rule, held?.memory ?? noMemory(now), sample, {
      station,
      now,
      part: bySite ? [sample.key, apart].filter(Boolean).join(' ') : '',
      text: sample.of === 'alert' ? sample.text : '',
    });
    const moves = sample.of === 'position';
    if (!held && (memory.parts.size === 0 || (moves && isNothing(memory)))) return true;
    const slot = held ?? this.newSlot(rule, key, memory);
    const before = { memory: slot.memory, about: slot.about };
    slot.memory = memory;
    if (memory.on) {
      const name = from.name ?? station?.name ?? (sample.of === 'capacity' ? sample.name : null);
      slot.about = { ...from, name, sample, key: subject, property, told };
    }
    if (transitions.length > 0 && !this.tell(rule, slot, transitions)) {
      Object.assign(slot, before);
      // The next measurement says it again by itself, and a call is in people's hands already; a lone cry is not.
      return measured || (sample.of === 'alert' && sample.call !== null);
    }
    if (moves && isNothing(memory)) this.memory.drop(key);
    else this.memory.put(slot);
    this.run(rule, slot);
    return true;
  }

  /** What one department's device reports as on, no other department's source can talk away. */
  private isOfOthers({ memory, about, from }: Slot, by: AlarmSource): boolean {
    if (!memory.on && !memory.active) return false;
    const whose = about ? about.source.department : this.feeds.get(from ?? '')?.department;
    return Boolean(whose) && whose !== by.department;
  }

  private newSlot(rule: Rule, key: string, memory: Memory): Slot {
    return { key, id: alarmIdOf(rule.id, key), rule: rule.id, memory, about: null, from: null, touched: true };
  }

  /** False: nothing was said, because a stranger has to wait before it may raise another. */
  private tell(rule: Rule, slot: Slot, transitions: readonly Transition[]): boolean {
    const { id } = slot;
    for (const transition of transitions) {
      if (transition.to === 'raise') {
        if (!this.raise(rule, slot, transition)) return false;
      } else if (transition.to === 'join') this.say({ to: 'join', id, part: transition.part });
      else if (transition.to === 'chatter') this.say({ to: 'chatter', id, since: transition.since });
      else {
        const { at, observedAt, value } = transition;
        this.say({ to: 'clear', id, at, observedAt, value, cause: 'normal' });
      }
    }
    return true;
  }

  private raise(rule: Rule, { id, about, memory }: Slot, fact: Extract<Transition, { to: 'raise' }>): boolean {
    if (!about) return false;
    const { sample, source } = about;
    const unit = this.ports.unitOf(sample.scheme, sample.key);
    const station = this.stationOf(sample);
    if (!isKnownSubject(sample, { unit, station })) {
      const share = shareOf(source.feed, rule.raises);
      if (!this.strangers.hasRoom(share) || !this.ports.mayRaise(share)) {
        this.heldBack += 1;
        return false;
      }
      this.strangers.stands(share, id);
    }
    const shelf = this.shelves.get(id);
    const { priority, raises } = rule;
    const shelved = shelf !== undefined && isShelved(shelf, fact.at);
    const coming = { priority, raises, shelved, chattering: memory.chatteringSince !== null };
    const { flood, quiet, begins } = announce(this.flood, coming, this.limits(), fact.at);
    this.flood = flood;
    const notice = this.rules.first('flood');
    if (begins && notice) this.say(floodRaising(floodId, notice, fact.at, flood.collected));
    const knows = { station, callSign: unit?.callSign ?? null, quiet, districtOf: this.ports.districtOf };
    this.say(raisingOf({ id, rule, about, fact }, knows));
    return true;
  }

  private stationOf(sample: AlarmSample): Station | null {
    return sample.of === 'feed' ? null : this.ports.stationOf(sample.scheme, sample.key);
  }

  private limits = (): FloodLimits | null => floodLimitsOf(this.rules.first('flood'));

  private run(rule: Rule, slot: Slot): void {
    if (nextChangeAt(rule, slot.memory) === null) this.running.delete(slot.key);
    else this.running.set(slot.key, slot);
  }

  private say(change: AlarmChange): void {
    if (change.to === 'clear') this.strangers.seen(change.id);
    const lost = this.queue.add(change);
    // The database has been gone for long: what cannot be kept waiting is found again by the next record.
    for (const slot of lost ? this.memory.all() : []) if (slot.id === lost?.id) this.forget(slot, false);
  }
}

/** Under a changed condition nothing is known but that it is raised. */
const heldUp = (rule: Rule, memory: Memory): Memory => {
  const atoms = simpleConditionsOf(rule.condition).map(() => restoredAtom);
  return { ...memory, parts: new Map([...memory.parts].map(([key, part]) => [key, { ...part, atoms, on: true }])) };
};
