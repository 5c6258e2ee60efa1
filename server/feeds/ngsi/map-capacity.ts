import type { CapacityRecord, QualityFlag } from '@/server/wire/record.ts';
import { cut } from '../read-json-document.ts';
import {
  correctionOf,
  countIn,
  envelopeOf,
  heldIn,
  type NgsiContext,
  nameIn,
  stampOf,
  stateOf,
  whenOf,
  whenSaid,
} from './envelope.ts';
import { bikeTypes, chargingTypes, parkingTypes, spotTypes, visitedTypes } from './known-types.ts';
import type { NgsiEntity } from './message.ts';

type State = CapacityRecord['state'];
type Held = {
  readonly resource: string;
  readonly available: number | null;
  readonly maximum: number | null;
  readonly state: State;
  readonly flags: readonly QualityFlag[];
};

const states: Readonly<Record<string, State>> = {
  ...{ working: 'open', open: 'open', almostEmpty: 'open', empty: 'open', outOfService: 'closed', closed: 'closed' },
  ...{ withIncidence: 'limited', almostFull: 'limited', full: 'full', abandoned: 'closed' },
  ...{ operational: 'open', free: 'open', occupied: 'full', planned: 'closed', reserved: 'full' },
};

/** A station says in one or several words how it is; the worst of them counts. */
function stateIn(entity: NgsiEntity): { state: State | null; flags: QualityFlag[] } {
  const stated = heldIn(entity, 'status');
  const words = (Array.isArray(stated) ? stated : [stated]).filter((word) => typeof word === 'string' && word !== '');
  const known = words.flatMap((word) =>
    Object.hasOwn(states, word as string) ? [states[word as string] as State] : [],
  );
  const worst = (['closed', 'full', 'limited', 'open'] as const).find((state) => known.includes(state));
  return { state: worst ?? null, flags: words.length > known.length ? ['enum_unknown'] : [] };
}

const checked = (available: number | null, maximum: number | null): QualityFlag[] =>
  available !== null && maximum !== null && available > maximum ? ['over_range'] : [];

function bikesOf(entity: NgsiEntity): Held[] {
  const { state, flags } = stateIn(entity);
  const maximum = countIn(entity, 'totalSlotNumber');
  return [
    ['bike', countIn(entity, 'availableBikeNumber')] as const,
    ['bike-dock', countIn(entity, 'freeSlotNumber')] as const,
  ].map(([resource, available]) => ({
    resource,
    available,
    maximum,
    // "Full" and "empty" speak of bikes; how many there are is said by the count.
    state: state === 'closed' || state === 'limited' ? state : available === null ? (state ?? 'unknown') : 'open',
    flags: [...flags, ...checked(available, maximum)],
  }));
}

function parkingOf(entity: NgsiEntity): Held[] {
  const { state, flags } = stateIn(entity);
  const maximum = countIn(entity, 'totalSpotNumber');
  const occupied = countIn(entity, 'occupiedSpotNumber');
  const counted = maximum !== null && occupied !== null && occupied <= maximum ? maximum - occupied : null;
  const available = countIn(entity, 'availableSpotNumber') ?? counted;
  const byCount = available === null ? 'unknown' : available === 0 ? 'full' : 'open';
  return [
    {
      resource: 'parking',
      available,
      maximum,
      state: state ?? byCount,
      flags: [...flags, ...checked(available, maximum)],
    },
  ];
}

/** A place by itself says whether it is taken. */
function spotOf(entity: NgsiEntity): Held[] {
  const { state, flags } = stateIn(entity);
  const available = state === 'open' ? 1 : state === null ? null : 0;
  return [{ resource: 'parking', available, maximum: 1, state: state ?? 'unknown', flags }];
}

function chargersOf(entity: NgsiEntity): Held[] {
  const { state, flags } = stateIn(entity);
  const [maximum, available] = [countIn(entity, 'capacity'), countIn(entity, 'availableCapacity')];
  const byCount = available === null ? 'unknown' : available === 0 ? 'full' : 'open';
  return [
    {
      resource: 'charging-point',
      available,
      maximum,
      state: state ?? byCount,
      flags: [...flags, ...checked(available, maximum)],
    },
  ];
}

const inside = ['peopleInside', 'currentOccupancy', 'peopleOccupancy', 'visitorCount', 'peopleCount'];
const allowed = ['maximumCapacity', 'maximumAttendeeCapacity', 'maximumAllowedOccupancy', 'peopleCapacity', 'capacity'];
const firstCount = (entity: NgsiEntity, names: readonly string[]) =>
  names.map((name) => countIn(entity, name)).find((count) => count !== null) ?? null;
/** From here on a visited place has to act (LB/T 034: four fifths of what is approved). */
const crowded = 0.8;

/** Visitors against the number approved. Without that number they are a count, which is a reading. */
function visitorsOf(entity: NgsiEntity): Held[] {
  const maximum = firstCount(entity, allowed);
  const now = firstCount(entity, inside);
  if (maximum === null || maximum === 0 || now === null) return [];
  const { state } = stateIn(entity);
  const byCount = now >= maximum ? 'full' : now >= maximum * crowded ? 'limited' : 'open';
  return [
    {
      resource: 'site-visitors',
      available: Math.max(0, maximum - now),
      maximum,
      state: state === 'closed' ? 'closed' : byCount,
      flags: now > maximum ? ['over_range'] : [],
    },
  ];
}

/** When places were counted: said of the count itself, or beside it, before any change of the entity. */
function countedAt(entity: NgsiEntity, context: NgsiContext) {
  const own = entity.attributes.availableSpotNumber?.[0]?.observedAt;
  const text = own ?? entity.attributes.occupiedSpotNumber?.[0]?.observedAt ?? nameIn(entity, 'occupancyModified');
  return parkingTypes.has(entity.type) && text ? whenSaid(text, context) : null;
}

const holders: readonly (readonly [ReadonlySet<string>, (entity: NgsiEntity) => Held[]])[] = [
  [bikeTypes, bikesOf],
  [parkingTypes, parkingOf],
  [spotTypes, spotOf],
  [chargingTypes, chargersOf],
  [visitedTypes, visitorsOf],
];

const heldBy = (entity: NgsiEntity): Held[] => holders.find(([types]) => types.has(entity.type))?.[1](entity) ?? [];

export function mapCapacity(entity: NgsiEntity, context: NgsiContext): CapacityRecord[] {
  const held = heldBy(entity);
  if (held.length === 0) return [];
  const when = countedAt(entity, context) ?? whenOf(entity, context);
  const { envelope, flags: place } = envelopeOf(entity, context);
  const facility = cut(nameIn(entity, 'stationName', 'name', 'alternateName') ?? envelope.subject.key, 512);
  return held.map(({ resource, available, maximum, state, flags: own }) => {
    const flags = new Set<QualityFlag>([...own, ...when.flags, ...place]);
    // More people than are allowed is what happened, not what is doubtful.
    const doubted = new Set([...flags].filter((flag) => flag !== 'over_range' || resource !== 'site-visitors'));
    return {
      kind: 'capacity',
      ...envelope,
      observedAt: when.at,
      quality: { state: available === null ? 'missing' : stateOf(doubted), flags: [...flags] },
      dedupeKey: ['ngsi', envelope.subject.key, resource, stampOf(when.at, context.receivedAt)].join('|'),
      revision: correctionOf(when.at, envelope.sourceAt),
      facility,
      resource,
      available,
      baseline: null,
      maximum,
      state,
      asOf: when.at,
    };
  });
}
