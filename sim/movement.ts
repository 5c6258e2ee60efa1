import { type LonLat, moved } from './geo.ts';
import { type Edge, type Network, pointOn, type Routes } from './network/network.ts';
import type { Random } from './random.ts';
import type { RosterUnit, UnitKind } from './roster.ts';

/** How a kind spends its day: how far from home it goes, how long it stands, how often it is called back home. */
type Habit = {
  readonly rangeM: number;
  readonly standS: readonly [number, number];
  readonly homing: number;
  readonly pace: number;
};
const habits: Readonly<Record<UnitKind, Habit>> = {
  'patrol-car': { rangeM: 7_000, standS: [15, 120], homing: 0.1, pace: 0.7 },
  'fire-engine': { rangeM: 5_000, standS: [240, 900], homing: 0.7, pace: 0.9 },
  ambulance: { rangeM: 8_000, standS: [60, 420], homing: 0.5, pace: 0.95 },
  'pump-truck': { rangeM: 8_000, standS: [180, 600], homing: 0.5, pace: 0.7 },
  'repair-crew': { rangeM: 8_000, standS: [180, 600], homing: 0.4, pace: 0.7 },
  'tow-truck': { rangeM: 12_000, standS: [120, 480], homing: 0.4, pace: 0.7 },
  sanitation: { rangeM: 4_000, standS: [20, 90], homing: 0.1, pace: 0.45 },
  bus: { rangeM: 14_000, standS: [10, 40], homing: 0.5, pace: 0.55 },
  taxi: { rangeM: 26_000, standS: [5, 90], homing: 0, pace: 0.8 },
  hazmat: { rangeM: 30_000, standS: [300, 1_500], homing: 0.4, pace: 0.6 },
};

export type Motion = {
  readonly unit: RosterUnit;
  readonly rng: Random;
  place: number;
  target: number;
  edge: Edge | null;
  offsetM: number;
  paceNow: number;
  standS: number;
  speedMps: number;
  headingDeg: number;
  odometerM: number;
  /** A scripted stop on the present edge; null when it moves by its own habits. */
  stopAtM: number | null;
  held: boolean;
};

export type Ground = {
  readonly network: Network;
  routes: Routes;
  closed: ReadonlySet<number>;
  /** Share of the dry speed that the rain leaves. */
  grip: number;
  /** Places by distance from each place, nearest first, with the distance. */
  readonly near: readonly (readonly { place: number; distanceM: number }[])[];
};

export function startMotion(unit: RosterUnit, ground: Ground, rng: Random): Motion {
  const place = ground.network.indexOf.get(unit.home)!;
  return {
    unit,
    rng,
    place,
    target: place,
    edge: null,
    offsetM: 0,
    paceNow: 1,
    standS: rng.between(0, 30),
    speedMps: 0,
    headingDeg: rng.int(0, 359),
    odometerM: rng.int(5_000, 90_000) * 1_000,
    stopAtM: null,
    held: false,
  };
}

function chooseTarget(motion: Motion, ground: Ground): number {
  const home = ground.network.indexOf.get(motion.unit.home)!;
  const habit = habits[motion.unit.kind];
  if (motion.place !== home && motion.rng.chance(habit.homing)) return home;
  const reachable = ground.near[home]!.filter(({ distanceM }, index) => index < 4 || distanceM <= habit.rangeM);
  return motion.rng.pick(reachable).place;
}

function enter(motion: Motion, edge: Edge, offsetM = 0): void {
  motion.edge = edge;
  motion.offsetM = offsetM;
  motion.headingDeg = edge.headingDeg;
  motion.paceNow = motion.rng.between(0.8, 1.1);
}

function stand(motion: Motion): void {
  motion.speedMps = 0;
  motion.standS = motion.rng.between(...habits[motion.unit.kind].standS);
}

/** At a place with nothing left to wait for: the next stretch, or a new target, or a pause where no way leads on. */
function setOff(motion: Motion, ground: Ground): void {
  if (motion.place === motion.target) motion.target = chooseTarget(motion, ground);
  const next = ground.routes.nextEdge(motion.place, motion.target);
  const edge = next >= 0 ? ground.network.edges[next]! : null;
  if (edge) {
    enter(motion, edge);
    return;
  }
  motion.target = motion.place;
  stand(motion);
}

/** Sends a unit along an edge to a scripted stop. */
export function driveTo(motion: Motion, edge: Edge, stopAtM: number): void {
  motion.held = false;
  motion.standS = 0;
  motion.place = edge.from;
  motion.target = edge.to;
  motion.stopAtM = stopAtM;
  enter(motion, edge);
}

export function driveOn(motion: Motion): void {
  motion.stopAtM = null;
}

export function advance(motion: Motion, ground: Ground, seconds: number): void {
  let left = seconds;
  // Each round uses up time or reaches a place; the bound only guards against a zero-length loop.
  for (let round = 0; left > 1e-6 && round < 10_000; round++) {
    if (motion.held) {
      motion.speedMps = 0;
      return;
    }
    if (!motion.edge) {
      if (motion.standS > 0) {
        const waited = Math.min(left, motion.standS);
        motion.standS -= waited;
        left -= waited;
      } else setOff(motion, ground);
      continue;
    }
    left = driveAlong(motion, ground, left);
  }
}

function driveAlong(motion: Motion, ground: Ground, seconds: number): number {
  const edge = motion.edge!;
  if (ground.closed.has(edge.index) && motion.stopAtM === null && motion.offsetM < edge.lengthM / 2) {
    // Turned round before a closed stretch.
    enter(motion, ground.network.edges[edge.twin]!, edge.lengthM - motion.offsetM);
    return seconds;
  }
  const end = motion.stopAtM ?? edge.lengthM;
  const speedMps = edge.limitMps * habits[motion.unit.kind].pace * motion.paceNow * ground.grip;
  const step = Math.min(end - motion.offsetM, speedMps * seconds);
  motion.speedMps = speedMps;
  motion.offsetM += step;
  motion.odometerM += step;
  if (motion.offsetM < end - 1e-6) return 0;
  if (motion.stopAtM !== null) {
    motion.speedMps = 0;
    return 0;
  }
  motion.place = edge.to;
  motion.edge = null;
  motion.offsetM = 0;
  if (motion.place === motion.target) stand(motion);
  return seconds - step / speedMps;
}

/** Where it is: on the right half of its road, or parked beside its place. */
export function position(motion: Motion, ground: Ground, index: number): LonLat {
  const turn = ((index * 137.5) % 360) * (Math.PI / 180);
  if (!motion.edge) {
    const aside = 8 + (index % 7) * 6;
    return moved(ground.network.places[motion.place]!.at, aside * Math.sin(turn), aside * Math.cos(turn));
  }
  const right = (motion.headingDeg + 90) * (Math.PI / 180);
  const lane = 5 + (index % 2) * 4;
  return moved(pointOn(ground.network, motion.edge, motion.offsetM), lane * Math.sin(right), lane * Math.cos(right));
}

/** A tunnel takes the network away from a terminal, but for its two mouths. */
export const isCovered = (motion: Motion): boolean =>
  motion.edge?.road.crossing !== 'tunnel' || motion.offsetM < 150 || motion.offsetM > motion.edge.lengthM - 150;
