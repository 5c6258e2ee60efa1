import type { IncomingMessage } from 'node:http';

type Request = Pick<IncomingMessage, 'headers'> & { readonly socket: { readonly remoteAddress?: string | undefined } };

const oneOf = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();

/** The last entry is what our own proxy saw; those before it are what it was told. */
export function addressOf(request: Request, trustProxy: boolean): string {
  const seen = request.socket.remoteAddress ?? '';
  if (!trustProxy) return seen.replace(/^::ffff:/, '');
  const told = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return (told || seen).replace(/^::ffff:/, '').slice(0, 64);
}

export const hostOf = (request: Request, trustProxy: boolean): string | undefined =>
  (trustProxy ? oneOf(request.headers['x-forwarded-host']) : undefined) ?? request.headers.host;

/**
 * A form or an image of another site can send our cookie, but neither this header nor our origin. Browsers name the origin on every
 * POST; programs that name none have to send the header all the same.
 */
export function comesFromOurPages(request: Request, trustProxy: boolean): boolean {
  const { origin } = request.headers;
  if (request.headers['x-one-network'] !== '1') return false;
  if (request.headers['sec-fetch-site'] === 'cross-site') return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host.toLowerCase() === hostOf(request, trustProxy)?.toLowerCase();
}
