import type { LonLat } from '../geo.ts';
import { ProtoWriter } from './proto-writer.ts';

/** A GTFS Realtime snapshot as the simulator's bus company means it, written out from the reference of the standard. */
export type BusTrip = {
  readonly tripId: string;
  readonly routeId: string;
  readonly directionId: 0 | 1;
  /** `YYYYMMDD` of the service day. */
  readonly startDate: string;
};

export type Bus = {
  readonly id: string;
  readonly label: string;
  readonly plate: string;
  readonly trip: BusTrip | null;
  /** Null underground. */
  readonly at: LonLat | null;
  readonly headingDeg: number | null;
  readonly speedMps: number | null;
  readonly odometerM: number | null;
  readonly stop: { readonly id: string; readonly sequence: number; readonly status: keyof typeof stopStatus } | null;
  readonly occupancy: keyof typeof occupancies | null;
  readonly occupancyPercentage: number | null;
  readonly carriages: readonly { readonly label: string; readonly occupancy: keyof typeof occupancies }[];
  readonly measuredAtMs: number;
};

export type TripDelay = {
  readonly trip: BusTrip;
  readonly vehicleId: string | null;
  readonly delayS: number;
  readonly stops: readonly {
    readonly stopId: string;
    readonly sequence: number;
    readonly delayS: number;
    readonly arrivesAtMs: number;
  }[];
  readonly measuredAtMs: number;
};

export type ServiceAlert = {
  readonly id: string;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly cause: keyof typeof causes;
  readonly effect: keyof typeof effects;
  readonly severity: keyof typeof severities;
  readonly routes: readonly string[];
  readonly stops: readonly string[];
  readonly header: readonly Wording[];
  readonly description: readonly Wording[];
  readonly url: string | null;
};
type Wording = { readonly language: string; readonly text: string };

export type Snapshot = {
  readonly madeAtMs: number;
  readonly buses: readonly Bus[];
  readonly delays: readonly TripDelay[];
  readonly alerts: readonly ServiceAlert[];
};

const fullDataset = 0;
const stopStatus = { arriving: 0, standing: 1, underway: 2 } as const;
const occupancies = { empty: 0, manySeats: 1, fewSeats: 2, standing: 3, crushed: 4, full: 5, notBoardable: 8 } as const;
const causes = { technical: 3, accident: 6, weather: 8, construction: 10, police: 11 } as const;
const effects = { noService: 1, reduced: 2, delays: 3, detour: 4, stopMoved: 9 } as const;
const severities = { info: 2, warning: 3, severe: 4 } as const;

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / 1000));

const trip =
  ({ tripId, routeId, directionId, startDate }: BusTrip) =>
  (into: ProtoWriter) =>
    into.text(1, tripId).text(3, startDate).whole(4, 0).text(5, routeId).whole(6, directionId);

const bus = (of: Bus) => (into: ProtoWriter) => {
  const { at, stop } = of;
  into.message(1, of.trip && trip(of.trip));
  into.message(
    2,
    at &&
      ((position) =>
        position.float(1, at[1]).float(2, at[0]).float(3, of.headingDeg).double(4, of.odometerM).float(5, of.speedMps)),
  );
  if (stop) into.whole(3, stop.sequence).whole(4, stopStatus[stop.status]);
  into.whole(5, seconds(of.measuredAtMs));
  if (stop) into.text(7, stop.id);
  into.message(8, (vehicle) => vehicle.text(1, of.id).text(2, of.label).text(3, of.plate));
  into.whole(9, of.occupancy === null ? null : occupancies[of.occupancy]).whole(10, of.occupancyPercentage);
  for (const [index, carriage] of of.carriages.entries())
    into.message(11, (part) =>
      part
        .text(1, `${of.id}-${index + 1}`)
        .text(2, carriage.label)
        .whole(3, occupancies[carriage.occupancy])
        .whole(5, index + 1),
    );
};

const delay = (of: TripDelay) => (into: ProtoWriter) => {
  into.message(1, trip(of.trip));
  for (const stop of of.stops)
    into.message(2, (update) =>
      update
        .whole(1, stop.sequence)
        .message(2, (arrival) => arrival.whole(1, stop.delayS).whole(2, seconds(stop.arrivesAtMs)))
        .text(4, stop.stopId),
    );
  into.message(3, of.vehicleId === null ? null : (vehicle) => vehicle.text(1, of.vehicleId));
  into.whole(4, seconds(of.measuredAtMs)).whole(5, of.delayS);
};

const wordings = (texts: readonly Wording[]) => (into: ProtoWriter) => {
  for (const { text, language } of texts) into.message(1, (translation) => translation.text(1, text).text(2, language));
};

const alert = (of: ServiceAlert) => (into: ProtoWriter) => {
  if (of.fromMs !== null || of.untilMs !== null)
    into.message(1, (period) => period.whole(1, seconds(of.fromMs)).whole(2, seconds(of.untilMs)));
  for (const route of of.routes) into.message(5, (selector) => selector.text(2, route));
  for (const stop of of.stops) into.message(5, (selector) => selector.text(5, stop));
  into.whole(6, causes[of.cause]).whole(7, effects[of.effect]);
  into.message(8, of.url === null ? null : wordings([{ language: 'zh-CN', text: of.url }]));
  into.message(10, wordings(of.header)).message(11, wordings(of.description));
  into.whole(14, severities[of.severity]);
};

/** All that is true now: whoever reads it forgets what an earlier one said. */
export function encodeSnapshot({ madeAtMs, buses, delays, alerts }: Snapshot): Buffer {
  const feed = new ProtoWriter();
  feed.message(1, (header) => header.text(1, '2.0').whole(2, fullDataset).whole(3, seconds(madeAtMs)));
  const entity = (id: string, field: number, write: (into: ProtoWriter) => unknown) =>
    feed.message(2, (into) => into.text(1, id).message(field, write));
  for (const of of delays) entity(`trip-${of.trip.tripId}`, 3, delay(of));
  for (const of of buses) entity(`bus-${of.id}`, 4, bus(of));
  for (const of of alerts) entity(of.id, 5, alert(of));
  return feed.finish();
}
