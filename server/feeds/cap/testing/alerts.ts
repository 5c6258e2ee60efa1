import { isRefusal, type Refusal } from '@/server/feeds/refusal.ts';
import type { AlertRecord } from '@/server/wire/record.ts';
import type { CapDocument } from '../message.ts';
import { cap } from '../protocol.ts';

/** Messages written by hand from the tables of CAP 1.2 §3.2, for tests. */
export const bytes = (text: string) => new TextEncoder().encode(text);
export const ns12 = 'urn:oasis:names:tc:emergency:cap:1.2';

type Parts = Partial<
  Record<
    'identifier' | 'sender' | 'sent' | 'status' | 'msgType' | 'scope' | 'extra' | 'info' | 'namespace' | 'tail',
    string
  >
>;

export const infoXml = (inside = '', event = '<event>暴雨</event>') =>
  `<info><language>zh-CN</language><category>Met</category>${event}<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>${inside}</info>`;

export function alertXml(parts: Parts = {}): string {
  const field = (name: keyof Parts, normal: string) => {
    const value = parts[name] ?? normal;
    return value === '' ? '' : `<${name}>${value}</${name}>`;
  };
  return [
    `<alert xmlns="${parts.namespace ?? ns12}">`,
    field('identifier', 'NJ-2025-07-01-001'),
    field('sender', 'nj.weather'),
    field('sent', '2025-07-01T08:00:00+08:00'),
    field('status', 'Actual'),
    field('msgType', 'Alert'),
    field('scope', 'Public'),
    parts.extra ?? '',
    parts.info ?? infoXml(),
    parts.tail ?? '',
    '</alert>',
  ].join('');
}

export const decodeText = (text: string) => cap.decode(bytes(text));
export const areaXml = (inside: string) => infoXml(`<area><areaDesc>江宁区</areaDesc>${inside}</area>`);

const context = { receivedAt: null, crs: 'wgs84', options: {} } as const;

/** The records of a document that must be readable. */
export function recordsOf(
  input: string | Uint8Array,
  settings: Partial<typeof context> | { crs: 'gcj02' | 'unknown' } = {},
): AlertRecord[] {
  const document = cap.decode(typeof input === 'string' ? bytes(input) : input);
  if (isRefusal(document)) throw new Error(`refused: ${document.refused} ${document.detail}`);
  return cap.map(document, { ...context, ...settings }).filter((one): one is AlertRecord => !isRefusal(one));
}

export const refusalOf = (input: string | Uint8Array): Refusal | CapDocument =>
  cap.decode(typeof input === 'string' ? bytes(input) : input);
