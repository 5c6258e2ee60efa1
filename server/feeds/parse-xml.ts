import { XMLParser } from 'fast-xml-parser';
import { decodeText } from './decode-text.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { scanXml } from './scan-xml.ts';

export type XmlElement = {
  /** Local name: prefixes differ from sender to sender (cap:, ns2:, none) and mean nothing. */
  readonly name: string;
  readonly namespace: string | null;
  /** Attributes by local name; namespace declarations are not among them. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, CDATA included, as it stands. */
  readonly text: string;
};

type RawNode = Record<string, unknown>;
type Scope = { readonly declared: ReadonlyMap<string, string>; readonly outer: Scope | null };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
});

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The scan has let through only these references; everything else was refused before. */
const resolve = (text: string) =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));/g, (_, hex, decimal, name) =>
        name ? (named[name] as string) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
      )
    : text;

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

function lookUp(scope: Scope | null, prefix: string): string | null {
  for (let here = scope; here; here = here.outer) {
    const found = here.declared.get(prefix);
    if (found !== undefined) return found === '' ? null : found;
  }
  return prefix === 'xml' ? xmlNamespace : null;
}

const split = (name: string): [string, string] => {
  const colon = name.indexOf(':');
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
};

/** Depth is bounded by the scan, so recursion is safe here. Null when a prefix is used that nobody declared. */
function build(raw: RawNode, outer: Scope | null): XmlElement | null {
  const tag = Object.keys(raw).find((key) => key !== ':@') as string;
  const declared = new Map<string, string>();
  const attributes = new Map<string, string>();
  for (const [key, value] of Object.entries((raw[':@'] ?? {}) as Record<string, unknown>)) {
    const text = resolve(String(value));
    if (key === 'xmlns') declared.set('', text);
    else if (key.startsWith('xmlns:')) declared.set(key.slice(6), text);
    else attributes.set(split(key)[1], text);
  }
  const scope = declared.size > 0 ? { declared, outer } : outer;
  const [prefix, name] = split(tag);
  const namespace = lookUp(scope, prefix);
  if (prefix !== '' && namespace === null) return null;
  const children: XmlElement[] = [];
  let text = '';
  for (const node of raw[tag] as RawNode[]) {
    if ('#text' in node) text += resolve(String(node['#text']));
    else if ('#cdata' in node)
      text += (node['#cdata'] as RawNode[]).map((part) => String(part['#text'] ?? '')).join('');
    else {
      const child = build(node, scope);
      if (!child) return null;
      children.push(child);
    }
  }
  return { name, namespace, attributes, children, text: text.replace(/\r\n?/g, '\n') };
}

export function parseXmlText(text: string, byteOffset: (index: number) => number | null): XmlElement | Refusal {
  const scanned = scanXml(text);
  if ('reason' in scanned) return refuse(scanned.reason, scanned.detail, byteOffset(scanned.index));
  try {
    const nodes = parser.parse(scanned.markup) as RawNode[];
    const root = nodes.find((node) => !('#text' in node));
    const element = root ? build(root, null) : null;
    return element ?? refuse('syntax', 'a namespace prefix that is not declared');
  } catch (problem) {
    return refuse('syntax', problem instanceof Error ? problem.message.slice(0, 200) : 'not well-formed');
  }
}

export function parseXml(bytes: Uint8Array): XmlElement | Refusal {
  const decoded = decodeText(bytes);
  return isRefusal(decoded) ? decoded : parseXmlText(decoded.text, decoded.byteOffset);
}

/** Children of one name in the same namespace as their parent; elements of other vocabularies between them are passed over. */
export const childrenNamed = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child) => child.name === name && child.namespace === parent.namespace);

/** Trimmed text of the first such child; null where it is absent or empty. */
export const textOf = (parent: XmlElement, name: string): string | null =>
  childrenNamed(parent, name)[0]?.text.trim() || null;
