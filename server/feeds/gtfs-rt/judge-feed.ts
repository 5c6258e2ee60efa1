import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeTrip, type Verdict } from './judge-trip.ts';
import { judgeAlert, judgeVehicle } from './judge-vehicle.ts';
import { tripKey } from './keys.ts';
import { limits } from './limits.ts';
import type { Deviation, RtEntity, RtFeed, UnreadPart } from './message.ts';
import { isPosix, posixMs } from './posix-time.ts';
import { isUnread, type ReadEntity, type ReadFeed } from './read-binary.ts';
import type { MessageOf } from './schema.ts';

type Entity = MessageOf<'FeedEntity'>;
type Part = 'tripUpdate' | 'vehicle' | 'alert';

const judges: { readonly [P in Part]: (part: NonNullable<Entity[P]>) => Verdict } = {
  tripUpdate: judgeTrip,
  vehicle: judgeVehicle,
  alert: judgeAlert,
};
const partNames = { tripUpdate: 'trip_update', vehicle: 'vehicle', alert: 'alert' } as const;
const parts = Object.keys(judges) as Part[];

const aboutEntity = (id: string, refusal: Refusal, part = ''): UnreadPart => ({
  id,
  refusal: refuse(
    refusal.refused,
    `entity ${JSON.stringify(id.slice(0, 100))}${part}: ${refusal.detail}`,
    refusal.offset,
  ),
});

/** The times of an entity's own; not those that it foretells. */
const timesOf = (entity: Entity): (number | undefined)[] => [entity.tripUpdate?.timestamp, entity.vehicle?.timestamp];

type Judged = { readonly entity: RtEntity | null; readonly unread: readonly UnreadPart[] };

/** Each part stands alone: many feeds put a trip and its vehicle into one entity, and one may be sound while the other is not. */
function judgeEntity(entity: Entity, index: number, header: { deletes: boolean; at: number | null }): Judged {
  const { id } = entity;
  const none = (unread: UnreadPart): Judged => ({ entity: null, unread: [unread] });
  if (!id) return none({ id: null, refusal: refuse('schema', `entity ${index}: no id`) });
  if (id.length > limits.idLength) return none(aboutEntity(id, refuse('value', 'an id too long')));
  if (entity.isDeleted) {
    if (header.deletes) return { entity: { id, isDeleted: true, deviations: [] }, unread: [] };
    return none(aboutEntity(id, refuse('value', 'E039: is_deleted in a FULL_DATASET')));
  }
  const held = parts.filter((part) => entity[part] !== undefined);
  if (held.length === 0 && !entity.shape && !entity.stop && !entity.tripModifications)
    return none(aboutEntity(id, refuse('schema', 'nothing in it')));
  const kept: Record<string, unknown> = { ...entity };
  const deviations: Deviation[] = [];
  const unread: UnreadPart[] = [];
  for (const part of held) {
    const verdict = (judges[part] as (of: unknown) => Verdict)(entity[part]);
    if (!isRefusal(verdict)) {
      deviations.push(...verdict.slice(0, limits.repeated));
      continue;
    }
    delete kept[part];
    unread.push(aboutEntity(id, verdict, held.length > 1 ? ` ${partNames[part]}` : ''));
  }
  if (unread.length === held.length && held.length > 0) return { entity: null, unread };
  deviations.push(...judgeChanges(entity));
  for (const time of timesOf(entity)) {
    if (time && !isPosix(time))
      deviations.push({ rule: 'E001', detail: `timestamp ${time} is not POSIX seconds`, flag: 'clock_invalid' });
    else if (time && header.at !== null && time * 1000 > header.at)
      deviations.push({ rule: 'E012', detail: `timestamp ${time} after the header's`, flag: 'clock_ahead' });
  }
  return { entity: { ...(kept as Entity), id, deviations }, unread };
}

/** What only shows beside the others: names that are not unique, vehicles and trips that do not fit together. */
function judgeTogether(entities: readonly RtEntity[]): RtEntity[] {
  const ids = new Set<string>();
  const vehicles = new Set<string>();
  const vehicleOfTrip = new Map<string, string>();
  for (const { vehicle } of entities) {
    const key = tripKey(vehicle?.trip);
    if (key && vehicle?.vehicle?.id) vehicleOfTrip.set(key, vehicle.vehicle.id);
  }
  return entities.map((entity) => {
    const more: Deviation[] = [];
    if (ids.has(entity.id)) more.push({ rule: 'id', detail: `entity id ${entity.id} twice`, flag: 'duplicate' });
    ids.add(entity.id);
    const vehicleId = entity.vehicle?.vehicle?.id;
    if (vehicleId && vehicles.has(vehicleId))
      more.push({ rule: 'E052', detail: `vehicle ${vehicleId.slice(0, 80)} twice`, flag: 'duplicate' });
    if (vehicleId) vehicles.add(vehicleId);
    const serving = entity.tripUpdate?.vehicle?.id;
    const seen = vehicleOfTrip.get(tripKey(entity.tripUpdate?.trip) ?? '');
    if (serving && seen && serving !== seen)
      more.push({ rule: 'E047', detail: `vehicle ${serving.slice(0, 80)} here, another on the road`, flag: 'partial' });
    return more.length === 0 ? entity : { ...entity, deviations: [...entity.deviations, ...more] };
  });
}

function judgeHeader(header: MessageOf<'FeedHeader'>): Deviation[] | Refusal {
  const { gtfsRealtimeVersion: version, timestamp, incrementality } = header;
  if (!version) return refuse('schema', 'header: no gtfs_realtime_version');
  if (!/^\s*[12](?:\.\d{1,3})*\s*$/.test(version))
    return refuse('unsupported', `E038: gtfs_realtime_version "${version.slice(0, 40)}"`);
  const second = version.trim().startsWith('2');
  const deviations: Deviation[] = [];
  const note = (rule: string, detail: string, flag: Deviation['flag']) => void deviations.push({ rule, detail, flag });
  if (!['1.0', '2.0'].includes(version)) note('E038', `gtfs_realtime_version "${version.slice(0, 40)}"`, null);
  if (timestamp && !isPosix(timestamp))
    note('E001', `header timestamp ${timestamp} is not POSIX seconds`, 'clock_invalid');
  else if (!timestamp && second) note('E048', 'no header timestamp', 'partial');
  if (incrementality === undefined && second) note('E049', 'no incrementality', 'partial');
  if (typeof incrementality === 'number') note('enum', `incrementality ${incrementality}`, 'enum_unknown');
  return deviations;
}

/** A feed as read → what can be used of it, and what is wrong with the rest. */
export function judgeFeed({ header, entities }: ReadFeed, form: RtFeed['form']): RtFeed | Refusal {
  if (!header)
    return entities.length > 0 ? refuse('schema', 'no header') : refuse('not_protocol', 'neither header nor entity');
  const deviations = judgeHeader(header);
  if (isRefusal(deviations)) return deviations;
  const producedAt = posixMs(header.timestamp);
  const incrementality = header.incrementality === 'DIFFERENTIAL' ? 'DIFFERENTIAL' : 'FULL_DATASET';
  const of = { deletes: incrementality === 'DIFFERENTIAL', at: producedAt };
  const judged = entities.map(
    (entity: ReadEntity, index): Judged =>
      isUnread(entity) ? { entity: null, unread: [entity] } : judgeEntity(entity, index, of),
  );
  return {
    form,
    version: header.gtfsRealtimeVersion?.trim() ?? '',
    incrementality,
    producedAt,
    feedVersion: header.feedVersion || null,
    entities: judgeTogether(judged.flatMap(({ entity }) => entity ?? [])),
    unreadable: judged.flatMap(({ unread }) => unread),
    deviations,
  };
}
