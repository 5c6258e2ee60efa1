import { bulletin, type WarningName, warnings } from './cap/warnings.ts';
import { reportCall } from './city-day.ts';
import { type CityState, say } from './city-state.ts';
import { callerNumber, newCall } from './day/calls.ts';
import { fireAt, nearest, trappedIn } from './day/happenings.ts';
import { spotAt } from './day/spot.ts';
import { driveOn, driveTo } from './movement.ts';
import { routesOver, underpassOf } from './network/network.ts';
import type { Action } from './scenario/scenario.ts';

/** Bulletins of one event follow one another: each names all that are still in force. */
const eventOf = (name: WarningName) => warnings[name].texts[0]!.event;

function warn(state: CityState, name: WarningName, end: boolean): void {
  const event = eventOf(name);
  const earlier = state.inForce.get(event) ?? [];
  const message = bulletin(name, state.nowMs, earlier, end);
  state.out.push({ to: 'cap', message });
  state.inForce.set(event, end ? [] : [message, ...earlier]);
}

function shut(state: CityState, underpass: string, closed: boolean): void {
  const next = new Set(state.ground.closed);
  for (const edge of underpassOf(state.ground.network, underpass).edges) {
    if (closed) next.add(edge.index);
    else next.delete(edge.index);
  }
  const { name } = underpassOf(state.ground.network, underpass).underpass;
  state.out.push({ to: 'closure', id: underpass, name, closed });
  state.ground.closed = next;
  state.ground.routes = routesOver(state.ground.network, next);
}

/** A taxi where there is one, else the last vehicle with a terminal; it is kept at the near end from the start. */
export function keepForStranding(state: CityState, underpass: string): void {
  const terminals = state.motions
    .map((motion, index) => ({ motion, index }))
    .filter(({ motion }) => motion.unit.link.startsWith('jt808'));
  const chosen = terminals.find(({ motion }) => motion.unit.kind === 'taxi' && !motion.unit.gcj02) ?? terminals.at(-1);
  if (!chosen) return;
  state.stranded = chosen.index;
  chosen.motion.held = true;
  chosen.motion.place = underpassOf(state.ground.network, underpass).edges[0]!.from;
  chosen.motion.target = chosen.motion.place;
}

const longTimeS = 1e9;

function strand(state: CityState, underpass: string): void {
  if (state.stranded === null) return;
  const unit = state.stranded;
  const motion = state.motions[unit]!;
  const [edge] = underpassOf(state.ground.network, underpass).edges;
  driveTo(motion, edge!, edge!.lengthM / 2);
  const wait = () => {
    if (motion.offsetM < edge!.lengthM / 2 - 1) {
      state.agenda.enter(state.nowS + 1, wait);
      return;
    }
    state.sosUntilS[unit] = longTimeS;
    say(state, `${motion.unit.callSign}（终端 ${motion.unit.subject.key}）熄火，按下紧急报警`);
    state.reportNow(unit);
  };
  state.agenda.enter(state.nowS + 1, wait);
}

function rescue(state: CityState): void {
  if (state.stranded === null) return;
  state.sosUntilS[state.stranded] = 0;
  driveOn(state.motions[state.stranded]!);
  state.reportNow(state.stranded);
}

function pressButton(state: CityState, forS: number): void {
  const able = state.motions.flatMap((motion, index) => (motion.unit.link.startsWith('jt808') ? [index] : []));
  if (able.length === 0) return;
  const unit = state.rng.pick(able);
  state.sosUntilS[unit] = state.nowS + forS;
  say(state, `${state.motions[unit]!.unit.callSign}（终端 ${state.motions[unit]!.unit.subject.key}）按下紧急报警`);
  state.reportNow(unit);
  state.agenda.enter(state.nowS + forS, () => state.reportNow(unit));
}

function call(state: CityState, action: Extract<Action, { do: 'call' }>): void {
  const { text, ...template } = action.call;
  const where = spotAt(state.ground.network, action.at, action.words, state.rng);
  const meta = { atMs: state.nowMs, ordinal: ++state.ordinal };
  const facts = newCall({ ...template, weight: 1, texts: [text] }, where, state.rng, meta);
  reportCall(state, { ...facts, located: true, from: callerNumber(state.rng) });
}

/** The nearest station of a scheme to a place; a thinned city may have none. */
function stationNear(state: CityState, scheme: string, place: string) {
  const { network } = state.ground;
  const at = network.places[network.indexOf.get(place) ?? -1]?.at;
  if (!at) throw new Error(`no place named ${place}`);
  return nearest(
    state.stations.filter((station) => station.scheme === scheme),
    at,
  );
}

function burn(state: CityState, { at, outAfterS }: Extract<Action, { do: 'fire' }>): void {
  const station = stationNear(state, 'gb26875', at);
  if (station) fireAt(state, station, outAfterS);
}

function trap(state: CityState, { at, people, freedAfterS }: Extract<Action, { do: 'trap' }>): void {
  const station = stationNear(state, 'lift', at);
  if (station) trappedIn(state, station, { people, freedAfterS });
}

export function perform(state: CityState, action: Action): void {
  const acts: { [K in Action['do']]: (of: Extract<Action, { do: K }>) => void } = {
    warn: ({ warning, end }) => warn(state, warning, end ?? false),
    call: (of) => call(state, of),
    close: ({ underpass }) => shut(state, underpass, true),
    open: ({ underpass }) => shut(state, underpass, false),
    strand: ({ underpass }) => strand(state, underpass),
    rescue: () => rescue(state),
    sos: ({ forS }) => pressButton(state, forS),
    fire: (of) => burn(state, of),
    trap: (of) => trap(state, of),
    silence: ({ line, forS }) => state.out.push({ to: 'silence', line, forS }),
  };
  (acts[action.do] as (of: Action) => void)(action);
}
