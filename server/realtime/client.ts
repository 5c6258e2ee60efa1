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
  readonly sender: FrameSender;
  readonly connectedAt: number;
};
