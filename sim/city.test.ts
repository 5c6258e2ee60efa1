import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { encodeCap } from './cap/encode.ts';
import { type City, city, tickMs } from './city.ts';
import type { CityOutput } from './city-state.ts';
import { bearingDeg, distanceM } from './geo.ts';
import { ids } from './jt808/body.ts';
import { encodeFrame } from './jt808/frame.ts';
import { terminal } from './jt808/terminal.ts';
import { patrolNetwork, underpassOf } from './network/network.ts';
import { waterAt } from './network/river.ts';
import { requestsJson } from './open311/request.ts';
import { batchBody, type CallRecord, type CapacityRecord, type ReadingRecord } from './push/record.ts';
import type { RosterUnit } from './roster.ts';
import { flood } from './scenario/flood.ts';
import { calm } from './scenario/scenario.ts';
import { stationsFrom } from './stations/station.ts';

const startMs = Date.parse('2026-06-20T00:00:00Z');
const stations = stationsFrom(fileURLToPath(new URL('../server/places/nanjing/stations.jsonl', import.meta.url)), 400);
const options = { seed: 7, units: 240, speed: 1, scenario: flood, startMs, stations, vessels: 20 };

function run(of: City, seconds: number): CityOutput[] {
  return Array.from({ length: (seconds * 1_000) / tickMs }, () => of.tick()).flat();
}

/** A platform that accepts every terminal with the same code, so that all of a run can be looked at as bytes on the wire. */
function online(unit: RosterUnit) {
  const link = terminal({
    edition: unit.link === 'jt808-2019' ? 2019 : 2013,
    terminal: unit.subject.key,
    plate: unit.plate,
  });
  const answer = (id: number, body: string) =>
    encodeFrame({ id, edition: 2013, terminal: '1', serial: 0, body: Buffer.from(body, 'hex') }).subarray(1, -1);
  const hello = [
    ...link.connected(),
    ...link.received(answer(ids.registerReply, '000000636f6465')).send,
    ...link.received(answer(ids.platformReply, '0001010200')).send,
  ];
  return { link, hello };
}

function wire(seed: number): string {
  const town = city({ ...options, seed });
  const hash = createHash('sha256');
  const links = town.roster.map((unit) => (unit.link.startsWith('jt808') ? online(unit) : null));
  for (const each of links) for (const frame of each?.hello ?? []) hash.update(frame);
  for (const output of run(town, 120)) {
    if (output.to === 'terminal')
      for (const frame of links[output.unit]!.link.report(output.location, output.covered)) hash.update(frame);
    if (output.to === 'heartbeat') for (const frame of links[output.unit]!.link.heartbeat()) hash.update(frame);
    if (output.to === 'push') hash.update(batchBody([output.record]));
    if (output.to === 'cap') hash.update(encodeCap(output.message));
    if (output.to === 'console') hash.update(output.text);
    if (output.to === 'station')
      hash.update(`${output.station.key} ${JSON.stringify([...output.values])} ${output.extra}`);
    if (output.to === 'panel') hash.update(`${output.station.key} ${JSON.stringify(output.saying)}`);
    if (output.to === 'vessel') hash.update(`${output.what} ${JSON.stringify(output.vessel)}`);
    if (output.to === 'fleet') hash.update(`${output.unit} ${JSON.stringify(output.location)}`);
    if (output.to === 'filed') hash.update(requestsJson(output.requests));
  }
  return hash.digest('hex');
}

describe('the city', () => {
  it('says the same for the same seed and clock, byte for byte, and something else for another seed', () => {
    expect(wire(7)).toBe(wire(7));
    expect(wire(7)).not.toBe(wire(8));
  });

  it('lets nobody drive through the Yangtze', () => {
    const town = city({ ...options, units: 400, speed: 20, scenario: calm });
    const network = patrolNetwork();
    const crossings = network.edges.filter((edge) => edge.road.crossing);
    const nearCrossing = (at: readonly [number, number]) =>
      crossings.some((edge) => {
        const [a, b] = [network.places[edge.from]!.at, network.places[edge.to]!.at];
        return distanceM(a, at) + distanceM(at, b) < edge.lengthM + 30;
      });
    let crossed = 0;
    for (const output of run(town, 200)) {
      if (output.to !== 'terminal' || output.location.gcj02 || !waterAt(output.location.at)) continue;
      expect(nearCrossing(output.location.at), output.location.at.join()).toBe(true);
      crossed += 1;
    }
    expect(crossed).toBeGreaterThan(50);
  });

  it('moves units at believable speeds, without jumps', () => {
    const town = city({ ...options, scenario: calm });
    const last = new Map<number, { at: readonly [number, number]; ms: number }>();
    let driven = 0;
    for (const output of run(town, 300)) {
      if (output.to !== 'terminal') continue;
      const { at, observedAtMs, speedMps } = output.location;
      expect(speedMps).toBeLessThan(30);
      const before = last.get(output.unit);
      if (before) {
        const gone = distanceM(before.at, at);
        // 100 m for parking beside the road and the whole second of the clock.
        expect(gone).toBeLessThan(100 + (30 * (observedAtMs - before.ms + 1_000)) / 1_000);
        driven += gone;
      }
      last.set(output.unit, { at, ms: observedAtMs });
    }
    expect(driven).toBeGreaterThan(100_000);
  });

  it('reports each unit every few seconds whatever the speed', () => {
    for (const speed of [0.5, 1, 10]) {
      const town = city({ ...options, speed, scenario: calm });
      const count = run(town, 60).filter(
        (output) => output.to === 'terminal' || (output.to === 'push' && output.source === 'units-push'),
      ).length;
      const perUnit = count / options.units;
      expect(perUnit).toBeGreaterThan(3);
      expect(perUnit).toBeLessThan(61);
    }
  });

  it('hides vehicles in tunnels from their network', () => {
    const outputs = run(city({ ...options, speed: 10, scenario: calm }), 300);
    const hidden = outputs.filter((output) => output.to === 'terminal' && !output.covered);
    expect(hidden.length).toBeGreaterThan(5);
  });
});

describe('the flood', () => {
  const town = city(options);
  const outputs = run(town, 620);
  const caps = outputs.flatMap((output) => (output.to === 'cap' ? [output.message] : []));
  const records = outputs.flatMap((output) => (output.to === 'push' ? [output.record] : []));
  const of = <K extends string>(kind: K) => records.filter((record) => record.kind === kind);

  it('raises the warning from yellow to red and lifts it, with an exercise and a test beside it', () => {
    expect(caps.map(({ status, msgType, colour, references }) => [status, msgType, colour, references.length])).toEqual(
      [
        ['Exercise', 'Alert', 'red', 0],
        ['Test', 'Alert', 'blue', 0],
        ['Actual', 'Alert', 'yellow', 0],
        ['Actual', 'Update', 'orange', 1],
        ['Actual', 'Update', 'red', 2],
        ['Actual', 'Cancel', 'red', 3],
      ],
    );
    for (const message of caps) expect(XMLValidator.validate(encodeCap(message))).toBe(true);
  });

  it('has several calls about the one underpass, and a vehicle in it that asks for help', () => {
    const network = patrolNetwork();
    const { at } = underpassOf(network, 'kazimen');
    const near = (of('call') as CallRecord[]).filter(
      (call) => call.type === '下穿通道积水' && distanceM(call.geometry!.coordinates, at) < 150,
    );
    expect(near.length).toBeGreaterThanOrEqual(3);
    const sos = outputs.flatMap((output) => (output.to === 'terminal' && output.location.emergency ? [output] : []));
    expect(new Set(sos.map((output) => output.unit)).size).toBe(1);
    expect(distanceM(sos[0]!.location.at, at)).toBeLessThan(50);
    const after = outputs.filter((output) => output.to === 'terminal' && output.unit === sos[0]!.unit).at(-1);
    expect(after?.to === 'terminal' && after.location.emergency).toBe(false);
  });

  it('lets the water rise over its limits and the beds run short', () => {
    const readings = of('reading') as ReadingRecord[];
    const over = new Set(
      readings.filter((each) => each.limit !== null && each.value > each.limit).map((each) => each.subject.key),
    );
    expect([...over].sort()).toEqual(['东山水位站', '卡子门大街下穿通道', '龙蟠路下穿通道'].sort());
    expect(readings.filter((each) => each.property === 'rainfall').some((each) => each.value > 0.5)).toBe(true);
    const beds = of('capacity') as CapacityRecord[];
    expect(beds.some((each) => each.state === 'limited')).toBe(true);
    expect(beds.some((each) => each.state === 'diversion' || each.state === 'full')).toBe(true);
    expect(beds.slice(0, 16).every((each) => each.state === 'open')).toBe(true);
    expect(beds.every((each) => each.available >= 0 && each.available <= each.maximum)).toBe(true);
  });

  it('keeps traffic out of the closed underpass', () => {
    const { edges } = underpassOf(patrolNetwork(), 'kazimen');
    const middle = underpassOf(patrolNetwork(), 'kazimen').at;
    const inside = outputs.filter(
      (output) =>
        output.to === 'terminal' &&
        output.location.observedAtMs > startMs + 300_000 &&
        output.location.observedAtMs < startMs + 440_000 &&
        distanceM(output.location.at, middle) < edges[0]!.lengthM / 4,
    );
    expect(new Set(inside.map((output) => output.to === 'terminal' && output.unit)).size).toBe(1);
  });

  it('corrects calls and cases by revisions of the same fact', () => {
    for (const kind of ['call', 'case'] as const) {
      const revised = of(kind).filter((record) => record.revision > 0);
      expect(revised.length).toBeGreaterThan(0);
      for (const record of revised)
        expect(
          of(kind).some((each) => each.dedupeKey === record.dedupeKey && each.revision === record.revision - 1),
        ).toBe(true);
    }
    const keys = records.map((record) => `${record.dedupeKey}#${record.revision}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('ends its script within ten minutes', () => {
    expect(town.scriptEnded()).toBe(true);
  });

  it('sails up and down the river, on the right hand, and nowhere else', () => {
    const town = city({ ...options, vessels: 120, units: 1, speed: 20, stations: [] });
    const seen = new Map<number, { at: readonly [number, number]; courseDeg: number }[]>();
    for (const output of run(town, 300)) {
      if (output.to !== 'vessel' || output.what !== 'position') continue;
      const { at, courseDeg, index, anchored } = output.vessel;
      expect(waterAt(at), `${index} ${at.join()}`).not.toBeNull();
      if (!anchored) seen.set(index, [...(seen.get(index) ?? []), { at, courseDeg }]);
    }
    expect(seen.size).toBeGreaterThan(80);
    const ways = [...seen.values()].map((places) => {
      const [first, later] = [places[0]!, places[3]!];
      // What it says of its course is where it goes.
      const went = bearingDeg(first.at, later.at);
      const off = Math.abs(((went - first.courseDeg + 540) % 360) - 180);
      return distanceM(first.at, later.at) > 2_000 ? null : off < 60;
    });
    expect(ways.filter((way) => way === false).length).toBeLessThan(ways.length * 0.1);
  });

  it('lets every station of the register speak within its interval, and the wet ones more while it rains', () => {
    const said = new Map<string, number>();
    let extras = 0;
    for (const output of run(city({ ...options, units: 1, vessels: 0 }), 400)) {
      if (output.to !== 'station') continue;
      said.set(output.station.key, (said.get(output.station.key) ?? 0) + 1);
      if (output.extra) extras += 1;
    }
    const due = stations.filter(
      ({ scheme, intervalS, measures }) =>
        intervalS !== null && measures.length > 0 && scheme !== 'water-level' && scheme !== 'health-capacity',
    );
    for (const { key } of due) expect(said.get(key) ?? 0, key).toBeGreaterThan(0);
    expect(extras).toBeGreaterThan(5);
  });

  it('has one fire, one trapped lift and one cut line in the flood, and little on a calm hour', () => {
    const whole = stationsFrom(
      fileURLToPath(new URL('../server/places/nanjing/stations.jsonl', import.meta.url)),
      20_000,
    );
    const flooded = run(city({ ...options, units: 40, stations: whole }), 640);
    const fires = (outputs: readonly CityOutput[]) =>
      new Set(
        outputs.flatMap((output) =>
          output.to === 'panel' &&
          output.saying.say === 'states' &&
          output.saying.of.some(({ set }) => set.includes('fire'))
            ? [output.station.key]
            : [],
        ),
      );
    expect(fires(flooded).size).toBe(1);
    const lifts = flooded.flatMap((output) =>
      output.to === 'push' && output.source === 'market-lifts' ? [(output.record as CallRecord).state] : [],
    );
    expect(lifts.slice(0, 2)).toEqual(['reported', 'closed']);
    expect(flooded.filter((output) => output.to === 'silence')).toHaveLength(1);
    const quiet = run(city({ ...options, units: 40, scenario: calm, speed: 4, stations: whole }), 900);
    expect(fires(quiet).size).toBeLessThan(3);
  });
});
