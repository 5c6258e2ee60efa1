/** What Open311 GeoReport v2 says over HTTP, as far as a desk that takes reports in says it. */
export type Format = 'json' | 'xml';
export type Service = {
  readonly code: string;
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
};
export type GeoReportPath =
  | { readonly kind: 'services' | 'requests'; readonly format: Format }
  | { readonly kind: 'service'; readonly code: string; readonly format: Format }
  | { readonly kind: 'nothing'; readonly format: Format };

const base = '/v1/open311/';

/** Null: not of GeoReport at all. A format that is neither is answered in XML, which the standard requires. */
export function geoReportPath(url: string): GeoReportPath | null {
  const path = url.split('?')[0] ?? '';
  if (!path.startsWith(base)) return null;
  const [, name = '', extension = ''] = /^(.*?)(?:\.(json|xml))?$/.exec(path.slice(base.length)) ?? [];
  const format: Format = extension === 'json' ? 'json' : 'xml';
  if (extension === '') return { kind: 'nothing', format };
  if (name === 'services' || name === 'requests') return { kind: name, format };
  const code = /^services\/([^/]{1,200})$/.exec(name)?.[1];
  return code === undefined ? { kind: 'nothing', format } : { kind: 'service', code: decoded(code), format };
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that stands for itself is looked for as it is
  }
};

export type Filed = {
  readonly serviceCode: string;
  readonly serviceName: string | null;
  readonly description: string;
  readonly address: string | null;
  readonly addressId: string | null;
  readonly lat: string | null;
  readonly long: string | null;
  readonly mediaUrl: string | null;
};
export type GeoReportError = { readonly status: number; readonly description: string };

const longest = { description: 4_000, text: 500, attributes: 50 };

/** A filed report from its form. Names, numbers and addresses of whoever files it are left out: a case needs none. */
export function readFiling(
  form: URLSearchParams,
  of: { readonly services: readonly Service[]; readonly jurisdiction: string | null },
): Filed | GeoReportError {
  const text = (name: string): string | null => form.get(name)?.trim() || null;
  const wrong = (description: string, status = 400): GeoReportError => ({ status, description });
  const jurisdiction = text('jurisdiction_id');
  if (of.jurisdiction !== null && jurisdiction !== null && jurisdiction !== of.jurisdiction)
    return wrong('jurisdiction_id was not found', 404);
  const serviceCode = text('service_code');
  if (serviceCode === null) return wrong('service_code was not provided');
  const service = of.services.find(({ code }) => code === serviceCode);
  if (of.services.length > 0 && !service) return wrong('service_code was not found', 404);
  if (serviceCode.length > longest.text) return wrong('service_code is too long');
  const [lat, long] = [text('lat'), text('long')];
  const [address, addressId] = [text('address_string'), text('address_id')];
  if ((lat === null) !== (long === null)) return wrong('lat and long go together');
  for (const [name, value, most] of [
    ['lat', lat, 90],
    ['long', long, 180],
  ] as const)
    if (value !== null && !(/^-?\d{1,3}(\.\d{1,20})?$/.test(value) && Math.abs(Number(value)) <= most))
      return wrong(`${name} is not in degrees (WGS84)`);
  if (lat === null && address === null && addressId === null)
    return wrong('a location was not provided: lat and long, address_string or address_id');
  const attributes = [...form].flatMap(([name, value]) => {
    const code = /^attribute\[([^\]]{1,100})\]/.exec(name)?.[1];
    return code && value.trim() ? [`${code}: ${value.trim().slice(0, longest.text)}`] : [];
  });
  const description = [text('description') ?? '', ...attributes.slice(0, longest.attributes)]
    .filter(Boolean)
    .join('\n');
  if (description.length > longest.description)
    return wrong(`description is longer than ${longest.description} characters`);
  for (const [name, value] of [
    ['address_string', address],
    ['address_id', addressId],
  ] as const)
    if (value !== null && value.length > longest.text)
      return wrong(`${name} is longer than ${longest.text} characters`);
  const mediaUrl = text('media_url');
  const serviceName = service?.name ?? null;
  return {
    serviceCode,
    serviceName,
    description,
    address,
    addressId,
    lat,
    long,
    mediaUrl: mediaUrl?.slice(0, 2_000) ?? null,
  };
}

/** The report as GeoReport would list it: what the reader of the protocol takes, and what is kept as raw. */
export function filedDocument(id: string, filed: Filed, requestedAt: string): Uint8Array {
  const { serviceCode, serviceName, description, address, addressId, lat, long, mediaUrl } = filed;
  const request = {
    service_request_id: id,
    status: 'open',
    service_code: serviceCode,
    service_name: serviceName,
    description: description || null,
    requested_datetime: requestedAt,
    address: address ?? addressId,
    lat: lat === null ? null : Number(lat),
    long: long === null ? null : Number(long),
    media_url: mediaUrl,
  };
  return Buffer.from(JSON.stringify([request]));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 §2.2 has no place for them
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const xmlText = (value: string | null): string =>
  (value ?? '').replace(unprintable, '').replace(/[&<>]/g, (one) => entities[one] ?? one);
type Item = Readonly<Record<string, string | null>>;

/** A list in either format: in XML each item has a name of its own. */
function written(format: Format, names: readonly [string, string], items: readonly Item[]): string {
  if (format === 'json') return JSON.stringify(items);
  const inner = items.map((item) => {
    const members = Object.entries(item).map(([name, value]) => `<${name}>${xmlText(value)}</${name}>`);
    return `<${names[1]}>${members.join('')}</${names[1]}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<${names[0]}>${inner.join('')}</${names[0]}>`;
}

export const writeReceipt = (format: Format, id: string): string =>
  written(
    format,
    ['service_requests', 'request'],
    [{ service_request_id: id, service_notice: null, account_id: null }],
  );

export const writeErrors = (format: Format, { status, description }: GeoReportError): string =>
  format === 'json'
    ? JSON.stringify([{ code: status, description }])
    : written(format, ['errors', 'error'], [{ code: String(status), description }]);

export const writeServices = (format: Format, services: readonly Service[]): string => {
  const items = services.map(({ code, name, group, description }) => ({
    service_code: code,
    service_name: name,
    description: description ?? name,
    metadata: 'false',
    type: 'realtime',
    keywords: '',
    group: group ?? '',
  }));
  return format === 'json'
    ? JSON.stringify(items.map((item) => ({ ...item, metadata: false })))
    : written(format, ['services', 'service'], items);
};

/** None of our services asks for more than the standard itself does. */
export const writeDefinition = (format: Format, code: string): string =>
  format === 'json'
    ? JSON.stringify({ service_code: code, attributes: [] })
    : `<?xml version="1.0" encoding="utf-8"?>\n<service_definition><service_code>${xmlText(code)}</service_code><attributes></attributes></service_definition>`;
