import { cut } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Service, ServiceAttribute, ServiceRequest } from './message.ts';
import type { Node } from './node.ts';

const longestId = 256;
const mostNotes = 150;

function degrees(text: string | null): number | null {
  return text !== null && /^[+-]?\d{1,3}(?:\.\d{0,20})?$/.test(text) ? Number(text) : null;
}

export function readRequest(node: Node, at: number): ServiceRequest | Refusal {
  const id = node.text('service_request_id');
  if (id === null) return refuse('schema', `request ${at}: no service_request_id`);
  if (id.length > longestId) return refuse('value', `request ${at}: an id longer than ${longestId}`);
  const extended = node.inner('extended_attributes');
  const notes = (node.list('notes', 'note') ?? []).slice(0, mostNotes).flatMap((note) => {
    const stage = note.text('type') ?? note.text('summary') ?? note.text('description');
    return stage === null ? [] : [{ at: note.text('datetime'), stage: cut(stage, 512) }];
  });
  return {
    id,
    notes,
    detailedStatus: extended?.text('detailed_status') ?? node.text('detailed_status'),
    title: extended?.text('title') ?? node.text('title'),
    status: node.text('status'),
    statusNotes: node.text('status_notes'),
    serviceName: node.text('service_name'),
    serviceCode: node.text('service_code'),
    description: node.text('description'),
    agency: node.text('agency_responsible') ?? node.inner('agency_responsible')?.text('recipient') ?? null,
    serviceNotice: node.text('service_notice'),
    requestedAt: node.text('requested_datetime'),
    updatedAt: node.text('updated_datetime'),
    expectedAt: node.text('expected_datetime'),
    address: node.text('address') ?? node.text('address_string'),
    addressId: node.text('address_id'),
    zipcode: node.text('zipcode'),
    latitude: degrees(node.text('lat')),
    longitude: degrees(node.text('long') ?? node.text('lng') ?? node.text('lon')),
    mediaUrl: node.text('media_url'),
  };
}

export function readService(node: Node, at: number): Service | Refusal {
  const code = node.text('service_code');
  if (code === null) return refuse('schema', `service ${at}: no service_code`);
  return { code, name: node.text('service_name'), group: node.text('group'), description: node.text('description') };
}

export function readAttribute(node: Node, at: number): ServiceAttribute | Refusal {
  const code = node.text('code');
  if (code === null) return refuse('schema', `attribute ${at}: no code`);
  const values = (node.list('values', 'value') ?? []).flatMap((value) => {
    const key = value.text('key');
    return key === null ? [] : [{ key, name: value.text('name') }];
  });
  return {
    code,
    datatype: node.text('datatype'),
    required: node.text('required') === 'true',
    description: node.text('description'),
    values,
  };
}
