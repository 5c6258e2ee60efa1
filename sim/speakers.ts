import { buses, busesPath } from './buses.ts';
import { cameras } from './cameras.ts';
import type { CityOutput, LineName } from './city-state.ts';
import { fleets } from './fleets.ts';
import { frontEnds } from './front-ends.ts';
import type { LineCounts } from './link/confirmed-line.ts';
import type { DocumentServer } from './link/document-server.ts';
import { mqttLine } from './link/mqtt-line.ts';
import type { Outbox } from './link/outbox.ts';
import type { Tokens } from './link/tokens.ts';
import { metarSpeaker } from './metar/speaker.ts';
import { payloadOf, topicOf } from './mqtt/reading.ts';
import { requestsJson } from './open311/request.ts';
import type { Options } from './options.ts';
import { posts } from './posts.ts';
import type { PushRecord, PushSource } from './push/record.ts';
import type { Random } from './random.ts';
import type { RosterUnit } from './roster.ts';
import type { Station } from './stations/station.ts';

export type SpeakersParts = {
  readonly options: Options;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly tokens: Tokens;
  /** Where what is only asked for stands; null: nobody can ask. */
  readonly documents: DocumentServer | null;
  readonly push: (source: PushSource, record: PushRecord) => void;
  readonly roster: readonly RosterUnit[];
  readonly stations: readonly Station[];
};
type Of<To extends CityOutput['to']> = Extract<CityOutput, { to: To }>;

export const documentPaths = {
  metar: '/metar/ZSNJ.txt',
  open311: '/open311/v2/requests.json',
  gtfs: busesPath,
} as const;

/** The gateway of the risk sensors. */
const mqttSource = 'emergency-sensors-mqtt';

/** Everybody's words on their way: which protocol they have, which line or post box they go by. */
export function speakers(parts: SpeakersParts) {
  const { options, rng, now, told, tokens, documents, roster } = parts;
  const shared = { options, rng, now, told };
  const ends = frontEnds(shared);
  const posted = posts({ ...shared, tokens, push: parts.push });
  const operators = fleets(roster, { ...shared, tokens });
  const timetable = buses(documents);
  const recorders = cameras(parts.stations, { ...shared, tokens });
  const clientId = `city-sim-${options.seed}-${now().toString(36)}`;
  const token = () => tokens.of(mqttSource);
  const gateway = options.mqtt ? mqttLine({ url: options.mqtt, clientId, token, now, told, rng }) : null;
  const sayMetar = metarSpeaker();
  const all = () => [...ends.lines.map(({ line }) => line), ...operators.lines()];

  return {
    station({ station, values, extra, rainMmH }: Of<'station'>, atMs: number) {
      switch (station.scheme) {
        case 'hj212':
          return ends.hj212(station, values, atMs);
        case 'sl651':
          return ends.sl651(station, values, { atMs, extra });
        case 'mqtt':
          return gateway?.box.put({
            topic: topicOf(mqttSource, station),
            payload: payloadOf(station, values, atMs),
          });
        case 'metar': {
          const body = sayMetar(station, values, { atMs, rainMmH });
          return documents?.publish(documentPaths.metar, { contentType: 'text/plain', body });
        }
        default:
          return posted.byScheme[station.scheme]?.(station, values, atMs);
      }
    },
    panel: ({ station, saying }: Of<'panel'>, atMs: number) => ends.panel(station, saying, atMs),
    vessel: ({ vessel, what }: Of<'vessel'>, atMs: number) => ends.vessel(vessel, what, atMs),
    fleet({ unit, location }: Of<'fleet'>): void {
      const of = roster[unit]!;
      if (of.link === 'gtfs') timetable.report(of, location);
      else operators.report(of, location);
    },
    closure({ id, name, closed }: Of<'closure'>, atMs: number): void {
      timetable.detour({ id, name, fromMs: atMs }, !closed);
    },
    filed({ requests }: Of<'filed'>): void {
      documents?.publish(documentPaths.open311, { contentType: 'application/json', body: requestsJson(requests) });
    },
    silence(name: LineName, untilMs: number): void {
      for (const { of, line } of ends.lines) if (of === name) line.silence(untilMs);
      if (name === 'jt809') operators.silence(untilMs);
      if (name === 'mqtt') gateway?.silence(untilMs);
    },
    turn(): void {
      for (const { line } of ends.lines) line.turn();
      operators.turn();
      timetable.turn(now());
      recorders.turn();
    },
    camerasInWords: () => `录像机在线 ${recorders.online()}/${recorders.count}`,
    boxes: [...posted.boxes, ...(gateway ? [gateway.box] : [])] as readonly Pick<Outbox<object>, 'flush' | 'counts'>[],
    counts: (): LineCounts[] => all().map((line) => line.counts()),
    close: () => Promise.all([...all().map((line) => line.close()), gateway?.close(), recorders.close()]),
  };
}
