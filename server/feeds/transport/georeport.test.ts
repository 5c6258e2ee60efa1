import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { open311 } from '../open311/open311.ts';
import { parseXmlText } from '../parse-xml.ts';
import { push } from '../push/protocol.ts';
import { geoReportPath, readFiling, writeErrors, writeServices } from './georeport.ts';
import { type HttpPushSettings, openHttpPush } from './http-push.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const services = [
  { code: '0103', name: '井盖缺失', group: '市政' },
  { code: 'a/b', name: 'R & D' },
];

async function start(more: Partial<HttpPushSettings> = {}, memory = memoryPort()) {
  const listener = openHttpPush({
    listenPort: 0,
    port: memory.port,
    feeds: [
      {
        id: 'desk',
        protocol: open311 as Protocol,
        crs: 'wgs84',
        kinds: ['case'],
        options: { services, jurisdiction: 'nanjing' },
      },
      { id: 'calls', protocol: push as Protocol, crs: 'wgs84' },
    ],
    authenticate: (token) =>
      token === 'key' || token === 'other' ? { feedId: token === 'key' ? 'desk' : 'calls', department: 'x' } : null,
    schema: () => ({}),
    now: () => Date.parse('2026-07-01T00:00:00Z'),
    ...more,
  });
  closers.push(() => listener.close());
  await listener.ready;
  const base = `http://127.0.0.1:${listener.address()?.port}/v1/open311`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${base}/${path}`, init);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
      headers: response.headers,
    };
  };
  const file = (fields: Record<string, string>, path = 'requests.json') =>
    ask(path, { method: 'POST', body: new URLSearchParams(fields) });
  return { memory, ask, file };
}

const report = {
  api_key: 'key',
  service_code: '0103',
  lat: '32.05',
  long: '118.79',
  description: '路口井盖 <缺失>',
  phone: '13800000000',
  email: 'a@b.example',
};

describe('a report filed after GeoReport v2', () => {
  it('becomes a case, and is answered with its number in the format asked for', async () => {
    const { memory, file } = await start();
    const answer = await file(report);
    expect(answer).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
    const [receipt] = JSON.parse(answer.text) as [{ service_request_id: string }];
    expect(receipt).toMatchObject({
      service_request_id: expect.stringMatching(/^20260701-[0-9a-f]{10}$/),
      account_id: null,
    });
    expect(memory.records()).toMatchObject([
      {
        kind: 'case',
        number: receipt.service_request_id,
        class: '0103',
        title: '井盖缺失',
        text: '路口井盖 <缺失>',
        state: 'new',
        geometry: { type: 'Point', coordinates: [118.79, 32.05] },
        observedAt: Date.parse('2026-07-01T00:00:00Z'),
        quality: { state: 'good', flags: [] },
      },
    ]);
    // Who filed it is kept nowhere.
    expect(JSON.stringify(memory.deliveries)).not.toMatch(/13800000000|b\.example/);
    expect(Buffer.from(memory.deliveries[0]?.delivery.raw ?? []).toString()).not.toMatch(/13800000000|b\.example|key/);

    const xml = await file({ ...report, lat: '32.06' }, 'requests.xml');
    expect(xml.type).toBe('text/xml; charset=utf-8');
    const root = parseXmlText(xml.text, () => 0);
    expect('refused' in root ? null : root.children[0]?.children[0]).toMatchObject({ name: 'service_request_id' });
  });

  it('filed again within ten minutes has the same number and is one case', async () => {
    const { memory, file } = await start();
    const [first, again, another] = [
      await file(report),
      await file(report),
      await file({ ...report, description: 'b' }),
    ];
    expect(again.text).toBe(first.text);
    expect(another.text).not.toBe(first.text);
    expect(memory.records()).toHaveLength(2);
  });

  it('may have its key in the query or as a bearer, its place as words, and attributes', async () => {
    const { memory, ask } = await start();
    const body = new URLSearchParams({
      service_code: '0103',
      address_string: '中山路 1 号',
      'attribute[DEPTH]': '20 cm',
    });
    expect((await ask('requests.json?api_key=key', { method: 'POST', body })).status).toBe(200);
    const headers = { authorization: 'Bearer key' };
    body.set('description', 'x');
    expect((await ask('requests.json', { method: 'POST', body, headers })).status).toBe(200);
    expect(memory.records()).toMatchObject([
      { place: '中山路 1 号', geometry: null, text: 'DEPTH: 20 cm' },
      { text: 'x\nDEPTH: 20 cm' },
    ]);
  });

  it.each([
    [{ ...report, api_key: '' }, 403, 'the api_key was not provided'],
    [{ ...report, api_key: 'wrong' }, 403, 'the api_key was not found'],
    [{ ...report, api_key: 'other' }, 403, 'the api_key was not found'],
    [{ ...report, service_code: '' }, 400, 'service_code was not provided'],
    [{ ...report, service_code: '9' }, 404, 'service_code was not found'],
    [{ ...report, jurisdiction_id: 'elsewhere' }, 404, 'jurisdiction_id was not found'],
    [{ ...report, lat: '' }, 400, 'lat and long go together'],
    [{ ...report, lat: '91' }, 400, 'lat is not in degrees (WGS84)'],
    [
      { api_key: 'key', service_code: '0103' },
      400,
      'a location was not provided: lat and long, address_string or address_id',
    ],
    [{ ...report, description: 'x'.repeat(4_001) }, 400, 'description is longer than 4000 characters'],
  ])('%# is refused in the shape of the standard', async (fields, status, description) => {
    const { memory, file } = await start();
    const json = await file(fields as Record<string, string>);
    expect([json.status, JSON.parse(json.text)]).toEqual([status, [{ code: status, description }]]);
    const xml = await file(fields as Record<string, string>, 'requests.xml');
    expect(xml.text).toBe(
      `<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>${status}</code><description>${description}</description></error></errors>`,
    );
    expect(memory.records()).toEqual([]);
  });

  it('is filed again when it could not be stored, under the same number', async () => {
    let stored = false;
    const { file } = await start(
      {},
      memoryPort(async () => stored),
    );
    const away = await file(report);
    expect([away.status, away.headers.get('retry-after'), JSON.parse(away.text)[0].code]).toEqual([503, '5', 503]);
    stored = true;
    expect((await file(report)).status).toBe(200);
  });

  it('guessing keys and flooding are slowed down in the same shape', async () => {
    const { file } = await start({
      limits: { failures: { perSecond: 0.001, burst: 1 }, requests: { perSecond: 0.001, burst: 1 } },
    });
    expect((await file({ ...report, api_key: 'a' })).status).toBe(403);
    expect(await file({ ...report, api_key: 'b' })).toMatchObject({
      status: 429,
      text: '[{"code":429,"description":"slow down"}]',
    });
    expect((await file(report)).status).toBe(200);
    expect((await file(report)).status).toBe(429);
  });

  it('too long a form, or another kind of body, is refused', async () => {
    const { ask, file } = await start();
    expect((await file({ ...report, description: 'x'.repeat(70_000) })).status).toBe(413);
    expect(
      await ask('requests.json', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    ).toMatchObject({ status: 400 });
  });
});

describe('what may be filed', () => {
  it('is listed, and each service has a definition', async () => {
    const { ask } = await start();
    const json = await ask('services.json');
    expect(JSON.parse(json.text)[0]).toMatchObject({
      service_code: '0103',
      service_name: '井盖缺失',
      metadata: false,
      group: '市政',
    });
    expect((await ask('services.xml?jurisdiction_id=nanjing')).text).toContain(
      '<service_name>R &amp; D</service_name>',
    );
    expect((await ask('services/0103.json')).text).toBe('{"service_code":"0103","attributes":[]}');
    expect((await ask('services/a%2Fb.xml')).text).toContain('<service_code>a/b</service_code>');
    expect((await ask('services/9.json')).status).toBe(404);
  });

  it.each([
    ['requests.json', 'GET', 404],
    ['services.json', 'DELETE', 405],
    ['tokens/1.json', 'GET', 404],
    ['requests', 'POST', 404],
  ])('%s by %s is %i', async (path, method, status) => {
    const { ask } = await start();
    const answer = await ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(String(status));
  });
});

describe('paths and texts', () => {
  it('tell formats apart', () => {
    expect(geoReportPath('/v1/open311')).toBeNull();
    expect(geoReportPath('/v1/open311/requests.json?x=1')).toEqual({ kind: 'requests', format: 'json' });
    expect(geoReportPath('/v1/open311/services/%E0%A4%A.xml')).toMatchObject({ kind: 'service', code: '%E0%A4%A' });
  });

  it('XML holds nothing that would break it', () => {
    expect(writeErrors('xml', { status: 400, description: 'a<b&\u0001c' })).toContain(
      '<description>a&lt;b&amp;c</description>',
    );
    expect(writeServices('json', [])).toBe('[]');
  });

  it('without a list of services anything may be filed', () => {
    const form = new URLSearchParams({ service_code: 'x', address_id: '7' });
    expect(readFiling(form, { services: [], jurisdiction: null })).toMatchObject({
      serviceCode: 'x',
      serviceName: null,
      addressId: '7',
    });
  });
});
