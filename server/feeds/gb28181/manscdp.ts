import { parseXmlText, type XmlElement } from '../parse-xml.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { type DeviceCode, readCode } from './code.ts';
import { type BodyText, readText } from './read-text.ts';

/** What an element holds: text, or its children by name; several of one name are a list. */
export type Value = string | Values | readonly (string | Values)[];
export type Values = { readonly [name: string]: Value };

export const roots = ['Notify', 'Response', 'Query', 'Control'] as const;
export type Root = (typeof roots)[number];

/** A MANSCDP document, GB/T 28181 annex A. */
export type Manscdp = {
  readonly root: Root;
  /** CmdType: Keepalive, Catalog, Alarm … */
  readonly command: string;
  readonly sn: string | null;
  readonly deviceId: string;
  readonly code: DeviceCode | null;
  readonly encoding: 'utf-8' | 'gb18030';
  readonly brokenCharacters: number;
  /** Everything else in its own words; passwords are blanked. */
  readonly values: Values;
};

const secretName = /(?:password|passwd|pwd)/i;
export const isSecretName = (name: string): boolean => secretName.test(name);
const blanked = '******';

function valuesOf(element: XmlElement): Values {
  const values = new Map<string, string | Values | (string | Values)[]>();
  for (const child of element.children) {
    const [value, held] = [contentOf(child), values.get(child.name)];
    if (held === undefined) values.set(child.name, value);
    else if (Array.isArray(held)) held.push(value);
    else values.set(child.name, [held, value]);
  }
  for (const [name, value] of element.attributes) values.set(`@${name}`, isSecretName(name) ? blanked : value);
  return Object.fromEntries(values);
}

function contentOf(element: XmlElement): string | Values {
  if (isSecretName(element.name)) return element.text.trim() === '' && element.children.length === 0 ? '' : blanked;
  return element.children.length > 0 || element.attributes.size > 0 ? withText(element) : element.text.trim();
}

const withText = (element: XmlElement): Values => {
  const text = element.text.trim();
  return text === '' ? valuesOf(element) : { ...valuesOf(element), '#text': text };
};

/** Names are matched without their case: DeviceID, DeviceId and deviceID are all seen. */
export function heldIn(values: Values, name: string): Value | null {
  if (Object.hasOwn(values, name)) return values[name] as Value;
  const wanted = name.toLowerCase();
  const found = Object.keys(values).find((key) => key.toLowerCase() === wanted);
  return found === undefined ? null : (values[found] as Value);
}

/** The text of a field; the first of several; null where it is empty or absent. */
export function textIn(values: Values, name: string): string | null {
  const held = heldIn(values, name);
  const first = Array.isArray(held) ? held[0] : held;
  if (typeof first === 'string') return first === '' ? null : first;
  const text = first && typeof first === 'object' ? (first as Values)['#text'] : null;
  return typeof text === 'string' ? text : null;
}

export function valuesIn(values: Values, name: string): Values | null {
  const held = heldIn(values, name);
  const first = Array.isArray(held) ? held[0] : held;
  return first && typeof first === 'object' ? (first as Values) : null;
}

/** The items of `<list><item>…</item></list>`, whether one, several or none. */
export function itemsIn(values: Values, list: string, item = 'Item'): readonly Values[] {
  const holder = valuesIn(values, list);
  const held = holder ? heldIn(holder, item) : null;
  const all = Array.isArray(held) ? held : held === null ? [] : [held];
  return all.filter((one): one is Values => typeof one === 'object');
}

/** `sender`: whose message it came in; notifications of the 2016 edition do not say it again. */
export function readManscdp(bytes: Uint8Array, sender: string | null): Manscdp | Refusal {
  const read = readText(bytes);
  if (isRefusal(read)) return read;
  const element = parseXmlText(read.text.trim(), offsetIn(bytes, read));
  if (isRefusal(element)) return element;
  const root = roots.find((name) => name.toLowerCase() === element.name.toLowerCase());
  if (!root) return refuse('not_protocol', `<${element.name.slice(0, 64)}> is no MANSCDP document`);
  const all = valuesOf(element);
  const [command, deviceId] = [textIn(all, 'CmdType'), textIn(all, 'DeviceID') ?? sender];
  if (!command) return refuse('schema', 'no CmdType');
  if (!deviceId) return refuse('schema', 'no DeviceID');
  if (!/^[\w.-]{1,64}$/.test(command)) return refuse('value', 'CmdType is no name');
  if (!/^[\w.@:-]{1,64}$/.test(deviceId)) return refuse('value', 'DeviceID is no code');
  const values = Object.fromEntries(Object.entries(all).filter(([name]) => !named.has(name.toLowerCase())));
  const { encoding, broken: brokenCharacters } = read;
  const sn = textIn(all, 'SN')?.slice(0, 64) ?? null;
  return { root, command, sn, deviceId, code: readCode(deviceId), encoding, brokenCharacters, values };
}

/** Where in the bytes a character of the trimmed text stood; null where that cannot be said cheaply. */
function offsetIn(bytes: Uint8Array, { text, encoding }: BodyText): (index: number) => number | null {
  const blank = text.length - text.trimStart().length;
  const skipped = bytes[0] === 0xef ? 3 : 0;
  if (text.length + skipped === bytes.length) return (index) => skipped + blank + index;
  if (encoding !== 'utf-8') return () => null;
  return (index) => skipped + Buffer.byteLength(text.slice(0, blank + index));
}

/** These have a place of their own. */
const named = new Set(['cmdtype', 'sn', 'deviceid']);
