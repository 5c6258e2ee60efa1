import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { createContext, type Door } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { refusalIn } from './refusal.ts';
import { appRouter } from './router.ts';

export const apiPath = '/trpc/';
const longestBodyBytes = 256 * 1024;
const mostInABatch = 20;

const commasIn = (path: string): number => path.split(',').length - 1;

/** The procedures over HTTP, as a listener for requests below `apiPath`. */
export function createApi(deps: ApiDeps, door: Door): (request: IncomingMessage, response: ServerResponse) => void {
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: apiPath,
    createContext: createContext(deps, door),
    maxBodySize: longestBodyBytes,
    allowBatching: true,
    onError: ({ error, path }) => {
      if (refusalIn(error).fault) door.onFault(error.cause ?? error, path ?? '');
    },
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  });
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (commasIn(path) >= mostInABatch) {
      response.writeHead(400, { 'content-type': 'text/plain' }).end('too many in one batch\n');
      return;
    }
    handler(request, response);
  };
}
