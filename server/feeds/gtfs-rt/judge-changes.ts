import type { Deviation, RtEntity } from './message.ts';

type Changed = Pick<RtEntity, 'shape' | 'stop' | 'tripModifications'>;

/** Shapes, stops and detours that a feed brings with it: what they lack to be of use. They make no record. */
export function judgeChanges({ shape, stop, tripModifications: detour }: Changed): Deviation[] {
  const lacking = [
    [shape && !shape.shapeId, 'shape without shape_id'],
    [shape && !shape.encodedPolyline, 'shape without encoded_polyline'],
    [stop && !stop.stopId, 'stop without stop_id'],
    [stop && !stop.stopName?.translation?.length, 'stop without stop_name'],
    [stop && (stop.stopLat === undefined || stop.stopLon === undefined), 'stop without its place'],
    [stop && !(Math.abs(stop.stopLat ?? 0) <= 90 && Math.abs(stop.stopLon ?? 0) <= 180), 'stop that is nowhere'],
    [detour && !detour.selectedTrips?.some(({ tripIds }) => tripIds?.length), 'trip_modifications without trips'],
    [detour && !detour.serviceDates?.length, 'trip_modifications without service_dates'],
    [
      detour?.modifications?.some(({ startStopSelector: from }) => !from?.stopId && from?.stopSequence === undefined),
      'a modification without start_stop_selector',
    ],
  ] as const;
  return lacking.flatMap(([is, detail]) => (is ? [{ rule: 'changes', detail, flag: 'partial' as const }] : []));
}
