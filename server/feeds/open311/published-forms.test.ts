import { describe, expect, it } from 'vitest';
import { type CaseRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { open311 } from './open311.ts';
import { bytesOf, request } from './testing/answers.ts';

const now = Date.UTC(2026, 5, 15);
const decode = (body: unknown) => open311.decode(bytesOf(body));
function mapped(body: unknown) {
  const document = decode(body);
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  const records = open311.map(document, { receivedAt: now, crs: 'wgs84', options: {} });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records as CaseRecord[];
}
const one = (more: object) => mapped([{ ...request, ...more }])[0]!;
const expected = { kind: 'case', number: 'NJ-2026-1', state: 'new', observedAt: now - 3_600_000 };

describe('lists as converters write them', () => {
  it.each([
    ['requests in a request', { requests: [{ request: [request] }] }],
    ['service_requests in a request', { service_requests: [{ request }] }],
    ['texts in lists of one', [Object.fromEntries(Object.entries(request).map(([name, value]) => [name, [value]]))]],
    ['empty elements as objects', [{ ...request, status_notes: {}, agency_responsible: {}, media_url: {} }]],
  ])('%s', (_, body) => {
    expect(mapped(body)).toMatchObject([expected]);
  });

  it.each([
    ['<requests><request><service_request_id>7</service_request_id><status>open</status></request></requests>'],
    ['<request><service_request_id>7</service_request_id><status>open</status></request>'],
    [
      '<service_requests type="array"><request><service_request_id type="integer">7</service_request_id><status>open</status></request></service_requests>',
    ],
    [
      '<service_requests xmlns="http://city.example/v2"><request><service_request_id>7</service_request_id><status><![CDATA[open]]></status></request></service_requests>',
    ],
  ])('%s', (body) => {
    expect(mapped(body)).toMatchObject([{ number: '7', state: 'new' }]);
  });

  it('services likewise, and a receipt with empty elements', () => {
    const services = [{ service: [{ service_code: '1', service_name: '井盖' }, { service_code: 2 }] }];
    expect(decode({ services })).toMatchObject({ kind: 'services', services: [{ code: '1' }, { code: '2' }] });
    const receipt =
      '<service_requests><request><service_request_id>293944</service_request_id><service_notice>\n\tWithin 24 hours\n</service_notice><account_id/></request></service_requests>';
    expect(decode(receipt)).toMatchObject({ kind: 'filed', filed: [{ id: '293944' }] });
    expect(decode('<service_requests>\n</service_requests>')).toMatchObject({ kind: 'requests', requests: [] });
  });
});

describe('what cities add', () => {
  it.each([
    ['investigating', 'handling'],
    ['action_scheduled', 'assigned'],
    ['fixed - council', 'checked'],
    ['no further action', 'closed'],
    ['not_responsible', 'rejected'],
    ['unable to fix', 'closed'],
    ['confirmed', 'accepted'],
  ])('the state %s', (status, state) => {
    expect(one({ status })).toMatchObject({ state, quality: { flags: [] } });
  });

  it.each([
    ['open', 'IN_PROCESS', 'handling'],
    ['open', 'RECEIVED', 'new'],
    ['open', 'SOMETHING', 'new'],
    ['closed', 'IN_PROCESS', 'closed'],
  ])('%s with the detail %s', (status, detailed_status, state) => {
    expect(one({ status, extended_attributes: { detailed_status, title: '井盖松动' } })).toMatchObject({
      state,
      title: '井盖松动',
      quality: { flags: [] },
    });
  });

  it('notes are stages between', () => {
    const notes = [
      { datetime: '2026-06-15T07:05:00+08:00', summary: 'Request opened', type: 'opened' },
      { datetime: '2026-06-15T07:20:00+08:00', summary: 'Crew assigned', description: 'x' },
      { type: 'follow_on_created' },
      {},
    ];
    expect(one({ notes }).stages.map(({ stage, at }) => [stage, at])).toEqual([
      ['requested', now - 3_600_000],
      ['opened', now - 3_300_000],
      ['Crew assigned', now - 2_400_000],
      ['follow_on_created', null],
      ['open', now - 1_800_000],
    ]);
  });

  it('an agency with recipients, in either encoding', () => {
    expect(one({ agency_responsible: { recipient: ['市政处'] } }).stages[1]).toMatchObject({ by: '市政处' });
    const xml =
      '<requests><request><service_request_id>7</service_request_id><status>open</status><updated_datetime>2026-06-15T07:30:00+08:00</updated_datetime><agency_responsible><recipient>市政处</recipient></agency_responsible></request></requests>';
    expect(mapped(xml)[0]?.stages[1]).toMatchObject({ by: '市政处' });
  });

  it.each([
    ['2026-06-15T07:00:00.123456+08:00', []],
    ['2026-06-15T07:00:00+0800', []],
    ['2026-06-14 23:00:00 +00:00', []],
    ['2026-06-14T23:00:00Z', []],
    ['2026-06-15T07:00:00', ['tz_assumed']],
  ])('the time %s', (requested_datetime, flags) => {
    const found = one({ requested_datetime });
    expect(Math.floor((found.observedAt ?? 0) / 1000)).toBe((now - 3_600_000) / 1000);
    expect(found.quality.flags).toEqual(flags);
  });

  it.each([
    [{ lat: '32.05', long: '+118.79' }, [118.79, 32.05]],
    [{ lat: '32.', long: '118' }, [118, 32]],
    [{ lat: '', long: '' }, null],
    [{ lat: null, long: 118.79 }, null],
  ])('the place %j', (more, coordinates) => {
    expect(one(more).geometry).toEqual(coordinates && { type: 'Point', coordinates });
  });
});

describe('errors of servers', () => {
  it.each([
    [{ error: 'Invalid api_key' }, 'unsupported'],
    [{ message: 'Forbidden', status: 403 }, 'unauthorized'],
    ['HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n\r\n{"error":"who are you"}', 'unauthorized'],
    [{ errors: [{ error: [{ code: '404', description: 'none' }] }] }, 'unsupported'],
  ])('%j', (body, refused) => {
    expect(mapped(body)).toMatchObject([{ refused }]);
  });

  it('updates of requests are told apart', () => {
    expect(decode('<service_request_updates><request_update/></service_request_updates>')).toMatchObject({
      refused: 'unsupported',
    });
    expect(decode({ service_request_updates: [] })).toMatchObject({ refused: 'unsupported' });
  });
});
