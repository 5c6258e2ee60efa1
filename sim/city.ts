import { agenda } from './agenda.ts';
import { ordinaryDay, weatherNow } from './city-day.ts';
import { keepForStranding, perform } from './city-script.ts';
import { type CityOutput, type CityState, say } from './city-state.ts';
import { filings } from './day/filed.ts';
import { happenings, panelRounds } from './day/happenings.ts';
import { distanceM, toGcj02 } from './geo.ts';
import type { Location } from './jt808/body.ts';
import { advance, type Ground, isCovered, type Motion, position, startMotion } from './movement.ts';
import { patrolNetwork, routesOver } from './network/network.ts';
import { fleet, sail, type Vessel } from './network/vessels.ts';
import { envelope, iso, type PositionRecord } from './push/record.ts';
import { random } from './random.ts';
import { type RosterUnit, roster } from './roster.ts';
import type { Scenario } from './scenario/scenario.ts';
import { rainfall } from './stations/rain.ts';
import type { Station } from './stations/station.ts';
import { stationRounds } from './stations/station-rounds.ts';

/**
 * The simulated city as a pure machine: the same options and the same number of ticks give the same outputs. `speed`
 * drives the city's own time; messages always carry real time, because a platform judges freshness by it.
 */
export type CityOptions = {
  readonly seed: number;
  readonly units: number;
  readonly speed: number;
  readonly scenario: Scenario;
  readonly startMs: number;
  /** Of the register; none: a city without them. */
  readonly stations?: readonly Station[];
  /** On the river. */
  readonly vessels?: number;
};

export type City = {
  readonly roster: readonly RosterUnit[];
  tick(): CityOutput[];
  /** The platform has seen a unit's SOS (0x8203): the button springs back. */
  alarmConfirmed(unit: number): void;
  /** City seconds since the start. */
  seconds(): number;
  /** The moment that messages of this tick carry. */
  nowMs(): number;
  scriptEnded(): boolean;
};

export const tickMs = 250;
const heartbeatMs = 30_000;
/** What a platform passes on of each vehicle (JT/T 809 leaves it to the two platforms). */
const fleetEveryS = 30;

function ground(): Ground {
  const network = patrolNetwork();
  const near = network.places.map((from) =>
    network.places
      .map((to, place) => ({ place, distanceM: distanceM(from.at, to.at) }))
      .sort((a, b) => a.distanceM - b.distanceM)
      .slice(1),
  );
  return { network, routes: routesOver(network), closed: new Set(), grip: 1, near };
}

function location(motion: Motion, state: CityState, unit: number): Location {
  const at = position(motion, state.ground, unit);
  return {
    at: motion.unit.gcj02 ? toGcj02(at) : at,
    gcj02: motion.unit.gcj02,
    fixed: true,
    accOn: motion.speedMps > 0 || motion.standS < 300,
    emergency: state.sosUntilS[unit]! > state.nowS,
    altitudeM: 9 + (unit % 17),
    speedMps: motion.speedMps,
    headingDeg: motion.headingDeg,
    observedAtMs: Math.floor(state.nowMs / 1_000) * 1_000,
    mileageM: motion.odometerM,
    fuelL: 15 + ((motion.odometerM / 1_000) % 45),
    satellites: 8 + (unit % 9),
  };
}

function positionRecord(motion: Motion, state: CityState, unit: number): PositionRecord {
  const { at, altitudeM, speedMps, headingDeg } = location(motion, state, unit);
  const { subject, callSign } = motion.unit;
  return {
    kind: 'position',
    ...envelope(subject, state.nowMs, { at, dedupeKey: `${subject.scheme}/${subject.key}/${iso(state.nowMs)}` }),
    altitudeM,
    speedMps: Math.round(speedMps * 10) / 10,
    headingDeg: Math.round(headingDeg) % 360,
    accuracyM: 8,
    fixed: true,
    extras: { callSign },
  };
}

/** Class A under way would say it more often; a base station of the waterway thins it to this. */
const vesselEveryS = 10;
const anchoredEveryS = 180;
const vesselStaticEveryS = 360;

export function city({ seed, units, speed, scenario, startMs, stations = [], vessels = 0 }: CityOptions): City {
  const base = ground();
  const members = roster(seed, units);
  const motions = members.map((unit, index) => startMotion(unit, base, random(seed, `unit/${index}`)));
  /** Real milliseconds between messages whose city rhythm is `baseS`; a fast city is held to what a platform would see. */
  const everyMs = (baseS: number, leastS: number) => Math.max(leastS, baseS / Math.max(1, speed)) * 1_000;
  const ticks = (ms: number) => Math.max(1, Math.round(ms / tickMs));

  let tick = 0;
  const due = new Map<number, number[]>();
  const schedule = (unit: number, at: number) => {
    const list = due.get(at);
    if (list) list.push(unit);
    else due.set(at, [unit]);
  };
  const movedAt = new Int32Array(members.length);
  const paceS = members.map(({ link }, unit) =>
    link === 'jt809' || link === 'gtfs' ? fleetEveryS : 5 + ((unit * 7) % 11),
  );
  const state: CityState = {
    rng: random(seed, 'day'),
    ground: base,
    motions,
    sosUntilS: new Float64Array(members.length),
    scenario,
    agenda: agenda(),
    inForce: new Map(),
    stations,
    rain: rainfall(),
    forced: new Map(),
    out: [],
    nowS: 0,
    nowMs: startMs,
    ordinal: 0,
    stranded: null,
    reportNow: (unit) => report(unit),
    stationNow: (key) => rounds.now(key),
  };
  const rounds = stationRounds(state, stations, {
    everyS: (baseS, leastS) => everyMs(baseS, leastS) / 1_000,
    startMs,
    speed,
    seed,
  });
  const onRiver = fleet(vessels, random(seed, 'river'));
  const sailedAt = new Int32Array(onRiver.length);

  const move = (unit: number) => {
    advance(motions[unit]!, base, ((tick - movedAt[unit]!) * tickMs * speed) / 1_000);
    movedAt[unit] = tick;
  };
  const report = (unit: number) => {
    move(unit);
    const motion = motions[unit]!;
    if (motion.unit.link === 'push')
      state.out.push({ to: 'push', source: 'units-push', record: positionRecord(motion, state, unit) });
    else if (motion.unit.link === 'jt809' || motion.unit.link === 'gtfs')
      state.out.push({ to: 'fleet', unit, location: location(motion, state, unit) });
    else state.out.push({ to: 'terminal', unit, location: location(motion, state, unit), covered: isCovered(motion) });
  };
  const reportInTurn = (unit: number) => {
    report(unit);
    const rest = motions[unit]!.speedMps > 0 ? 1 : 1.6;
    schedule(unit, tick + ticks(everyMs(paceS[unit]! * rest, 1)));
  };

  members.forEach((_, unit) => {
    schedule(unit, 1 + (unit % ticks(everyMs(Math.max(10, paceS[unit]!), 1))));
  });
  for (const step of scenario.steps) {
    state.agenda.enter(step.atS, () => {
      say(
        state,
        `【${scenario.title} ${Math.floor(step.atS / 60)}:${String(step.atS % 60).padStart(2, '0')}】${step.tell}`,
      );
      perform(state, step.action);
    });
    if (step.action.do === 'strand') keepForStranding(state, step.action.underpass);
  }
  if (stations.length > 0) {
    happenings(state);
    panelRounds(state, { wellbeing: (everyMs(3_600, 300) * speed) / 1_000, water: (everyMs(600, 60) * speed) / 1_000 });
    filings(state);
  }
  const sailOn = (vessel: Vessel, lap: { position: number; still: number; statics: number }) => {
    const period = vessel.anchored ? lap.still : lap.position;
    const turn = (vessel.index * 13) % period;
    if (tick % period === turn) {
      sail(vessel, ((tick - sailedAt[vessel.index]!) * tickMs * speed) / 1_000);
      sailedAt[vessel.index] = tick;
      state.out.push({ to: 'vessel', vessel: { ...vessel }, what: 'position' });
    }
    // Who it is comes before its first place, so that nothing on the map is nameless.
    if (tick === 1 + (vessel.index % 40) || tick % lap.statics === (vessel.index * 29) % lap.statics)
      state.out.push({ to: 'vessel', vessel: { ...vessel }, what: 'static' });
  };
  const lap = {
    position: ticks(everyMs(vesselEveryS, 2)),
    still: ticks(everyMs(anchoredEveryS, 10)),
    statics: ticks(everyMs(vesselStaticEveryS, 30)),
  };
  ordinaryDay(state, { speed, watersS: (everyMs(30, 5) * speed) / 1_000, bedsS: (everyMs(60, 10) * speed) / 1_000 });

  return {
    roster: members,
    seconds: () => state.nowS,
    nowMs: () => state.nowMs,
    scriptEnded: () => state.nowS >= scenario.lengthS,
    alarmConfirmed(unit) {
      state.sosUntilS[unit] = 0;
    },
    tick() {
      tick += 1;
      state.nowS = (tick * tickMs * speed) / 1_000;
      state.nowMs = startMs + tick * tickMs;
      state.out = [];
      const { rainMmH } = weatherNow(state);
      base.grip = 1 - Math.min(0.45, rainMmH / 200);
      state.rain.fall(state.nowS, rainMmH);
      state.agenda.runUntil(state.nowS);
      for (const unit of due.get(tick) ?? []) reportInTurn(unit);
      due.delete(tick);
      rounds.tick();
      for (const vessel of onRiver) sailOn(vessel, lap);
      const beat = ticks(heartbeatMs);
      for (let unit = tick % beat; unit < members.length; unit += beat)
        if (members[unit]!.link.startsWith('jt808')) state.out.push({ to: 'heartbeat', unit });
      return state.out;
    },
  };
}
