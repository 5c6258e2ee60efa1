import type { IncomingMessage } from 'node:http';
import { type PushAnswer, problem } from './push-answer.ts';

type Route = { readonly protocol: string; readonly types: readonly string[] };

/** Path → the protocol spoken there and the media types it takes. */
const routes = new Map<string, Route>([
  ['/v1/push', { protocol: 'push', types: ['application/json', 'application/x-ndjson', 'application/jsonl'] }],
  [
    '/v1/cap',
    {
      protocol: 'cap',
      types: ['application/cap+xml', 'application/xml', 'text/xml', 'application/atom+xml', 'application/rss+xml'],
    },
  ],
  ['/v1/ngsi', { protocol: 'ngsi', types: ['application/json', 'application/ld+json', 'application/geo+json'] }],
  ['/v1/sensorthings', { protocol: 'sensorthings', types: ['application/json'] }],
  ['/v1/open311', { protocol: 'open311', types: ['application/xml', 'text/xml', 'application/json'] }],
  ['/v1/csv', { protocol: 'csv', types: ['text/csv', 'application/csv', 'application/vnd.ms-excel'] }],
  ['/v1/fhir', { protocol: 'fhir', types: ['application/fhir+json', 'application/json', 'text/csv'] }],
]);

/** Where a request wants to go, or the answer that it goes nowhere. */
export function routeOf(request: IncomingMessage): Route | 'schema' | PushAnswer {
  const path = (request.url ?? '').split('?')[0] as string;
  if (path === '/v1/schema') {
    const reading = request.method === 'GET' || request.method === 'HEAD';
    return reading ? 'schema' : problem(405, 'method', 'GET only', { allow: 'GET' });
  }
  const route = routes.get(path);
  if (!route) return problem(404, 'path', `there is ${[...routes.keys()].join(', ')} and /v1/schema`);
  return request.method === 'POST' ? route : problem(405, 'method', 'POST only', { allow: 'POST' });
}

/** The headers that speak about the body, judged before a byte of it is read. */
export function bodyCoding(request: IncomingMessage, route: Route, limit: number): 'identity' | 'gzip' | PushAnswer {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!route.types.includes(type)) return problem(415, 'media_type', `one of ${route.types.join(', ')}`);
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding !== 'identity' && coding !== 'gzip') return problem(415, 'content_encoding', 'gzip or none');
  return announced(request) > limit ? tooLarge(limit) : coding;
}

/** Bytes of the body as the sender says; 0 where it does not. */
export const announced = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0);

export const tooLarge = (limit: number): PushAnswer =>
  problem(413, 'too_large', `at most ${limit} bytes, unpacked too; send smaller batches`);
