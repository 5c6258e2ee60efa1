import { aisSpeaker } from './ais/speaker.ts';
import { buses, busesPath } from './buses.ts';
import { cameras } from './cameras.ts';
import type { CityOutput, LineName } from './city-state.ts';
import { bundle, type HospitalCounts } from './fhir/report.ts';
import { type Fleets, fleets } from './fleets.ts';
import * as fireFrames from './gb26875/frame.ts';
import { gb26875Speaker } from './gb26875/speaker.ts';
import * as hjFrames from './hj212/frame.ts';
import { answered as hjAnswered } from './hj212/message.ts';
import { hj212Speaker } from './hj212/speaker.ts';
import { confirmedLine, type Line, type LineCounts, type LineOptions } from './link/confirmed-line.ts';
import type { DocumentServer } from './link/document-server.ts';
import { sendHttp } from './link/http-sender.ts';
import { mqttLine } from './link/mqtt-line.ts';
import { type Outbox, outbox } from './link/outbox.ts';
import type { Tokens } from './link/tokens.ts';
import { metarSpeaker } from './metar/speaker.ts';
import { payloadOf, topicOf } from './mqtt/reading.ts';
import { notification, offStreetParking, type Told, touristAttraction, weatherObserved } from './ngsi/entity.ts';
import { requestsJson } from './open311/request.ts';
import type { Options } from './options.ts';
import { envelope, iso, type PushRecord } from './push/record.ts';
import type { Random } from './random.ts';
import type { RosterUnit } from './roster.ts';
import { collection, thing } from './sensorthings/observation.ts';
import * as slFrames from './sl651/frame.ts';
import { sl651Speaker } from './sl651/speaker.ts';
import type { Station } from './stations/station.ts';

export type SpeakersParts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly tokens: Tokens;
  /** Where what is only asked for stands; null: nobody can ask. */
  readonly documents: DocumentServer | null;
  readonly push: (source: 'emergency-shelter', record: PushRecord) => void;
  readonly roster: readonly RosterUnit[];
  readonly stations: readonly Station[];
};
type StationSaying = Extract<CityOutput, { to: 'station' }>;
type Moment = { readonly atMs: number; readonly extra: boolean; readonly rainMmH: number };

export const documentPaths = {
  metar: '/metar/ZSNJ.txt',
  open311: '/open311/v2/requests.json',
  gtfs: busesPath,
} as const;

/** Sources that post documents of a protocol of their own. */
export const documentSources = [
  'meteorology-ngsi',
  'culture-visitors',
  'transport-parking',
  'emergency-sensorthings',
  'health-fhir',
] as const;

/** Factory settings that are printed in every manual; the platform must not keep them all the same. */
const hjPassword = '123456';
const slPassword = 0x1234;

/** How many front ends share a protocol's stations, so that one that is torn off takes only its own with it. */
const frontEnds = { hj212: 3, sl651: 4, gb26875: 3, ais: 1 } as const;

/** The gateway of the risk sensors. */
const mqttSource = 'emergency-sensors-mqtt';

/** Every station's words on their way: which protocol it has, which line or post box it goes by. */
export async function speakers(parts: SpeakersParts) {
  const { options, rng, now, told, tokens, documents } = parts;
  const lines: { readonly of: LineName; readonly line: Line }[] = [];
  const boxes: Outbox<object>[] = [];

  const open = (of: keyof typeof frontEnds, title: string, rest: Pick<LineOptions, 'cut' | 'confirms' | 'stores'>) => {
    const to = options.lines[of];
    if (!to) return null;
    const own = Array.from({ length: frontEnds[of] }, (_, index) => {
      const name = frontEnds[of] > 1 ? `${title} ${index + 1} 号线` : title;
      const line = confirmedLine({ name, to, rng, now, told, ...rest });
      lines.push({ of, line });
      return line;
    });
    return (key: string): Line => own[hashOf(key) % own.length]!;
  };
  const hj = open('hj212', 'HJ 212', { cut: hjFrames.cutFrames, confirms: (frame) => hjAnswered(frame) });
  const sl = open('sl651', 'SL 651', { cut: slFrames.cutFrames, confirms: slFrames.answered });
  const fire = open('gb26875', 'GB/T 26875.3', { cut: fireFrames.cutFrames, confirms: fireFrames.answered });
  const river = open('ais', 'AIS', { stores: false });
  const [sayHj, saySl, sayFire, sayAis] = [
    hj212Speaker(hjPassword),
    sl651Speaker(slPassword),
    gb26875Speaker(),
    aisSpeaker(),
  ];
  const sayMetar = metarSpeaker();

  /** A post box of documents for `POST /v1/<protocol>` under one source's token. */
  const post = (
    source: (typeof documentSources)[number],
    protocol: string,
    title: string,
    write: (batch: readonly object[]) => string,
  ) => {
    const box = outbox<object>({
      name: title,
      now,
      told,
      rng,
      limit: 2_000,
      batch: 100,
      send: (batch) =>
        sendHttp({
          url: new URL(`/v1/${protocol}`, options.push),
          contentType: 'application/json',
          token: tokens.of(source),
          body: write(batch),
        }),
    });
    boxes.push(box);
    return box;
  };
  const gateway = options.mqtt
    ? mqttLine({
        url: options.mqtt,
        clientId: `city-sim-${options.seed}-${now().toString(36)}`,
        token: () => tokens.of(mqttSource),
        now,
        told,
        rng,
      })
    : null;
  const operators: Fleets = fleets(parts.roster, { options, rng, now, told });
  const timetable = buses(documents);
  const recorders = await cameras(parts.stations, { options, rng, now, told });
  let notifications = 0;
  const notify = (batch: readonly object[]) => notification(batch, { number: ++notifications, atMs: now() });
  const weather = post('meteorology-ngsi', 'ngsi', '气象站 NGSI-LD', notify);
  const visitors = post('culture-visitors', 'ngsi', '景区客流 NGSI-LD', notify);
  const parking = post('transport-parking', 'ngsi', '停车 NGSI-LD', notify);
  const poles = post('emergency-sensorthings', 'sensorthings', 'SensorThings', collection);
  const beds = post('health-fhir', 'fhir', 'FHIR', (batch) => bundle(batch as readonly HospitalCounts[]));

  const told_ = ({ key, name, at }: Station, values: ReadonlyMap<string, number>, atMs: number): Told => ({
    id: key,
    name,
    at,
    observedAtMs: atMs,
    values,
  });
  const maximumOf = (station: Station, property: string) =>
    station.measures.find((measure) => measure.property === property)?.maximum ?? 0;

  const ngsi = (station: Station, values: ReadonlyMap<string, number>, { atMs }: Moment) => {
    const of = told_(station, values, atMs);
    if (station.kind === 'weather') weather.put(weatherObserved(of));
    if (station.kind === 'scenic') {
      const maximum = maximumOf(station, 'site-visitors');
      visitors.put(touristAttraction(of, { inside: maximum - values.get('site-visitors')!, maximum }));
    }
    if (station.kind === 'parking')
      parking.put(offStreetParking(of, { available: values.get('parking')!, maximum: maximumOf(station, 'parking') }));
  };

  const shelter = (station: Station, values: ReadonlyMap<string, number>, { atMs }: Moment) => {
    const [available, maximum] = [values.get('shelter-place') ?? 0, maximumOf(station, 'shelter-place')];
    parts.push('emergency-shelter', {
      kind: 'capacity',
      ...envelope({ scheme: 'shelter', key: station.key }, atMs, {
        at: station.at,
        dedupeKey: `shelter/${station.key}/${iso(atMs)}`,
      }),
      facility: station.name,
      resource: 'shelter-place',
      available,
      baseline: maximum,
      maximum,
      state: available === 0 ? 'full' : 'open',
      asOf: iso(atMs),
    });
  };

  const bySchemes: Readonly<
    Record<string, (station: Station, values: ReadonlyMap<string, number>, of: Moment) => void>
  > = {
    hj212: (station, values, { atMs }) => {
      const line = hj?.(station.key);
      for (const saying of line ? sayHj(station, values, atMs) : []) line?.put(saying);
    },
    sl651: (station, values, of) => {
      const line = sl?.(station.key);
      for (const saying of line ? saySl(station, values, of) : []) line?.put(saying);
    },
    ngsi,
    shelter,
    mqtt: (station, values, { atMs }) =>
      gateway?.box.put({ topic: topicOf(mqttSource, station), payload: payloadOf(station, values, atMs) }),
    sensorthings: ({ key, name, at }, values, { atMs }) =>
      poles.put(
        thing({
          // The register names it as a server would: `Thing(<id>)`.
          id: /^Thing\((.*)\)$/.exec(key)?.[1] ?? key,
          name,
          at,
          observedAtMs: atMs,
          values: [...values].map(([property, value]) => ({ property, value })),
        }),
      ),
    fhir: (station, values, { atMs }) =>
      beds.put({
        id: station.key,
        name: station.name,
        observedAtMs: atMs,
        counts: [...values].map(([resource, free]) => ({ resource, total: maximumOf(station, resource), free })),
      } satisfies HospitalCounts),
    metar: (station, values, of) =>
      documents?.publish(documentPaths.metar, { contentType: 'text/plain', body: sayMetar(station, values, of) }),
  };

  return {
    station({ station, values, extra, rainMmH }: StationSaying, atMs: number): void {
      bySchemes[station.scheme]?.(station, values, { atMs, extra, rainMmH });
    },
    panel({ station, saying }: Extract<CityOutput, { to: 'panel' }>, atMs: number): void {
      const line = fire?.(station.key);
      if (line) line.put(sayFire(station, saying, atMs));
    },
    vessel({ vessel, what }: Extract<CityOutput, { to: 'vessel' }>, atMs: number): void {
      river?.('').put(sayAis(vessel, what, atMs));
    },
    fleet({ unit, location }: Extract<CityOutput, { to: 'fleet' }>): void {
      const of = parts.roster[unit]!;
      if (of.link === 'gtfs') timetable.report(of, location);
      else operators.report(of, location);
    },
    closure({ id, name, closed }: Extract<CityOutput, { to: 'closure' }>, atMs: number): void {
      timetable.detour({ id, name, fromMs: atMs }, !closed);
    },
    filed({ requests }: Extract<CityOutput, { to: 'filed' }>): void {
      documents?.publish(documentPaths.open311, { contentType: 'application/json', body: requestsJson(requests) });
    },
    silence(name: LineName, untilMs: number): void {
      for (const { of, line } of lines) if (of === name) line.silence(untilMs);
      if (name === 'jt809') for (const line of operators.lines) line.silence(untilMs);
      if (name === 'mqtt') gateway?.silence(untilMs);
    },
    turn(): void {
      for (const { line } of lines) line.turn();
      for (const line of operators.lines) line.turn();
      timetable.turn(now());
      recorders?.turn();
    },
    camerasInWords: () => (recorders ? `录像机在线 ${recorders.online()}/${recorders.count}` : '无录像机'),
    boxes: [...boxes, ...(gateway ? [gateway.box] : [])] as readonly Pick<Outbox<object>, 'flush' | 'counts'>[],
    counts: (): LineCounts[] => [...lines.map(({ line }) => line), ...operators.lines].map((line) => line.counts()),
    close: () =>
      Promise.all([
        ...[...lines.map(({ line }) => line), ...operators.lines].map((line) => line.close()),
        gateway?.close(),
      ]),
  };
}

function hashOf(text: string): number {
  let hash = 7;
  for (let index = 0; index < text.length; index++) hash = (hash * 31 + text.charCodeAt(index)) >>> 0;
  return hash;
}
