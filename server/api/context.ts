import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '@/server/access/access.ts';
import type { Session } from '@/server/access/session.ts';
import type { Visitor } from '@/server/access/sign-in.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { ApiDeps } from './deps.ts';
import { addressOf, comesFromOurPages } from './request.ts';

/** Who is there, and what the door itself needs to know. */
export type Door = {
  readonly access: Access;
  readonly demo: boolean;
  readonly mapboxToken: string | null;
  readonly trustProxy: boolean;
  /** What went wrong without being a refusal; the caller learns nothing of it. */
  readonly onFault: (error: unknown, path: string) => void;
};

export type ApiContext = {
  readonly deps: ApiDeps;
  readonly door: Door;
  readonly session: Session | null;
  readonly actor: Actor | null;
  readonly visitor: Visitor;
  /** Sent by a page of ours: only those may change something (CSRF). */
  readonly fromOurPages: boolean;
  setCookie(cookie: string): void;
};

export type SignedContext = ApiContext & { readonly session: Session; readonly actor: Actor };

export const createContext =
  (deps: ApiDeps, door: Door) =>
  async ({ req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<ApiContext> => {
    const session = await door.access.authenticate(req.headers.cookie);
    return {
      deps,
      door,
      session,
      actor: session?.actor ?? null,
      visitor: { address: addressOf(req, door.trustProxy), agent: req.headers['user-agent'] ?? null },
      fromOurPages: comesFromOurPages(req, door.trustProxy),
      setCookie: (cookie) => {
        res.appendHeader('set-cookie', cookie);
      },
    };
  };
