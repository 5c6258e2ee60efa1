import { afterEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../contract.ts';
import { fhir } from '../fhir/fhir.ts';
import { report, table } from '../fhir/testing/resources.ts';
import { ngsi } from '../ngsi/ngsi.ts';
import { keyValues, normalizedV2 } from '../ngsi/testing/entities.ts';
import { open311 } from '../open311/open311.ts';
import { request, xmlOf } from '../open311/testing/answers.ts';
import { sensorthings } from '../sensorthings/sensorthings.ts';
import { expandedObservation } from '../sensorthings/testing/answers.ts';
import { openHttpPush } from './http-push.ts';
import { memoryPort } from './testing/memory-port.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(protocol: Protocol) {
  const memory = memoryPort();
  const listener = openHttpPush({
    listenPort: 0,
    port: memory.port,
    feeds: [{ id: 'source', protocol, crs: 'wgs84' }],
    authenticate: () => ({ feedId: 'source', department: 'water' }) as never,
    schema: () => ({}),
  });
  closers.push(() => listener.close());
  await listener.ready;
  return async (type: string, body: string) => {
    const response = await fetch(`http://127.0.0.1:${listener.address()?.port}/v1/${protocol.id}`, {
      method: 'POST',
      headers: { authorization: 'Bearer t', 'content-type': type },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
}

describe('documents over HTTP, without options', () => {
  it.each([
    [ngsi, 'application/ld+json', JSON.stringify(keyValues), 2],
    [ngsi, 'application/json; charset=utf-8', JSON.stringify({ subscriptionId: 's', data: [normalizedV2] }), 2],
    [sensorthings, 'application/json', JSON.stringify(expandedObservation), 1],
    [open311, 'text/xml', xmlOf([request]), 1],
    [open311, 'application/json', JSON.stringify([request]), 1],
    [fhir, 'application/fhir+json', JSON.stringify(report), 2],
    [fhir, 'text/csv', table, 2],
  ] as [Protocol, string, string, number][])(
    '%# is stored once and known the second time',
    async (protocol, type, body, count) => {
      const post = await start(protocol);
      expect(await post(type, body)).toMatchObject({
        status: 200,
        body: { accepted: count, duplicate: 0, refused: 0 },
      });
      expect(await post(type, body)).toMatchObject({ status: 200, body: { accepted: 0, duplicate: count } });
    },
  );

  it('a table with dates that can be read in two ways is refused with the reason', async () => {
    const post = await start(fhir as Protocol);
    const answer = await post('text/csv', table.replace('2026-06-14', '6/5/2026'));
    expect(answer).toMatchObject({ status: 400, body: { refused: 1, results: [{ reason: 'value' }] } });
  });

  it('a media type that the protocol does not come in is refused', async () => {
    const post = await start(ngsi as Protocol);
    expect((await post('text/csv', 'a,b')).status).toBe(415);
  });
});
