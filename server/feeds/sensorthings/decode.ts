import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, readJsonDocument, textOf } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { ucumOf } from '../units.ts';
import { idOf, keyIn, keyOf, kindOf, listIn } from './entity.ts';
import type { Component, Observation, SensorThingsDocument, Stream } from './message.ts';

export const maxFrameBytes = 5 * 1024 * 1024;
const mostObservations = 20_000;
const mostComponents = 100;

const emptyStream: Stream = {
  key: null,
  thing: null,
  name: null,
  property: null,
  components: [],
  location: null,
  feature: null,
};

/** The stream that an observation or a data array holds, which says by its name of which collection it is. */
type Held = { readonly entity: JsonObject; readonly collection: StreamCollection };
type StreamCollection = 'Datastream' | 'MultiDatastream';
const streamCollections: readonly StreamCollection[] = ['Datastream', 'MultiDatastream'];

function heldBy(entity: JsonObject): Held | null {
  for (const collection of streamCollections) {
    const held = entity[collection];
    if (isObject(held)) return { entity: held, collection };
  }
  return null;
}

/** Told by the stream's own link, which is there when only some of its members were asked for. */
const streamCollectionOf = (entity: JsonObject): StreamCollection | null => {
  const link = /\b((?:Multi)?Datastream)s\([^()]*\)$/.exec(textOf(entity['@iot.selfLink']) ?? '');
  return streamCollections.find((name) => name === link?.[1]) ?? null;
};

const linkOf = (entity: JsonObject): string | null =>
  streamCollections
    .flatMap((name) => [`${name}@iot.navigationLink`, `${name}@iot.selfLink`])
    .map((name) => textOf(entity[name]))
    .find((link) => link !== null) ?? null;

const firstLocation = (thing: JsonObject): JsonValue => {
  const [place] = listIn(thing, 'Locations') ?? [];
  return isObject(place) ? (place.location ?? null) : null;
};

/** A name, or the last word of what defines it. */
function propertyOf(observed: JsonValue | undefined): string | null {
  if (!isObject(observed)) return null;
  return textOf(observed.name) ?? textOf(observed.definition)?.replace(/^.*[/#:]/, '') ?? null;
}

/** The first of symbol, definition and name that is a unit we know; where none is, what people would read. */
function unitOf(unit: JsonValue | undefined): string | null {
  if (!isObject(unit)) return null;
  const written = [unit.symbol, unit.definition, unit.name].map(textOf).filter((text) => text !== null);
  return written.find((text) => ucumOf(text) !== null) ?? written[0] ?? null;
}

const isCount = (type: JsonValue | undefined): boolean => textOf(type)?.endsWith('OM_CountObservation') ?? false;

/** What the stream itself says, on top of what is known from around it. */
function readStream({ entity, collection: named }: Held, around: Stream): Stream {
  const thing = isObject(entity.Thing) ? entity.Thing : null;
  const multi = Array.isArray(entity.unitOfMeasurements) ? entity.unitOfMeasurements : null;
  const properties = listIn(entity, 'ObservedProperties') ?? [];
  const types = listIn(entity, 'multiObservationDataTypes') ?? [];
  const components: Component[] = multi
    ? multi.slice(0, mostComponents).map((unit, at) => ({
        property: propertyOf(properties[at]),
        unit: unitOf(unit),
        counts: isCount(types[at]),
      }))
    : [
        {
          property: propertyOf(entity.ObservedProperty) ?? around.property,
          unit: unitOf(entity.unitOfMeasurement),
          counts: isCount(entity.observationType),
        },
      ];
  const collection = multi ? 'MultiDatastream' : named;
  return {
    ...around,
    key: keyOf(entity, collection) ?? around.key,
    thing:
      keyOf(thing ?? undefined, 'Thing') ?? keyIn(textOf(entity['Thing@iot.navigationLink']), 'Thing') ?? around.thing,
    name: textOf(entity.name) ?? around.name,
    components,
    location: (thing ? firstLocation(thing) : null) ?? around.location,
  };
}

/** `…/Things(1)/Datastreams(5)/Observations?$skip=100` names the stream for all that the answer holds. */
const streamIn = (link: string | null): Stream => ({
  ...emptyStream,
  key: keyIn(link, 'MultiDatastream') ?? keyIn(link, 'Datastream'),
  thing: keyIn(link, 'Thing'),
});

/** What a place, a feature or a property says of all that is expanded into it. */
const seenFrom = (entity: JsonObject, around: Stream): Stream => ({
  ...around,
  location: entity.location ?? around.location,
  feature: entity.feature ?? around.feature,
  property: 'definition' in entity ? propertyOf(entity) : around.property,
});

/** The standard's plural, and what one server writes. */
const columnsOf = ({ components, component }: JsonObject): readonly JsonValue[] =>
  Array.isArray(components) ? components : Array.isArray(component) ? component : [];

export function decode(bytes: Uint8Array): SensorThingsDocument | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const body = readJsonDocument(bytes);
  return 'refused' in body ? body : collect(body.json);
}

function collect(root: JsonValue): SensorThingsDocument | Refusal {
  const observations: Observation[] = [];
  const unreadable: Refusal[] = [];
  const others: Record<string, number> = {};
  let known = false;

  function observation(entity: JsonObject, around: Stream): void {
    const own = heldBy(entity);
    const named = { ...around, key: around.key ?? streamIn(linkOf(entity)).key };
    const feature = isObject(entity.FeatureOfInterest) ? (entity.FeatureOfInterest.feature ?? null) : around.feature;
    observations.push({
      id: idOf(entity),
      stream: own ? readStream(own, named) : named,
      phenomenonTime: textOf(entity.phenomenonTime),
      resultTime: textOf(entity.resultTime),
      result: entity.result ?? null,
      resultQuality: entity.resultQuality ?? null,
      feature,
    });
  }

  /** The data array extension: names of columns once, then rows. */
  function dataArray(entity: JsonObject, around: Stream): void {
    const columns = columnsOf(entity).map((name) => (typeof name === 'string' ? name : ''));
    const own = heldBy(entity);
    const stream = own ? readStream(own, around) : { ...around, key: streamIn(linkOf(entity)).key ?? around.key };
    for (const row of entity.dataArray as JsonValue[]) {
      if (observations.length > mostObservations) return;
      if (!Array.isArray(row) || row.length !== columns.length) {
        unreadable.push(
          refuse('length', `a row of ${Array.isArray(row) ? row.length : 0} for ${columns.length} columns`),
        );
        continue;
      }
      const named: Record<string, JsonValue> = Object.create(null);
      for (const [at, column] of columns.entries()) named[column === 'id' ? '@iot.id' : column] = row[at] ?? null;
      observation(named, stream);
    }
  }

  function visit(value: JsonValue, around: Stream, inStreams: StreamCollection | null = null): void {
    if (observations.length > mostObservations) return;
    if (!isObject(value)) {
      unreadable.push(refuse('schema', 'an entry that is no entity'));
      return;
    }
    if (columnsOf(value).length > 0 && Array.isArray(value.dataArray)) {
      known = true;
      dataArray(value, around);
      return;
    }
    const collection = inStreams ?? streamCollectionOf(value);
    const kind = collection ? 'datastream' : kindOf(value);
    if (kind !== 'other') known = true;
    if (kind === 'observation') {
      observation(value, around);
      return;
    }
    const before = observations.length;
    if (kind === 'datastream') {
      within(value, readStream({ entity: value, collection: collection ?? 'Datastream' }, around));
    } else if (kind === 'thing') {
      const location = firstLocation(value) ?? around.location;
      within(value, { ...around, thing: keyOf(value, 'Thing') ?? around.thing, location });
    } else if (Object.keys(value).some((key) => key.includes('@iot.'))) {
      known = true;
      within(value, seenFrom(value, around));
    }
    if (observations.length === before) others[kind] = (others[kind] ?? 0) + 1;
  }

  function within(entity: JsonObject, around: Stream): void {
    for (const name of ['Things', 'Observations']) for (const one of listIn(entity, name) ?? []) visit(one, around);
    for (const name of streamCollections) for (const one of listIn(entity, `${name}s`) ?? []) visit(one, around, name);
  }

  const of = isObject(root) ? root : null;
  const nextLink = of ? textOf(of['@iot.nextLink']) : null;
  const collection = Array.isArray(root) ? root : of && Array.isArray(of.value) ? of.value : null;
  const around = streamIn(nextLink ?? (of ? textOf(of['@context'] ?? of['@odata.context']) : null));
  for (const one of collection ?? [root]) visit(one, around);
  if (observations.length > mostObservations) return refuse('too_large', `more than ${mostObservations} observations`);
  // An empty answer of a server is an answer; an object that has nothing of these entities is something else.
  const empty = collection !== null && collection.length === 0 && of !== null;
  if (!known && !empty) return refuse('not_protocol', 'neither observations, streams nor things');
  return { observations, others, nextLink, unreadable };
}
