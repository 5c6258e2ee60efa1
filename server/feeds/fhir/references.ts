import type { JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, textOf } from '../read-json-document.ts';

const longestKey = 256;
const geolocation = 'http://hl7.org/fhir/StructureDefinition/geolocation';

export const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function identifierOf(held: JsonValue | undefined): string | null {
  const identifier = Array.isArray(held) ? held.find((one) => isObject(one) && nameOf(one.value) !== null) : held;
  if (!isObject(identifier)) return null;
  const value = nameOf(identifier.value);
  return value === null ? null : `${textOf(identifier.system) ?? ''}|${value}`.slice(0, longestKey);
}

/** What a resource is known by from one message to the next: its id, else its number elsewhere, else its name. */
export function keyOf(resource: JsonObject, { local = false } = {}): string | null {
  const type = textOf(resource.resourceType) ?? 'Resource';
  const id = local ? null : nameOf(resource.id);
  if (id !== null) return `${type}/${id}`.slice(0, longestKey);
  const name = nameOf(resource.name);
  return identifierOf(resource.identifier) ?? (name === null ? null : `${type}/${name}`.slice(0, longestKey));
}

/** Names that hold within one message alone: `fullUrl` of a bundle's entries, `#id` of contained resources. */
export type Named = { readonly aliases: ReadonlyMap<string, string>; readonly contained: readonly JsonValue[] };

export const containedIn = (reference: JsonValue | undefined, contained: readonly JsonValue[]): JsonObject | null => {
  const path = isObject(reference) ? textOf(reference.reference) : null;
  if (!path?.startsWith('#')) return null;
  const found = contained.find((one) => isObject(one) && nameOf(one.id) === path.slice(1));
  return isObject(found) ? found : null;
};

/** `Location/12` however it was written (absolute, of a version, by the address of an entry), else `system|value`. */
export function referenceOf(reference: JsonValue | undefined, { aliases, contained }: Named): string | null {
  if (!isObject(reference)) return null;
  const held = containedIn(reference, contained);
  if (held) return keyOf(held, { local: true }) ?? identifierOf(reference.identifier);
  const path = textOf(reference.reference);
  const known = path === null ? null : aliases.get(path);
  if (known) return known;
  const transient = path === null || path.startsWith('urn:') || path.startsWith('#');
  if (transient)
    return identifierOf(reference.identifier) ?? (path?.startsWith('urn:') ? path.slice(0, longestKey) : null);
  return path
    .replace(/\/_history\/[^/]+$/, '')
    .replace(/^https?:\/\/.*\/([A-Z]\w+\/[^/]+)$/, '$1')
    .slice(0, longestKey);
}

export type Position = { readonly longitude: number; readonly latitude: number };

/** `Location.position`, or the extension of an address or of a reference. */
export function positionOf(...holders: (JsonValue | undefined)[]): Position | null {
  for (const holder of holders) {
    if (!isObject(holder)) continue;
    const { longitude, latitude } = holder;
    if (typeof longitude === 'number' && typeof latitude === 'number') return { longitude, latitude };
    const extension = listOf(holder.extension).find((one) => isObject(one) && one.url === geolocation);
    const part = (name: string) => {
      const found = isObject(extension)
        ? listOf(extension.extension).find((one) => isObject(one) && one.url === name)
        : null;
      return isObject(found) && typeof found.valueDecimal === 'number' ? found.valueDecimal : null;
    };
    const [x, y] = [part('longitude'), part('latitude')];
    if (x !== null && y !== null) return { longitude: x, latitude: y };
  }
  return null;
}
