import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, readJsonDocument, textOf } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { knownTypes } from './known-types.ts';
import type { NgsiDocument, NgsiEntity, NgsiValue } from './message.ts';
import { localName, member, readAttribute } from './read-attribute.ts';
import { entitiesOfVersionOne } from './read-version-one.ts';

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

/** What a broker answers instead of entities: `{error, description}`, or a problem of NGSI-LD. */
function failureOf(of: JsonObject): Refusal | null {
  const problem = /^https:\/\/uri\.etsi\.org\/ngsi-ld\/errors\/(\w+)$/.exec(textOf(of.type) ?? '')?.[1];
  const error =
    problem ?? (of.id === undefined && of.type === undefined && textOf(of.description) ? textOf(of.error) : null);
  if (!error) return null;
  const denied = /unauthori[sz]ed|forbidden|nonexistenttenant/i.test(error) || of.status === 401 || of.status === 403;
  return refuse(denied ? 'unauthorized' : 'unsupported', `the broker answers with an error: ${error.slice(0, 60)}`);
}

function listOf(root: JsonValue): { form: NgsiDocument['form']; entities: JsonValue[] } | Refusal {
  if (Array.isArray(root)) return { form: 'entities', entities: root };
  const of = root as JsonObject;
  // Over MQTT a notification travels in an envelope with its headers (ETSI GS CIM 009 §7).
  if (isObject(of.body) && isObject(of.metadata) && of.id === undefined) return listOf(of.body);
  const failure = failureOf(of);
  if (failure) return failure;
  const { data } = of;
  if (Array.isArray(of.contextResponses)) return { form: 'notification', entities: entitiesOfVersionOne(of) };
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
  const outer = isObject(body.json) ? (isObject(body.json.body) ? body.json.body : body.json) : null;
  const notifiedAt = outer ? textOf(member(outer, 'notifiedAt')) : null;
  return { form: list.form, notifiedAt, entities, unreadable };
}
