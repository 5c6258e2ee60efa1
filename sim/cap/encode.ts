import { beijingDateTime } from '../beijing-time.ts';
import type { LonLat } from '../geo.ts';

/** A CAP 1.2 message as the simulator's weather office means it, written out from the OASIS standard. */
export type Colour = 'blue' | 'yellow' | 'orange' | 'red';

export type CapText = {
  readonly language: string;
  readonly event: string;
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
};

export type CapArea = {
  readonly description: string;
  /** A closed ring in GeoJSON's order; CAP wants latitude first. */
  readonly polygon: readonly LonLat[] | null;
  readonly circle: { readonly centre: LonLat; readonly radiusKm: number } | null;
  readonly districts: readonly string[];
};

export type CapMessage = {
  readonly identifier: string;
  readonly sender: string;
  readonly senderName: string;
  readonly sentAtMs: number;
  readonly status: 'Actual' | 'Exercise' | 'Test';
  readonly msgType: 'Alert' | 'Update' | 'Cancel';
  readonly references: readonly { sender: string; identifier: string; sentAtMs: number }[];
  readonly note: string | null;
  readonly category: 'Met' | 'Geo' | 'Safety';
  readonly urgency: 'Immediate' | 'Expected' | 'Future' | 'Past';
  readonly severity: 'Extreme' | 'Severe' | 'Moderate' | 'Minor';
  readonly certainty: 'Observed' | 'Likely' | 'Possible';
  readonly colour: Colour;
  readonly onsetAtMs: number;
  readonly expiresAtMs: number;
  /** One event told in several languages: one `info` each. */
  readonly texts: readonly CapText[];
  readonly areas: readonly CapArea[];
};

const colourZh: Readonly<Record<Colour, string>> = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const xmlText = (text: string) => text.replace(/[&<>"]/g, (char) => escapes[char]!);
const tag = (name: string, text: string) => `<${name}>${xmlText(text)}</${name}>`;
const named = (name: string, valueName: string, value: string) =>
  `<${name}>${tag('valueName', valueName)}${tag('value', value)}</${name}>`;
const pair = ([lon, lat]: LonLat) => `${lat.toFixed(4)},${lon.toFixed(4)}`;

function area({ description, polygon, circle, districts }: CapArea): string {
  return [
    '<area>',
    tag('areaDesc', description),
    polygon ? tag('polygon', polygon.map(pair).join(' ')) : '',
    circle ? tag('circle', `${pair(circle.centre)} ${circle.radiusKm}`) : '',
    ...districts.map((code) => named('geocode', 'GB/T 2260', code)),
    '</area>',
  ].join('');
}

function info(message: CapMessage, text: CapText): string {
  return [
    '<info>',
    tag('language', text.language),
    tag('category', message.category),
    tag('event', text.event),
    ...(message.msgType === 'Cancel' ? [tag('responseType', 'AllClear')] : [tag('responseType', 'Prepare')]),
    tag('urgency', message.urgency),
    tag('severity', message.severity),
    tag('certainty', message.certainty),
    tag('effective', beijingDateTime(message.sentAtMs)),
    tag('onset', beijingDateTime(message.onsetAtMs)),
    tag('expires', beijingDateTime(message.expiresAtMs)),
    tag('senderName', message.senderName),
    tag('headline', text.headline),
    tag('description', text.description),
    tag('instruction', text.instruction),
    named('parameter', '预警信号颜色', colourZh[message.colour]),
    ...message.areas.map(area),
    '</info>',
  ].join('');
}

/** Elements in the order of the schema (CAP 1.2 §3.4): its sequence is fixed. */
export function encodeCap(message: CapMessage): string {
  const references = message.references
    .map(({ sender, identifier, sentAtMs }) => `${sender},${identifier},${beijingDateTime(sentAtMs)}`)
    .join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">',
    tag('identifier', message.identifier),
    tag('sender', message.sender),
    tag('sent', beijingDateTime(message.sentAtMs)),
    tag('status', message.status),
    tag('msgType', message.msgType),
    tag('scope', 'Public'),
    message.note ? tag('note', message.note) : '',
    references ? tag('references', references) : '',
    ...message.texts.map((text) => info(message, text)),
    '</alert>\n',
  ].join('');
}
