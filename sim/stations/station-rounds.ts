import { weatherNow } from '../city-day.ts';
import type { CityState } from '../city-state.ts';
import { random } from '../random.ts';
import type { Station } from './station.ts';
import { measured } from './value.ts';
import { type Drowned, drownedNear, rainShare } from './weather-share.ts';

/** Beside its turn a gauge speaks up when what it measures moves (SL 651 calls that 加报); these are the ones that water moves. */
const wetKinds: ReadonlySet<string> = new Set(['rain', 'river-level', 'underpass']);
const raisedMmH = 3;
const wetEveryS = 60;
/** How far a value has to move before it is worth a message of its own. */
const worth: Readonly<Record<string, number>> = { Z: 0.05, waterDepth: 0.03, PN05: 0.5, P1: 1 };

export type StationRound = {
  readonly station: Station;
  readonly index: number;
  readonly share: number;
  readonly drowned: Drowned | null;
  last: ReadonlyMap<string, number>;
  dueMs: number;
};

export type StationPace = {
  /** Real seconds between two messages whose rhythm is `baseS`. */
  everyS(baseS: number, leastS: number): number;
  readonly startMs: number;
  readonly speed: number;
  readonly seed: number;
};

/** Spoken for by the hospitals and waters of the day. */
const elsewhere: ReadonlySet<string> = new Set(['water-level', 'health-capacity']);
/** Looked at often, because its page also has reports between the half hours. */
const pageEveryS = 60;
const everyOf = ({ scheme, intervalS }: Station) => (scheme === 'metar' ? pageEveryS : (intervalS ?? 0));
const firstWithinMs = 90_000;
const speaks = ({ scheme, intervalS, measures }: Station) =>
  intervalS !== null && measures.length > 0 && !elsewhere.has(scheme);

/**
 * Every station that speaks by turns. Each has its own place in its interval, so that the city never speaks all at once; a wet one looks
 * again each minute while it rains.
 */
export function stationRounds(state: CityState, stations: readonly Station[], pace: StationPace) {
  const rounds = stations.filter(speaks).map((station, index): StationRound => {
    const everyMs = pace.everyS(everyOf(station), 20) * 1_000;
    return {
      station,
      index,
      share: rainShare(station.at),
      drowned: station.kind === 'underpass' ? drownedNear(state.ground.network, station.at) : null,
      last: new Map(),
      // A first message soon: nobody waits an hour to see a station.
      dueMs:
        pace.startMs +
        1_000 +
        (station.scheme === 'metar'
          ? 0
          : random(pace.seed, `turn/${station.key}`).next() * Math.min(everyMs, firstWithinMs)),
    };
  });
  const wet = rounds.filter(({ station }) => wetKinds.has(station.kind));
  /** By the second in which they are due. */
  const due = new Map<number, StationRound[]>();
  const enter = (round: StationRound) => {
    const second = Math.floor(round.dueMs / 1_000);
    const list = due.get(second);
    if (list) list.push(round);
    else due.set(second, [round]);
  };
  for (const round of rounds) enter(round);
  let second = Math.floor(pace.startMs / 1_000);
  let wetFrom = 0;

  const valuesOf = ({ station, share, drowned }: StationRound) => {
    const around = {
      seed: pace.seed,
      cityMs: pace.startMs + state.nowS * 1_000,
      weather: weatherNow(state),
      rain: state.rain,
      rainShare: share,
      drowned,
    };
    return new Map(
      station.measures.map((measure) => {
        const forced = state.forced.get(`${station.key}/${measure.property}`);
        const value = forced && forced.untilS > state.nowS ? forced.value : measured(station, measure, around);
        return [measure.property, value] as const;
      }),
    );
  };
  const tell = (round: StationRound, values: ReadonlyMap<string, number>, extra: boolean) => {
    round.last = values;
    const rainMmH = weatherNow(state).rainMmH * round.share;
    state.out.push({ to: 'station', station: round.station, values, extra, rainMmH });
  };
  const hasMoved = ({ last }: StationRound, values: ReadonlyMap<string, number>) =>
    [...values].some(
      ([property, value]) => Math.abs(value - (last.get(property) ?? 0)) >= (worth[property] ?? Infinity),
    );

  return {
    /** Speaks as this station now, out of its turn. */
    now(key: string) {
      const round = rounds.find(({ station }) => station.key === key);
      if (round) tell(round, valuesOf(round), true);
    },
    tick() {
      const until = Math.floor(state.nowMs / 1_000);
      for (; second <= until; second++) {
        for (const round of due.get(second) ?? []) {
          tell(round, valuesOf(round), false);
          round.dueMs += pace.everyS(everyOf(round.station), 20) * 1_000;
          if (round.dueMs <= state.nowMs) round.dueMs = state.nowMs + 1_000;
          enter(round);
        }
        due.delete(second);
        if (weatherNow(state).rainMmH < raisedMmH) {
          wetFrom = 0;
          continue;
        }
        // Each wet gauge looks once a minute, a sixtieth of them each second.
        const lap = Math.max(1, Math.round(pace.everyS(wetEveryS, 10)));
        for (let at = wetFrom % lap; at < wet.length; at += lap) {
          const values = valuesOf(wet[at]!);
          if (hasMoved(wet[at]!, values)) tell(wet[at]!, values, true);
        }
        wetFrom += 1;
      }
    },
  };
}
