export { bodyOf as bytesOf } from '../../testing/bytes.ts';

/** One request of our own in both encodings. */
export const request = {
  service_request_id: 'NJ-2026-1',
  status: 'open',
  status_notes: null,
  service_name: '井盖缺失',
  service_code: '0103',
  description: '路口井盖 <缺失>',
  agency_responsible: '鼓楼区城管局',
  requested_datetime: '2026-06-15T07:00:00+08:00',
  updated_datetime: '2026-06-15T07:30:00+08:00',
  expected_datetime: '2026-06-16T07:00:00+08:00',
  address: '中山路 1 号',
  zipcode: 210_000,
  lat: 32.05,
  long: 118.79,
};

const escaped = (value: unknown) => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
export const xmlOf = (requests: readonly object[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<service_requests>${requests
    .map((one) => {
      const fields = Object.entries(one).map(
        ([name, value]) => `<${name}>${value === null ? '' : escaped(value)}</${name}>`,
      );
      return `<request>${fields.join('\n')}</request>`;
    })
    .join('')}</service_requests>`;
