import { createHash } from 'node:crypto';
import type { Server, Socket } from 'socket.io';
import type { Actor } from '@/server/domain/role.ts';
import type { Audience } from '@/server/live/cell-frames.ts';
import type { ClientEvents, ServerEvents } from '@/server/wire/realtime.ts';
import type { FrameSender } from './frame-sender.ts';

export type GatewaySocket = Socket<ClientEvents, ServerEvents>;
export type GatewayServer = Server<ClientEvents, ServerEvents>;

/** One connected screen. Each lane keeps its own state of it. */
export type Client = {
  readonly socket: GatewaySocket;
  readonly sessionId: string;
  readonly actor: Actor;
  readonly audience: Audience;
  readonly epoch: string;
  readonly sender: FrameSender;
  readonly connectedAt: number;
};

/**
 * What a position on the client's side belongs to: this database as seen by this viewer. Somebody else in the same window, other rights, or
 * a restored database make it another one, and then only a snapshot will do.
 */
export const epochOf = (database: string, actorId: string, audience: string): string =>
  createHash('sha256').update([database, actorId, audience].join('\n')).digest('base64url').slice(0, 22);
