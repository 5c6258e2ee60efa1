import type { XmlElement } from '../parse-xml.ts';
import type { JsonValue } from '../read-json.ts';
import { isObject } from '../read-json-document.ts';

/** Both encodings say the same: names with texts, and lists under a name. */
export type Node = {
  text(name: string): string | null;
  /** What stands under that name as a thing of its own. */
  inner(name: string): Node | null;
  /** Its own text. */
  readonly own: string | null;
  /** The members of the list of that name; in XML they have a name of their own. */
  list(name: string, item: string): readonly Node[] | null;
};

export const xmlNode = (element: XmlElement): Node => ({
  own: element.text.trim() || null,
  inner: (name) => {
    const held = element.children.find((child) => child.name === name);
    return held ? xmlNode(held) : null;
  },
  text: (name) => element.children.find((child) => child.name === name)?.text.trim() || null,
  list: (name, item) => {
    const held = element.children.find((child) => child.name === name);
    return held ? held.children.filter((child) => child.name === item).map(xmlNode) : null;
  },
});

const under = (value: JsonValue, name: string): JsonValue =>
  isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;

/** Converters from XML make lists of single texts. */
function plain(held: JsonValue): string | null {
  if (Array.isArray(held)) return held.length === 1 ? plain(held[0] ?? null) : null;
  if (typeof held === 'number' || typeof held === 'boolean') return String(held);
  return typeof held === 'string' ? held.trim() || null : null;
}

export const jsonNode = (value: JsonValue): Node => ({
  own: plain(value),
  text: (name) => plain(under(value, name)),
  inner: (name) => {
    const held = under(value, name);
    const one = Array.isArray(held) && held.length === 1 ? (held[0] ?? null) : held;
    return isObject(one) ? jsonNode(one) : null;
  },
  list: (name, item) => {
    const held = under(value, name);
    return Array.isArray(held) ? unwrapped(held, item).map(jsonNode) : null;
  },
});

/** `[{request: [{…}, {…}]}]`, as converters from XML write lists. */
export function unwrapped(list: readonly JsonValue[], item: string): JsonValue[] {
  return list.flatMap((one) => {
    const held = isObject(one) && Object.keys(one).length === 1 ? one[item] : undefined;
    return Array.isArray(held) ? held : isObject(held) ? [held] : [one];
  });
}
