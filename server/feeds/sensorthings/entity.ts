import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, textOf } from '../read-json-document.ts';

/** An entity's id under the names of versions 1.0/1.1 and 2. */
export const idOf = (entity: JsonObject): string | null =>
  nameOf(entity['@iot.id']) ?? nameOf(entity['@id']) ?? nameOf(entity.id);

const quoted = (id: string) => id.replace(/^'(.*)'$/, '$1').slice(0, 200);

/** Singular and plural, from a link (`…/Datastreams(5)/Observations`, `Datastreams('a')`) or an id. */
export function keyIn(link: string | null, collection: string): string | null {
  const match = link ? new RegExp(`\\b${collection}s\\(('[^']{1,200}'|[^()'/]{1,200})\\)`).exec(link) : null;
  return match?.[1] ? `${collection}(${quoted(match[1])})` : null;
}

export function keyOf(entity: JsonValue | undefined, collection: string): string | null {
  if (!isObject(entity)) return null;
  const id = idOf(entity);
  if (id !== null) return keyIn(id, collection) ?? `${collection}(${quoted(id)})`;
  return keyIn(textOf(entity['@iot.selfLink']), collection);
}

export const listIn = (entity: JsonObject, name: string): readonly JsonValue[] | null => {
  const held = entity[name];
  if (Array.isArray(held)) return held;
  return isObject(held) && Array.isArray(held.value) ? held.value : null;
};

const hasLink = (entity: JsonObject, name: string) => `${name}@iot.navigationLink` in entity || name in entity;

export type EntityKind = 'observation' | 'datastream' | 'thing' | 'other';

/** What an object is, by what only it has; a bare observation has a result and nothing of a stream. */
export function kindOf(entity: JsonObject): EntityKind {
  if ('unitOfMeasurement' in entity || 'unitOfMeasurements' in entity) return 'datastream';
  if ('result' in entity) return 'observation';
  if (hasLink(entity, 'Observations') && hasLink(entity, 'Thing')) return 'datastream';
  if (hasLink(entity, 'Datastreams') && (hasLink(entity, 'Locations') || hasLink(entity, 'HistoricalLocations')))
    return 'thing';
  // Sensors and properties hold streams as well, and are described by what no thing has.
  const described = ['definition', 'metadata', 'encodingType', 'feature', 'location'].some((name) => name in entity);
  if (!described && (listIn(entity, 'Datastreams') || listIn(entity, 'MultiDatastreams'))) return 'thing';
  return 'other';
}
