import { beijingStamp } from '../beijing-time.ts';
import { type CityState, say } from '../city-state.ts';
import { distanceM, type LonLat } from '../geo.ts';
import { type CallRecord, envelope, iso } from '../push/record.ts';
import { faultSteps, fireSteps, type PanelStep, partsOf, testSteps } from '../stations/panels.ts';
import type { Station } from '../stations/station.ts';

/** What now and then happens at a station on a day on which nothing happens. Means in city seconds, for the whole city. */
const hourS = 3_600;
const meanS = {
  lift: hourS,
  fault: 900,
  test: 1_800,
  smoke: 2 * hourS,
  exceedance: 0.8 * hourS,
  crowd: 2 * hourS,
  gas: 3 * hourS,
};

const ofScheme = (state: CityState, scheme: string) => state.stations.filter((station) => station.scheme === scheme);
const withProperty = (state: CityState, property: string, kind?: string) =>
  state.stations.filter(
    (station) => (!kind || station.kind === kind) && station.measures.some((measure) => measure.property === property),
  );

export function nearest(stations: readonly Station[], at: LonLat): Station | null {
  return stations.reduce<Station | null>(
    (best, each) => (!best || distanceM(each.at, at) < distanceM(best.at, at) ? each : best),
    null,
  );
}

function tell(state: CityState, station: Station, steps: readonly PanelStep[]): void {
  for (const { afterS, saying } of steps)
    state.agenda.enter(state.nowS + afterS, () => state.out.push({ to: 'panel', station, saying }));
}

/** A fire at a building with a transmitter: several components, one fire. */
export function fireAt(state: CityState, station: Station, outAfterS: number): void {
  say(state, `${station.name}：火灾报警`);
  tell(state, station, fireSteps(partsOf(station), outAfterS));
}

/** People in a lift that stands: a call of the lift's own emergency line, and its end. */
export function trappedIn(
  state: CityState,
  station: Station,
  { people, freedAfterS }: { people: number; freedAfterS: number },
): void {
  const firstMs = state.nowMs;
  const number = `DT${beijingStamp(firstMs)}${String(++state.ordinal).padStart(4, '0')}`;
  const record = (revision: number): CallRecord => ({
    kind: 'call',
    ...envelope({ scheme: 'lift', key: station.key }, revision === 0 ? firstMs : state.nowMs, {
      at: station.at,
      dedupeKey: `lift/${number}`,
      revision,
      privacy: 'restricted',
    }),
    number,
    type: '电梯困人',
    priority: 'P2',
    place: station.name,
    text: revision === 0 ? `轿厢内有 ${people} 人，物联网监测到困人` : '被困人员已救出',
    calls: [{ at: iso(firstMs), from: null, text: null }],
    units: [],
    state: revision === 0 ? 'reported' : 'closed',
    casualties: { dead: null, injured: null, trapped: revision === 0 ? people : 0, missing: null },
  });
  say(state, `${station.name}：困 ${people} 人`);
  state.out.push({ to: 'push', source: 'market-lifts', record: record(0) });
  state.agenda.enter(state.nowS + freedAfterS, () =>
    state.out.push({ to: 'push', source: 'market-lifts', record: record(1) }),
  );
}

/** A value that is not of an ordinary day, for a while, told at once and again when it is over. */
export function force(state: CityState, station: Station, of: { property: string; value: number; forS: number }): void {
  const untilS = state.nowS + of.forS;
  state.forced.set(`${station.key}/${of.property}`, { value: of.value, untilS });
  state.stationNow(station.key);
  state.agenda.enter(untilS + 1, () => {
    state.forced.delete(`${station.key}/${of.property}`);
    state.stationNow(station.key);
  });
}

type Happening = {
  readonly meanS: number;
  readonly from: readonly Station[];
  readonly run: (station: Station) => void;
};

/** Somewhat above what is allowed, as measured values pass a limit. */
const over: Readonly<Record<string, number>> = { w01018: 54, w21003: 5.4, a34013: 11, a21002: 53 };

export function happenings(state: CityState): void {
  const { rng } = state;
  const panels = ofScheme(state, 'gb26875');
  const outlets = state.stations.filter(({ kind }) => kind === 'emission');
  const of: readonly Happening[] = [
    {
      meanS: meanS.lift,
      from: ofScheme(state, 'lift'),
      run: (station) => trappedIn(state, station, { people: rng.int(1, 3), freedAfterS: rng.between(600, 1_500) }),
    },
    {
      meanS: meanS.fault,
      from: panels,
      run: (station) => tell(state, station, faultSteps(partsOf(station), rng.between(600, 3_600))),
    },
    { meanS: meanS.test, from: panels, run: (station) => tell(state, station, testSteps(partsOf(station))) },
    { meanS: meanS.smoke, from: panels, run: (station) => fireAt(state, station, rng.between(400, 900)) },
    {
      meanS: meanS.exceedance,
      from: outlets,
      run: (station) => {
        const measure = station.measures.find(({ property }) => over[property] !== undefined);
        if (measure)
          force(state, station, {
            property: measure.property,
            value: over[measure.property]!,
            forS: rng.between(700, 1_500),
          });
      },
    },
    {
      meanS: meanS.crowd,
      from: withProperty(state, 'site-visitors'),
      run: (station) => {
        const maximum = station.measures[0]?.maximum ?? 1_000;
        force(state, station, {
          property: 'site-visitors',
          value: Math.round(maximum * 0.12),
          forS: rng.between(900, 2_400),
        });
      },
    },
    {
      meanS: meanS.gas,
      from: withProperty(state, 'methane'),
      run: (station) =>
        force(state, station, { property: 'methane', value: rng.between(11, 14), forS: rng.between(400, 900) }),
    },
  ];
  for (const each of of) {
    if (each.from.length === 0) continue;
    const next = () => {
      each.run(rng.pick(each.from));
      state.agenda.enter(state.nowS + rng.waiting(each.meanS), next);
    };
    state.agenda.enter(rng.waiting(each.meanS), next);
  }
}

/** Turns that no value follows from: a transmitter says that it is well, and what its water stands at. */
export function panelRounds(state: CityState, everyS: { wellbeing: number; water: number }): void {
  const round = (
    stations: readonly Station[],
    periodS: number,
    saying: (station: Station) => CityState['out'][number],
  ) => {
    stations.forEach((station, index) => {
      const again = () => {
        state.out.push(saying(station));
        state.agenda.enter(state.nowS + periodS, again);
      };
      state.agenda.enter(5 + (periodS * (index + 0.5)) / stations.length, again);
    });
  };
  const panels = ofScheme(state, 'gb26875');
  round(panels, everyS.wellbeing, (station) => ({ to: 'panel', station, saying: { say: 'wellbeing' } }));
  const wet = panels.filter((_, index) => index % 10 === 0);
  round(wet, everyS.water, (station) => ({
    to: 'panel',
    station,
    saying: {
      say: 'water',
      tankM: 2.6 + state.rng.between(-0.15, 0.15),
      pressureKpa: 420 + state.rng.between(-18, 18),
    },
  }));
}
