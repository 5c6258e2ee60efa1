import type { IncomingMessage } from 'node:http';
import type { Authenticated, GatewayLimits, GatewayPorts } from './port.ts';

/** Who may open a socket at all: a page of our own origin with a session that holds. */
export type Handshake = {
  allow(request: IncomingMessage, answer: (refusal: string | null, allowed: boolean) => void): void;
  /** Who a request was found to be; asked once the socket is there. */
  who(request: IncomingMessage): Authenticated | null;
};

const oneOf = (header: string | string[] | undefined): string | undefined =>
  (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim();

/** A browser always names its origin on a WebSocket; it has to be the host it talks to. */
export function isOwnOrigin(request: IncomingMessage, trustProxy: boolean): boolean {
  const { origin } = request.headers;
  if (!origin || !URL.canParse(origin)) return false;
  const forwarded = trustProxy ? oneOf(request.headers['x-forwarded-host']) : undefined;
  const host = forwarded ?? request.headers.host;
  return host !== undefined && new URL(origin).host.toLowerCase() === host.toLowerCase();
}

export function createHandshake(
  { access, log }: Pick<GatewayPorts, 'access' | 'log'>,
  of: { trustProxy: boolean; limits: GatewayLimits; open: () => number },
): Handshake {
  const known = new WeakMap<IncomingMessage, Authenticated>();

  async function judge(request: IncomingMessage): Promise<string | null> {
    if (!isOwnOrigin(request, of.trustProxy)) return 'origin';
    if (of.open() >= of.limits.clients) return 'full';
    const found = await access.authenticate(request.headers.cookie);
    if (!found) return 'signed-out';
    known.set(request, found);
    return null;
  }

  return {
    allow(request, answer) {
      judge(request).then(
        (refusal) => answer(refusal, refusal === null),
        (error: unknown) => {
          log('warn', 'a session could not be checked', { error: String(error) });
          answer('unavailable', false);
        },
      );
    },
    who: (request) => known.get(request) ?? null,
  };
}
