import type { Actor } from '@/server/domain/role.ts';
import type { Client } from './client.ts';
import type { GatewayPorts } from './port.ts';

/**
 * Sessions are checked again while a socket is open: who was signed out is cut within seconds, who may see something else now has to come
 * in anew. While the check itself fails (database gone) nobody is cut: reading goes on, nothing new can be read anyway.
 */
export type SessionWatch = { check(): Promise<void>; revoke(sessionId: string): void };

export function createSessionWatch(
  clients: () => Iterable<Client>,
  { access, log }: Pick<GatewayPorts, 'access' | 'log'>,
): SessionWatch {
  let checking = false;

  function cut(client: Client, signedOut: boolean): void {
    if (signedOut) client.socket.emit('told', { kind: 'signed-out' });
    client.sender.hangUp();
  }

  function judge(valid: ReadonlyMap<string, Actor>, asked: ReadonlySet<string>): void {
    for (const client of [...clients()]) {
      if (!asked.has(client.sessionId)) continue;
      const actor = valid.get(client.sessionId);
      if (!actor) cut(client, true);
      else if (access.viewerClass(actor) !== client.audience.key || actor.id !== client.actor.id) cut(client, false);
    }
  }

  return {
    async check() {
      const asked = new Set([...clients()].map((client) => client.sessionId));
      if (checking || asked.size === 0) return;
      checking = true;
      try {
        judge(await access.stillValid([...asked]), asked);
      } catch (error) {
        log('warn', 'sessions could not be checked', { error: String(error) });
      } finally {
        checking = false;
      }
    },
    revoke(sessionId) {
      for (const client of [...clients()]) if (client.sessionId === sessionId) cut(client, true);
    },
  };
}
