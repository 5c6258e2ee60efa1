import type { XmlElement } from '../parse-xml.ts';
import type { JsonValue } from '../read-json.ts';
import { isObject } from '../read-json-document.ts';

/** Both encodings say the same: names with texts, and lists under a name. */
export type Node = {
  text(name: string): string | null;
  /** The members of the list of that name; in XML they have a name of their own. */
  list(name: string, item: string): readonly Node[] | null;
};

export const xmlNode = (element: XmlElement): Node => ({
  text: (name) => element.children.find((child) => child.name === name)?.text.trim() || null,
  list: (name, item) => {
    const held = element.children.find((child) => child.name === name);
    return held ? held.children.filter((child) => child.name === item).map(xmlNode) : null;
  },
});

export const jsonNode = (value: JsonValue): Node => ({
  text: (name) => {
    const held = isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
    if (typeof held === 'number' || typeof held === 'boolean') return String(held);
    return typeof held === 'string' ? held.trim() || null : null;
  },
  list: (name) => {
    const held = isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
    return Array.isArray(held) ? held.map(jsonNode) : null;
  },
});
