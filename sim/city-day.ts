import { type CityState, say } from './city-state.ts';
import { type CallFacts, callRecord, dailyCalls, newCall } from './day/calls.ts';
import { caseRecord, caseSteps, caseTemplates, newCase, stepAfterS } from './day/cases.ts';
import { capacityRecords, moveBeds, startBeds } from './day/hospitals.ts';
import { spot } from './day/spot.ts';
import { dry, type Weather, waterReadings } from './day/waters.ts';

/** Mean seconds between the calls of an ordinary day. */
const meanCallS = 75;
const meanCaseS = 120;

export function weatherNow(state: CityState): Weather {
  const { scenario, nowS } = state;
  if (nowS <= scenario.lengthS) return scenario.weather(nowS);
  // What the script left behind runs off within the hour.
  const last = scenario.weather(scenario.lengthS);
  return { ...dry, riseM: last.riseM * Math.exp(-(nowS - scenario.lengthS) / 1_200) };
}

export function reportCall(state: CityState, facts: CallFacts): void {
  const firstAtMs = state.nowMs;
  state.out.push({ to: 'push', source: 'police-110', record: callRecord(facts, firstAtMs) });
  const { more, moreShare = 0.35 } = facts.template;
  if (!more || !state.rng.chance(moreShare)) return;
  const text = state.rng.pick(more).replace('{n}', String(state.rng.int(2, 6)));
  state.agenda.enter(state.nowS + state.rng.between(25, 90), () => {
    const record = callRecord(facts, firstAtMs, { atMs: state.nowMs, text, revision: 1 });
    state.out.push({ to: 'push', source: 'police-110', record });
  });
}

const share = (state: CityState) => (state.nowS < state.scenario.lengthS ? state.scenario.chatter : 1);

function calls(state: CityState): void {
  const next = () => {
    const template = state.rng.weighted(dailyCalls);
    const meta = { atMs: state.nowMs, ordinal: ++state.ordinal };
    const facts = newCall(template, spot(state.ground.network, state.rng), state.rng, meta);
    reportCall(state, facts);
    say(state, `来电 ${facts.number}：${template.type}，${facts.spot.text}`);
    state.agenda.enter(state.nowS + state.rng.waiting(meanCallS / share(state)), next);
  };
  state.agenda.enter(state.rng.between(12, 25), next);
}

function cases(state: CityState): void {
  const next = () => {
    const facts = newCase(state.rng.weighted(caseTemplates), spot(state.ground.network, state.rng), {
      atMs: state.nowMs,
      ordinal: ++state.ordinal,
    });
    const stageAtMs: number[] = [];
    const bornS = state.nowS;
    const step = () => {
      stageAtMs.push(state.nowMs);
      state.out.push({ to: 'push', source: 'urban-12345', record: caseRecord(facts, stageAtMs) });
      if (stageAtMs.length < caseSteps)
        state.agenda.enter(bornS + stepAfterS(stageAtMs.length) * state.rng.between(0.9, 1.3), step);
    };
    step();
    state.agenda.enter(state.nowS + state.rng.waiting(meanCaseS), next);
  };
  state.agenda.enter(state.rng.between(18, 40), next);
}

/** The gauges' and hospitals' rounds come by the messages' clock: `everyS` is already in city seconds. */
function rounds(state: CityState, everyS: { waters: number; beds: number }, speed: number): void {
  const beds = startBeds(state.rng);
  const gauge = () => {
    const intervalS = Math.round(everyS.waters / speed);
    for (const record of waterReadings(state.ground.network, weatherNow(state), state.nowMs, intervalS))
      state.out.push({ to: 'push', source: 'water-level', record });
    state.agenda.enter(state.nowS + everyS.waters, gauge);
  };
  const count = () => {
    moveBeds(beds, weatherNow(state).bedPressure, state.rng);
    for (const record of capacityRecords(beds, state.nowMs))
      state.out.push({ to: 'push', source: 'health-capacity', record });
    state.agenda.enter(state.nowS + everyS.beds, count);
  };
  state.agenda.enter(1, gauge);
  state.agenda.enter(2, count);
}

export function ordinaryDay(state: CityState, pace: { speed: number; watersS: number; bedsS: number }): void {
  calls(state);
  cases(state);
  rounds(state, { waters: pace.watersS, beds: pace.bedsS }, pace.speed);
}
