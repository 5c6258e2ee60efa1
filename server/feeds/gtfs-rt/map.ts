import type { FeedRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { Refusal } from '../refusal.ts';
import { mapAlert, mapEnded } from './map-alert.ts';
import { mapTrip } from './map-trip.ts';
import { mapVehicle } from './map-vehicle.ts';
import type { RtFeed } from './message.ts';
import type { GtfsRtOptions } from './options.ts';

/** Vehicles → positions, trips → delays, alerts → alerts; what could not be read goes to the quarantine beside them. */
export function map(feed: RtFeed, context: MapContext<GtfsRtOptions>): readonly (FeedRecord | Refusal)[] {
  return [
    ...feed.entities.flatMap((entity): FeedRecord[] => [
      ...mapVehicle(entity, feed, context),
      ...mapTrip(entity, feed, context),
      ...mapAlert(entity, feed, context),
    ]),
    ...(feed.ended ?? []).map((one) => mapEnded(one, context)),
    ...feed.unreadable.map(({ refusal }) => refusal),
  ];
}
