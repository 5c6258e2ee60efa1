import { decodeText } from '../decode-text.ts';
import { parseXmlText, type XmlElement } from '../parse-xml.ts';
import type { JsonValue } from '../read-json.ts';
import { isObject, readJsonDocument } from '../read-json-document.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Open311Document } from './message.ts';
import { jsonNode, type Node, unwrapped, xmlNode } from './node.ts';
import { readAttribute, readRequest, readService } from './read-node.ts';

export const maxFrameBytes = 5 * 1024 * 1024;
const mostItems = 5_000;

type Encoding = Open311Document['encoding'];

/** A saved answer begins with its headers; its status says what an error is. */
const headAt = /^HTTP\/\d(?:\.\d)?[ \t]+(\d{3})[^\r\n]{0,200}\r?\n(?:[\w-]{1,64}:[^\r\n]{0,2000}\r?\n){0,64}\r?\n/;
const longestHead = 16_384;

function cutHead(bytes: Uint8Array): { readonly status: string | null; readonly body: Uint8Array } {
  const head = headAt.exec(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestHead)).toString('latin1'),
  );
  return head ? { status: head[1] ?? null, body: bytes.subarray(head[0].length) } : { status: null, body: bytes };
}

/** The first byte that is no white space, mark or zero tells the encoding. */
const isXml = (bytes: Uint8Array): boolean => {
  const first = bytes.subarray(0, 256).find((byte) => ![0, 9, 10, 13, 32, 0xef, 0xbb, 0xbf, 0xfe, 0xff].includes(byte));
  return first === 0x3c;
};

export function decode(bytes: Uint8Array): Open311Document | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const { status, body } = cutHead(bytes);
  if (!isXml(body)) {
    const read = readJsonDocument(body);
    return 'refused' in read ? read : fromJson(read.json, status);
  }
  const text = decodeText(body);
  if (isRefusal(text)) return text;
  const root = parseXmlText(text.text, text.byteOffset);
  return isRefusal(root) ? root : fromXml(root, status);
}

/** Where a city's endpoints are: of GeoReport, and no request. */
const aDiscovery = refuse('unsupported', 'a discovery document: poll the requests of an endpoint that it names');

/** An extension of FixMyStreet: what changed, without what it changed on. */
const updates = refuse('unsupported', 'updates of requests: poll the requests themselves');

const failed = (description: string, code: string | null): Open311Document => ({
  encoding: 'json',
  unreadable: [],
  kind: 'errors',
  errors: [{ code, description: description.slice(0, 2_000) }],
});

const readable = <T>(one: T | Refusal): one is T => !isRefusal(one);

type Kind = 'requests' | 'services' | 'errors';

function fromXml(root: XmlElement, status: string | null): Open311Document | Refusal {
  const items = (name: string) => root.children.filter((child) => child.name === name).map(xmlNode);
  if (root.name === 'discovery') return aDiscovery;
  if (root.name === 'service_requests' || root.name === 'requests') return listed('xml', 'requests', items('request'));
  if (root.name === 'request') return listed('xml', 'requests', [xmlNode(root)]);
  if (root.name === 'service_request_updates' || root.name === 'service_requests_updates') return updates;
  if (root.name === 'services') return listed('xml', 'services', items('service'));
  if (root.name === 'service_definition') {
    const attributes = xmlNode(root).list('attributes', 'attribute') ?? items('attribute');
    return definition('xml', xmlNode(root), attributes);
  }
  if (root.name === 'errors') return listed('xml', 'errors', items('error'));
  // Not of the standard, and sent all the same: the words alone.
  if (root.name === 'error') {
    const description = xmlNode(root).text('description') ?? root.text.trim();
    return { ...failed(description, xmlNode(root).text('code') ?? status), encoding: 'xml' };
  }
  return refuse('not_protocol', `<${root.name.slice(0, 60)}> is no answer of GeoReport`);
}

const wrappers: readonly [string, Kind][] = [
  ['service_requests', 'requests'],
  ['requests', 'requests'],
  ['services', 'services'],
  ['errors', 'errors'],
];

const itemsOf: Readonly<Record<Kind, string>> = { requests: 'request', services: 'service', errors: 'error' };

function fromJson(json: JsonValue, status: string | null): Open311Document | Refusal {
  const node = jsonNode(json);
  if (isObject(json)) {
    if (Array.isArray(json.endpoints) && !('service_request_id' in json)) return aDiscovery;
    const [name, kind] = wrappers.find(([one]) => Array.isArray(json[one])) ?? [];
    if (name && kind) return listed('json', kind, unwrapped(json[name] as JsonValue[], itemsOf[kind]).map(jsonNode));
    if (Array.isArray(json.service_request_updates)) return updates;
    const failure = json.error ?? (json.service_request_id === undefined ? json.message : undefined);
    if (typeof failure === 'string' && failure !== '')
      return failed(failure, node.text('code') ?? node.text('status') ?? status);
    const attributes = node.list('attributes', 'attribute');
    if (attributes && node.text('service_code') !== null && node.text('service_request_id') === null)
      return definition('json', node, attributes);
  }
  const items = (Array.isArray(json) ? json : [json]).map(jsonNode);
  const first = items[0];
  if (!first) return { encoding: 'json', unreadable: [], kind: 'requests', requests: [] };
  const has = (...names: string[]) => items.some((item) => names.some((name) => item.text(name) !== null));
  if (has('service_request_id', 'token')) return listed('json', 'requests', items);
  if (has('service_code')) return listed('json', 'services', items);
  if (has('description') && has('code')) return listed('json', 'errors', items);
  return refuse('not_protocol', 'neither requests, services, a definition nor errors');
}

function definition(encoding: Encoding, root: Node, nodes: readonly Node[]): Open311Document | Refusal {
  const serviceCode = root.text('service_code');
  if (serviceCode === null) return refuse('schema', 'a definition without service_code');
  const read = nodes.slice(0, mostItems).map(readAttribute);
  const attributes = read.filter(readable);
  return { encoding, unreadable: read.filter(isRefusal), kind: 'definition', serviceCode, attributes };
}

/** What a request says beyond its id; with none of it, it is the receipt of one that was filed. */
const said = ['status', 'service_code', 'requested_datetime', 'description'];

function listed(encoding: Encoding, kind: Kind, nodes: readonly Node[]): Open311Document | Refusal {
  if (nodes.length > mostItems) return refuse('too_large', `more than ${mostItems} ${kind}`);
  if (kind === 'errors') {
    const errors = nodes.map((node) => ({
      code: node.text('code'),
      description: (node.text('description') ?? '').slice(0, 2_000),
    }));
    return { encoding, unreadable: [], kind, errors };
  }
  if (kind === 'services') {
    const read = nodes.map(readService);
    return { encoding, unreadable: read.filter(isRefusal), kind, services: read.filter(readable) };
  }
  const receipts = nodes.every((node) => !said.some((name) => node.text(name) !== null));
  const filed = nodes.map((node) => ({ id: node.text('service_request_id'), token: node.text('token') }));
  if (receipts && nodes.length > 0 && filed.every(({ id, token }) => id !== null || token !== null))
    return { encoding, unreadable: [], kind: 'filed', filed };
  const read = nodes.map(readRequest);
  const unreadable = read.filter(isRefusal);
  if (read.length === 1 && unreadable[0]) return unreadable[0];
  return { encoding, unreadable, kind, requests: read.filter(readable) };
}
