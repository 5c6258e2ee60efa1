import type { RefusalReason } from './refusal.ts';

/** What a document may cost before any tree is built from it. The largest real alert seen has 459 kB and depth 8. */
export const xmlLimits = {
  depth: 64,
  elements: 100_000,
  attributes: 50_000,
  attributesPerElement: 64,
  nameLength: 256,
};
export type XmlLimits = typeof xmlLimits;

export type XmlFault = { readonly reason: RefusalReason; readonly detail: string; readonly index: number };
/** `markup` is the document without declaration, comments and processing instructions: only what carries meaning goes on. */
export type ScannedXml = { readonly markup: string };

const nameStart =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u2c00-\\u2fef\\u3001-\\ud7ff';
const qualifiedName = `[${nameStart}][${nameStart}\\-.0-9\\u00b7]*(?::[${nameStart}][${nameStart}\\-.0-9\\u00b7]*)?`;
const nameAt = new RegExp(qualifiedName, 'y');
const attributeAt = new RegExp(`\\s+(${qualifiedName})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const tagEndAt = /\s*(\/?)>/y;
const closeEndAt = /\s*>/y;
const referenceAt = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z_:][\w.:-]{0,60}));/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 §2.2 forbids
const forbiddenCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
/** Names that reach into an object's prototype: no standard uses them, so nothing is lost by refusing them. */
const dangerousNames = new Set(['__proto__', 'constructor', 'prototype']);

const isXmlCharacter = (code: number) =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code > 0xffff && code <= 0x10ffff);

/** The one pass over an untrusted document: well-formed, bounded, and without DTD or entities, or a fault that says where. */
export function scanXml(text: string, limits: XmlLimits = xmlLimits): ScannedXml | XmlFault {
  const fault = (reason: RefusalReason, detail: string, index: number): XmlFault => ({ reason, detail, index });
  if (text.trim() === '') return fault('empty', 'no document', 0);
  const bad = forbiddenCharacter.exec(text);
  if (bad) return fault('syntax', 'a control character that XML does not allow', bad.index);

  const kept: string[] = [];
  const open: string[] = [];
  let at = 0;
  let elements = 0;
  let attributes = 0;
  let rootSeen = false;

  /** The next "&" from here on, remembered: looking for it anew in every piece of text would be quadratic. */
  let ampersand = -1;
  const ampersandFrom = (from: number) => {
    if (ampersand < from) {
      const found = text.indexOf('&', from);
      ampersand = found === -1 ? Number.POSITIVE_INFINITY : found;
    }
    return ampersand;
  };
  const badReference = (from: number, to: number): XmlFault | null => {
    for (let i = ampersandFrom(from); i < to; i = ampersandFrom(i + 1)) {
      referenceAt.lastIndex = i;
      const match = referenceAt.exec(text);
      if (!match || i + match[0].length > to) return fault('syntax', 'an "&" that begins no reference', i);
      if (match[4] !== undefined)
        return fault('forbidden', `entity &${match[4]}; (only the five of XML itself are read)`, i);
      const code = match[2] ? Number(match[2]) : match[3] ? Number.parseInt(match[3], 16) : 32;
      if (!isXmlCharacter(code)) return fault('syntax', 'a reference to a character that XML does not allow', i);
    }
    return null;
  };

  const openTag = (): XmlFault | null => {
    const start = at;
    nameAt.lastIndex = at + 1;
    const name = nameAt.exec(text)?.[0];
    if (!name) return fault(text.length - at < 2 ? 'truncated' : 'syntax', '"<" without a name', at);
    if (name.length > limits.nameLength) return fault('too_large', 'an element name is too long', at);
    if (dangerousNames.has(name)) return fault('forbidden', `element ${name}`, at);
    if (open.length === 0 && rootSeen) return fault('syntax', 'a second root element', at);
    if (open.length >= limits.depth) return fault('too_deep', `more than ${limits.depth} levels`, at);
    if (++elements > limits.elements) return fault('too_large', `more than ${limits.elements} elements`, at);
    let here = nameAt.lastIndex;
    const seen = new Set<string>();
    for (;;) {
      attributeAt.lastIndex = here;
      const attribute = attributeAt.exec(text);
      if (!attribute) break;
      const key = attribute[1] as string;
      if (seen.has(key)) return fault('syntax', `attribute ${key} twice`, here);
      if (dangerousNames.has(key)) return fault('forbidden', `attribute ${key}`, here);
      seen.add(key);
      if (seen.size > limits.attributesPerElement || ++attributes > limits.attributes)
        return fault('too_large', 'too many attributes', here);
      const wrong = badReference(here, attributeAt.lastIndex);
      if (wrong) return wrong;
      here = attributeAt.lastIndex;
    }
    tagEndAt.lastIndex = here;
    const end = tagEndAt.exec(text);
    if (!end)
      return fault(text.indexOf('>', here) === -1 ? 'truncated' : 'syntax', `the tag <${name}> is malformed`, here);
    if (end[1] === '') open.push(name);
    rootSeen = true;
    at = tagEndAt.lastIndex;
    kept.push(text.slice(start, at));
    return null;
  };

  const closeTag = (): XmlFault | null => {
    nameAt.lastIndex = at + 2;
    const name = nameAt.exec(text)?.[0];
    closeEndAt.lastIndex = nameAt.lastIndex;
    if (!name || !closeEndAt.test(text))
      return fault(text.indexOf('>', at) === -1 ? 'truncated' : 'syntax', 'a malformed end tag', at);
    if (open.pop() !== name) return fault('syntax', `</${name}> closes nothing that is open here`, at);
    kept.push(`</${name}>`);
    at = closeEndAt.lastIndex;
    return null;
  };

  /** Skips to the end of a comment, instruction or CDATA section. */
  const past = (end: string, from: number, what: string): XmlFault | number => {
    const found = text.indexOf(end, from);
    return found === -1 ? fault('truncated', `${what} does not end`, at) : found + end.length;
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const stop = next === -1 ? text.length : next;
    if (stop > at) {
      const chunk = text.slice(at, stop);
      if (open.length === 0 && chunk.trim() !== '')
        return fault(rootSeen ? 'syntax' : 'not_protocol', 'text outside the root element', at);
      if (chunk.includes(']]>')) return fault('syntax', '"]]>" in text', at + chunk.indexOf(']]>'));
      const wrong = badReference(at, stop);
      if (wrong) return wrong;
      if (open.length > 0) kept.push(chunk);
    }
    at = stop;
    if (next === -1) break;
    let wrong: XmlFault | null = null;
    if (text.startsWith('<!--', at) || text.startsWith('<?', at)) {
      const comment = text[at + 1] === '!';
      const end = comment ? past('-->', at + 4, 'a comment') : past('?>', at + 2, 'a processing instruction');
      if (typeof end !== 'number') return end;
      at = end;
    } else if (text.startsWith('<![CDATA[', at)) {
      if (open.length === 0) return fault('syntax', 'CDATA outside the root element', at);
      const end = past(']]>', at + 9, 'a CDATA section');
      if (typeof end !== 'number') return end;
      kept.push(text.slice(at, end));
      at = end;
    } else if (text.startsWith('<!', at)) {
      // A prefix of a comment or CDATA opener at the very end is a cut, not an attack.
      const rest = text.slice(at);
      const cut = rest.length < 9 && ('<!--'.startsWith(rest) || '<![CDATA['.startsWith(rest));
      return fault(
        cut ? 'truncated' : 'forbidden',
        cut ? 'ends in a markup opener' : 'a document type or entity declaration',
        at,
      );
    } else wrong = text[at + 1] === '/' ? closeTag() : openTag();
    if (wrong) return wrong;
  }
  if (!rootSeen) return fault('not_protocol', 'no element', 0);
  if (open.length > 0) return fault('truncated', `<${open.at(-1)}> is not closed`, text.length);
  return { markup: kept.join('') };
}
