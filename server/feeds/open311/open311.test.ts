import { describe, expect, it } from 'vitest';
import { type CaseRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { open311 } from './open311.ts';
import { bytesOf, request, xmlOf } from './testing/answers.ts';

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

describe('requests', () => {
  const expected = {
    kind: 'case',
    number: 'NJ-2026-1',
    class: '0103',
    title: '井盖缺失',
    text: '路口井盖 <缺失>',
    place: '中山路 1 号, 210000',
    state: 'new',
    observedAt: now - 3_600_000,
    sourceAt: now - 1_800_000,
    revision: (now - 1_800_000) / 1000,
    geometry: { type: 'Point', coordinates: [118.79, 32.05] },
    stages: [
      { stage: 'requested', at: now - 3_600_000, by: null, due: now + 82_800_000 },
      { stage: 'open', at: now - 1_800_000, by: '鼓楼区城管局', due: null },
    ],
    privacy: 'restricted',
    quality: { state: 'good', flags: [] },
  };

  it.each([
    ['a list in JSON', [request]],
    ['one in JSON', request],
    ['wrapped in JSON', { service_requests: [request] }],
    ['XML', xmlOf([request])],
    ['XML behind its headers', `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n${xmlOf([request])}`],
  ])('%s', (_, body) => {
    expect(mapped(body)).toMatchObject([expected]);
  });

  it.each([
    ['Closed', 'closed', []],
    ['In Progress', 'handling', []],
    ['acknowledged', 'accepted', []],
    ['constructor', 'new', ['enum_unknown']],
    [null, 'new', ['partial']],
  ])('status %s', (status, state, flags) => {
    expect(one({ status })).toMatchObject({ state, quality: { flags } });
  });

  it.each([
    [{ lat: 0, long: 0 }, ['zero_position']],
    [{ lat: 118.79, long: 32.05 }, ['crs_suspect']],
    [{ lat: 'N32', long: 118 }, []],
  ])('%j is no place', (more, flags) => {
    expect(one(more)).toMatchObject({ geometry: null, quality: { flags } });
  });

  it('times without a zone are the option’s, and impossible ones are none', () => {
    expect(one({ requested_datetime: '2026-06-15 07:00:00' })).toMatchObject({
      observedAt: now - 3_600_000,
      quality: { flags: ['tz_assumed'] },
    });
    expect(one({ requested_datetime: '2026-13-01T00:00:00Z' }).quality.flags).toEqual(['clock_invalid', 'partial']);
  });

  it('one without an id costs only itself', () => {
    expect(mapped([request, { ...request, service_request_id: '' }])).toMatchObject([expected, { refused: 'schema' }]);
    expect(mapped(xmlOf([request, { status: 'open' }]))).toMatchObject([expected, { refused: 'schema' }]);
  });
});

describe('other answers', () => {
  it('services, definitions and receipts are messages', () => {
    expect(decode([{ service_code: '1', service_name: '井盖' }])).toMatchObject({
      kind: 'services',
      services: [{ code: '1' }],
    });
    expect(decode('<services><service><service_code>1</service_code></service></services>')).toMatchObject({
      kind: 'services',
    });
    const attribute = {
      code: 'WHERE',
      datatype: 'singlevaluelist',
      required: true,
      values: [{ key: 1, name: '人行道' }],
    };
    expect(decode({ service_code: '1', attributes: [attribute] })).toMatchObject({
      kind: 'definition',
      attributes: [{ code: 'WHERE', required: true, values: [{ key: '1', name: '人行道' }] }],
    });
    expect(decode([{ token: 't' }])).toMatchObject({ kind: 'filed', filed: [{ id: null, token: 't' }] });
    expect(mapped([{ service_request_id: '5' }])).toEqual([]);
    expect(mapped('[]')).toEqual([]);
  });

  it.each([
    [
      '<errors><error><code>403</code><description>bad api_key=abcdef123</description></error></errors>',
      'unauthorized',
    ],
    ['<errors><error><code>404</code><description>no such id</description></error></errors>', 'unsupported'],
    [[{ code: 404, description: 'no such id' }], 'unsupported'],
    ['HTTP/1.1 401 Unauthorized\n\n<error>who are you</error>', 'unauthorized'],
  ])('errors are refusals that keep no key', (body, refused) => {
    const answers = mapped(body);
    expect(answers).toMatchObject([{ refused }]);
    expect(JSON.stringify(answers)).not.toContain('abcdef123');
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'empty'],
    ['{"a":1}', 'not_protocol'],
    ['<html></html>', 'not_protocol'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><service_requests/>', 'forbidden'],
    ['<service_requests><request>', 'truncated'],
    [`<service_requests>${'<a>'.repeat(70)}`, 'too_deep'],
    ['[{"service_request_id":"1","service_request_id":"2"}]', 'value'],
    ['[{"service_request_id":', 'truncated'],
    [JSON.stringify(Array.from({ length: 5_001 }, () => request)), 'too_large'],
    [[{ ...request, service_request_id: 'x'.repeat(300) }], 'value'],
  ])('%# %.40s', (body, reason) => {
    expect(decode(body)).toMatchObject({ refused: reason });
  });
});

it.each([
  { changeset: '2026-01-01', endpoints: [{ specification: 'GeoReport_v2', url: 'https://city.example/v2' }] },
  '<?xml version="1.0"?><discovery><changeset>2026-01-01</changeset><endpoints/></discovery>',
])('refuses a discovery document as what it is: %j', (body) => {
  expect(decode(body)).toMatchObject({ refused: 'unsupported' });
});
