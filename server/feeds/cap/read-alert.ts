import { childrenNamed, textOf, type XmlElement } from '../parse-xml.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readCapTime } from './cap-time.ts';
import { eventNameOf } from './event-names.ts';
import {
  type CapAlert,
  type CapArea,
  type CapInfo,
  type CapResource,
  type CapVersion,
  capMsgTypes,
  capScopes,
  capStatuses,
} from './message.ts';
import { isClosed, readArea, readNameValues } from './read-area.ts';

const versions: Record<string, CapVersion> = {
  'urn:oasis:names:tc:emergency:cap:1.2': '1.2',
  'urn:oasis:names:tc:emergency:cap:1.1': '1.1',
  'http://www.incident.com/cap/1.0': '1.0',
  // The national platform's own; most of its messages carry none.
  'http://com.icss.amp': '12379',
};
const beijing = '+08:00';
/** Our own bounds on what becomes a key; the standard states none. */
const longest = { identifier: 512, sender: 256, references: 500, reference: 1024, infos: 100, areas: 2_000 };

/** The version an `alert` element speaks, or null when it is not CAP. The Chinese profile mostly carries no namespace. */
export function capVersionOf(element: XmlElement): CapVersion | null {
  if (element.name !== 'alert') return null;
  if (element.namespace !== null) return versions[element.namespace] ?? null;
  return ['senderCode', 'sendTime'].some((name) => textOf(element, name) !== null) ? '12379' : null;
}

const oneOf = <T extends string>(values: readonly T[], text: string): T | null =>
  values.find((value) => value === text) ?? null;

/** CAP 1.2 §3.2.1: no spaces, commas or the characters < and & in what references are made of. */
const isKeyText = (text: string, most: number) => text.length <= most && !/[\s,<&]/.test(text);

export function readAlert(element: XmlElement): CapAlert | Refusal {
  const version = capVersionOf(element);
  if (!version) return refuse('unsupported', `alert in the namespace ${element.namespace ?? '(none)'}`);
  const chinese = version === '12379';
  const deviations: string[] = [];

  const wanted = {
    identifier: textOf(element, 'identifier'),
    sender: textOf(element, 'sender'),
    sent: textOf(element, chinese ? 'sendTime' : 'sent'),
    status: textOf(element, 'status'),
    msgType: textOf(element, 'msgType'),
    // Conditional in 1.0, where it is often left out.
    scope: textOf(element, 'scope') ?? (version === '1.0' ? 'Public' : null),
  };
  for (const [name, text] of Object.entries(wanted))
    if (text === null) return refuse('schema', `${name === 'sent' && chinese ? 'sendTime' : name} is missing or empty`);
  const { identifier, sender, sent } = wanted as Record<keyof typeof wanted, string>;

  if (!isKeyText(identifier, longest.identifier))
    return refuse('value', 'identifier is too long or holds a space, comma, < or &');
  if (!isKeyText(sender, longest.sender)) return refuse('value', 'sender is too long or holds a space, comma, < or &');
  const sentTime = readCapTime(sent, chinese ? beijing : null);
  if (!sentTime) return refuse('value', `sent "${sent.slice(0, 60)}" is not a dateTime with a zone`);
  if (!chinese && !sentTime.strict) deviations.push('sent: not in the standard’s own time pattern');
  if (sentTime.zoneAssumed) deviations.push('sendTime: zone missing, Beijing time assumed');
  const status = oneOf(capStatuses, wanted.status as string);
  if (!status) return refuse('value', `status "${String(wanted.status).slice(0, 60)}"`);
  const msgType = oneOf(capMsgTypes, wanted.msgType as string);
  if (!msgType) return refuse('value', `msgType "${String(wanted.msgType).slice(0, 60)}"`);
  const scope = oneOf(capScopes, wanted.scope as string);
  if (!scope) return refuse('value', `scope "${String(wanted.scope).slice(0, 60)}"`);

  const references = readReferences(textOf(element, 'references'), version);
  if (isRefusal(references)) return references;
  const loose = references.find((reference) => !isReference(reference, version));
  if (loose !== undefined) {
    const detail = `reference "${loose.slice(0, 120)}" is not sender,identifier,sent`;
    // A Cancel is nothing but what it refers to; a warning is not lost for a reference.
    if (msgType === 'Cancel') return refuse('value', detail);
    deviations.push(detail);
  }
  const ends = msgType === 'Cancel' || msgType === 'Update';
  // The Chinese profile leaves them optional, and its Cancel still tells people that a warning is over.
  if (msgType === 'Cancel' && references.length === 0 && !chinese)
    return refuse('schema', 'a Cancel without references cancels nothing');
  if (ends && references.length === 0)
    deviations.push(`references: missing in ${msgType === 'Update' ? 'an Update' : 'a Cancel'}`);
  if (scope === 'Restricted' && textOf(element, 'restriction') === null) deviations.push('restriction: missing');
  if (scope === 'Private' && textOf(element, 'addresses') === null) deviations.push('addresses: missing');

  const infoElements = childrenNamed(element, 'info');
  if (infoElements.length > longest.infos) return refuse('too_large', `${infoElements.length} info blocks`);
  const infos: CapInfo[] = [];
  for (const [index, infoElement] of infoElements.entries()) {
    const info = readInfo(infoElement, version, deviations);
    if (isRefusal(info)) return refuse(info.refused, `info ${index + 1}: ${info.detail}`);
    infos.push(info);
  }

  return {
    version,
    identifier,
    sender,
    senderCode: chinese ? textOf(element, 'senderCode') : null,
    sent,
    status,
    msgType,
    source: textOf(element, 'source'),
    scope,
    restriction: textOf(element, 'restriction'),
    addresses: textOf(element, 'addresses'),
    codes: textsOf(element, 'code'),
    note: textOf(element, 'note'),
    references,
    incidents: textOf(element, 'incidents'),
    infos,
    signature: element.children.some((child) => child.name === 'Signature') ? 'unverified' : 'absent',
    deviations,
  };
}

function readReferences(text: string | null, version: CapVersion): string[] | Refusal {
  const parts = text?.split(version === '12379' ? /[\s,，]+/ : /\s+/).filter((part) => part !== '') ?? [];
  if (parts.length > longest.references) return refuse('too_large', `${parts.length} references`);
  const long = parts.find((part) => part.length > longest.reference);
  return long ? refuse('value', `reference "${long.slice(0, 120)}" is too long`) : [...new Set(parts)];
}

/** `sender,identifier,sent`; bare identifiers in the Chinese profile; CAP 1.0 also knew `identifier/sender`. */
function isReference(reference: string, version: CapVersion): boolean {
  if (version === '12379' || (version === '1.0' && /^[^,/]+\/[^,]+$/.test(reference))) return true;
  const fields = reference.split(',');
  return fields.length === 3 && fields.every((field) => field !== '') && readCapTime(fields[2] as string) !== null;
}

const textsOf = (parent: XmlElement, name: string) =>
  childrenNamed(parent, name)
    .map((child) => child.text.trim())
    .filter((text) => text !== '');

function readInfo(element: XmlElement, version: CapVersion, deviations: string[]): CapInfo | Refusal {
  const chinese = version === '12379';
  const eventType = chinese ? textOf(element, 'eventType') : null;
  const event = textOf(element, 'event') ?? eventType;
  const [urgency, severity, certainty] = ['urgency', 'severity', 'certainty'].map((name) => textOf(element, name));
  const categories = textsOf(element, 'category');
  const missing = [
    event === null && (chinese ? 'eventType' : 'event'),
    !chinese && version !== '1.0' && categories.length === 0 && 'category',
    // The Chinese profile lives by its colour; the other two may be left out there.
    !chinese && !urgency && 'urgency',
    !severity && 'severity',
    !chinese && !certainty && 'certainty',
  ].filter((name) => name !== false);
  if (event === null || missing.length > 0) return refuse('schema', `${missing.join(', ')} missing or empty`);

  const areaElements = childrenNamed(element, 'area');
  if (areaElements.length > longest.areas) return refuse('too_large', `${areaElements.length} areas`);
  const areas: CapArea[] = [];
  for (const areaElement of areaElements) {
    const area = readArea(areaElement, chinese);
    if (isRefusal(area)) return area;
    if (!chinese && area.polygons.some((polygon) => !isClosed(polygon)))
      deviations.push('polygon: the last point is not the first');
    if (area.areaDesc === null) {
      if (version === '1.2' || version === '1.1') return refuse('schema', 'areaDesc missing or empty');
      deviations.push('areaDesc: missing');
    }
    areas.push(area);
  }

  const times = ['effective', 'onset', 'expires'].map((name) => {
    const text = textOf(element, name);
    if (text === null) return null;
    const time = readCapTime(text, chinese ? beijing : null);
    if (!time) deviations.push(`${name}: "${text.slice(0, 60)}" is not a dateTime with a zone`);
    else if (time.zoneAssumed) deviations.push(`${name}: zone missing, Beijing time assumed`);
    else if (!chinese && !time.strict) deviations.push(`${name}: not in the standard’s own time pattern`);
    return text;
  });

  return {
    language: textOf(element, 'language'),
    categories,
    event,
    eventType,
    eventName: eventType === null ? null : eventNameOf(eventType),
    responseTypes: textsOf(element, 'responseType'),
    urgency: urgency ?? 'Unknown',
    severity: severity ?? 'Unknown',
    certainty: certainty ?? 'Unknown',
    audience: textOf(element, 'audience'),
    eventCodes: readNameValues(element, 'eventCode'),
    effective: times[0] ?? null,
    onset: times[1] ?? null,
    expires: times[2] ?? null,
    senderName: textOf(element, 'senderName'),
    headline: textOf(element, 'headline'),
    description: textOf(element, 'description'),
    instruction: textOf(element, 'instruction'),
    web: textOf(element, 'web'),
    contact: textOf(element, 'contact'),
    parameters: readNameValues(element, 'parameter'),
    resources: childrenNamed(element, 'resource').map(readResource),
    areas,
  };
}

/** `derefUri` is passed over: it may hold megabytes of picture, and the raw bytes are kept anyway. */
const readResource = (element: XmlElement): CapResource => ({
  resourceDesc: textOf(element, 'resourceDesc'),
  mimeType: textOf(element, 'mimeType'),
  size: textOf(element, 'size'),
  uri: textOf(element, 'uri'),
  digest: textOf(element, 'digest'),
});
