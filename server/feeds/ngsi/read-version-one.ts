import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, textOf } from '../read-json-document.ts';

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** `[{name, type, value}]` → `{name: {type, value}}`. */
function byName(list: JsonValue | undefined, inner: 'metadatas' | null): { [name: string]: JsonValue } {
  const named: { [name: string]: JsonValue } = {};
  for (const one of listOf(list)) {
    const name = isObject(one) ? textOf(one.name) : null;
    if (!isObject(one) || name === null || Object.hasOwn(named, name) || name === '__proto__') continue;
    named[name] = {
      type: one.type ?? null,
      value: one.value ?? null,
      ...(inner ? { metadata: byName(one[inner], null) } : {}),
    };
  }
  return named;
}

/** What brokers of before NGSI v2 send (`contextResponses`), as entities of today. */
export function entitiesOfVersionOne(of: JsonObject): JsonValue[] {
  return listOf(of.contextResponses).map((response) => {
    const element = isObject(response) ? response.contextElement : null;
    if (!isObject(element)) return response;
    return { ...byName(element.attributes, 'metadatas'), id: element.id ?? null, type: element.type ?? null };
  });
}
