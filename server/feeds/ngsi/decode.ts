import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, readJsonDocument, textOf } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { knownTypes } from './known-types.ts';
import type { NgsiDocument, NgsiEntity, NgsiValue } from './message.ts';
import { localName, member, readAttribute } from './read-attribute.ts';

export const maxFrameBytes = 5 * 1024 * 1024;
const mostEntities = 5_000;
const mostAttributes = 500;
/** The longest id and type of NGSI v2. */
const longestId = 256;

const notAttributes = new Set(['id', '@id', 'type', '@type', '@context', 'geometry', 'properties', 'bbox', 'scope']);
const notifications = new Set(['Notification', 'ContextSourceNotification']);

/** An entity may be several things; the one we know counts. */
function typeOf(of: JsonObject): string | null {
  const stated = of.type ?? of['@type'];
  const names = (Array.isArray(stated) ? stated : [stated]).flatMap((one) => textOf(one) ?? []).map(localName);
  return names.find((name) => knownTypes.has(name)) ?? names[0] ?? null;
}

function readEntity(value: JsonValue, at: number): NgsiEntity | Refusal {
  const where = `entity ${at}`;
  if (!isObject(value)) return refuse('schema', `${where}: not an object`);
  const feature = value.type === 'Feature' && isObject(value.properties);
  const body = feature ? (value.properties as JsonObject) : value;
  const id = nameOf(value.id) ?? nameOf(value['@id']) ?? nameOf(body.id);
  const type = typeOf(body);
  if (!id) return refuse('schema', `${where}: no id`);
  if (!type) return refuse('schema', `${where}: no type`);
  if (id.length > longestId || type.length > longestId) return refuse('value', `${where}: an id or type too long`);
  const entries = Object.entries(body).filter(([name]) => !notAttributes.has(name));
  if (entries.length > mostAttributes) return refuse('too_large', `${where}: more than ${mostAttributes} attributes`);
  const attributes: Record<string, readonly NgsiValue[]> = {};
  for (const [name, attribute] of entries) {
    const local = localName(name);
    if (!Object.hasOwn(attributes, local)) attributes[local] = readAttribute(attribute);
  }
  if (feature && !attributes.location && isObject(value.geometry)) attributes.location = readAttribute(value.geometry);
  return { id, type, attributes };
}

function listOf(root: JsonValue): { form: NgsiDocument['form']; entities: JsonValue[] } | Refusal {
  if (Array.isArray(root)) return { form: 'entities', entities: root };
  const of = root as JsonObject;
  const { data } = of;
  if ('subscriptionId' in of || notifications.has(localName(textOf(of.type) ?? ''))) {
    if (Array.isArray(data)) return { form: 'notification', entities: data };
    if (isObject(data) && Array.isArray(data.features)) return { form: 'notification', entities: data.features };
    return refuse('schema', 'a notification without "data"');
  }
  if (Array.isArray(of.entities)) return { form: 'batch', entities: of.entities };
  if (of.type === 'FeatureCollection')
    return Array.isArray(of.features)
      ? { form: 'feature-collection', entities: of.features }
      : refuse('schema', 'a FeatureCollection without "features"');
  if (of.type === 'Feature') return { form: 'feature', entities: [root] };
  const entity = of.id !== undefined || of['@id'] !== undefined || of.type !== undefined || of['@type'] !== undefined;
  return entity
    ? { form: 'entities', entities: [root] }
    : refuse('not_protocol', 'neither entity, list nor notification');
}

export function decode(bytes: Uint8Array): NgsiDocument | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const body = readJsonDocument(bytes);
  if ('refused' in body) return body;
  const list = listOf(body.json);
  if ('refused' in list) return list;
  if (list.entities.length > mostEntities) return refuse('too_large', `more than ${mostEntities} entities`);
  const read = list.entities.map(readEntity);
  const unreadable = read.filter(isRefusal);
  // One entity that is none is a body that is none; one of many costs only itself.
  if (read.length === 1 && unreadable[0]) return unreadable[0];
  const entities = read.filter((one): one is NgsiEntity => !isRefusal(one));
  const notifiedAt = isObject(body.json) ? textOf(member(body.json, 'notifiedAt')) : null;
  return { form: list.form, notifiedAt, entities, unreadable };
}
