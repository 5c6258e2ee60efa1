import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { createContext, type Door } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { refusalIn } from './refusal.ts';
import { appRouter } from './router.ts';
import { longestFile } from './station/station.ts';

export const apiPath = '/trpc/';
const longestBodyBytes = 256 * 1024;
/** A file travels as a JSON string, in which Chinese letters take up to three bytes. Alone in its request. */
const fileBodies: ReadonlyMap<string, number> = new Map([[`${apiPath}station.preview`, 3 * longestFile]]);
const mostInABatch = 20;

const commasIn = (path: string): number => path.split(',').length - 1;

/** The procedures over HTTP, as a listener for requests below `apiPath`. */
export function createApi(deps: ApiDeps, door: Door): (request: IncomingMessage, response: ServerResponse) => void {
  const handlerFor = (maxBodySize: number) =>
    createHTTPHandler({
      router: appRouter,
      basePath: apiPath,
      createContext: createContext(deps, door),
      maxBodySize,
      allowBatching: true,
      onError: ({ error, path }) => {
        if (refusalIn(error).fault) door.onFault(error.cause ?? error, path ?? '');
      },
      responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
    });
  const handler = handlerFor(longestBodyBytes);
  const files = new Map(Array.from(fileBodies, ([path, bytes]) => [path, handlerFor(bytes)]));
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (commasIn(path) >= mostInABatch) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('too many in one batch\n');
      return;
    }
    (files.get(path) ?? handler)(request, response);
  };
}
