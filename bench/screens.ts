import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { io, type Socket } from 'socket.io-client';
import { parser } from '@/server/wire/packet.ts';
import type { ClientEvents, ServerEvents } from '@/server/wire/realtime.ts';
import { type Emit, percentiles } from './figures.ts';
import { isBuilt, runServer } from './server-process.ts';
import { withFolder } from './with-folder.ts';

type Screen = Socket<ServerEvents, ClientEvents>;
const commandsToSend = 300;
const unit = 'patrol-car-1101';
const headers = { 'content-type': 'application/json', 'x-one-network': '1' };

async function signIn(url: string, account: string): Promise<string> {
  const answer = await fetch(`${url}/trpc/session.signIn`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ account, password: 'demo-2026' }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function openScreen(url: string, cookie: string): Promise<Screen> {
  const socket: Screen = io(url, {
    transports: ['websocket'],
    parser,
    forceNew: true,
    extraHeaders: { cookie, origin: url },
  });
  await new Promise<void>((done, fail) => {
    socket.once('connect_error', fail);
    socket.once('snapshot', () => done());
    socket.once('welcome', () => socket.emit('subscribe', { position: null, epoch: null }));
  });
  return socket;
}

/** One operator's command until it is on another operator's socket: HTTP, permission, commit, seal, records. */
export const screens = (emit: Emit): Promise<void> =>
  withFolder('bench-screens', async (folder) => {
    if (!isBuilt()) return emit({ bench: 'screens', skipped: 'nothing is built: npm run build' });
    const server = await runServer(folder);
    const [one, two] = [await signIn(server.url, 'operator1'), await signIn(server.url, 'operator2')];
    const other = await openScreen(server.url, two);
    // One command at a time: the next change of this unit is the one that was asked for.
    let arrived: ((at: number) => void) | null = null;
    other.on('records', (batch) => {
      if (batch.changes.some((change) => change.type === 'unit' && change.id === unit)) arrived?.(performance.now());
      other.emit('seen', { upTo: batch.upTo });
    });
    const acknowledged: number[] = [];
    const shown: number[] = [];
    for (let turn = 0; turn < commandsToSend; turn++) {
      const arrives = new Promise<number>((done) => {
        arrived = done;
      });
      const sent = performance.now();
      const answer = await fetch(`${server.url}/trpc/unit.change`, {
        method: 'POST',
        headers: { ...headers, cookie: one },
        body: JSON.stringify({
          commandId: randomUUID(),
          move: 'rest',
          unit,
          rest: turn % 2 ? 'available' : 'busyDivertible',
        }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      acknowledged.push(performance.now() - sent);
      shown.push((await arrives) - sent);
    }
    emit({
      bench: 'screens',
      what: 'command sent → acknowledged; command sent → on the other screen’s socket',
      commands: commandsToSend,
      acknowledgedMs: percentiles(acknowledged),
      otherScreenMs: percentiles(shown),
    });
    other.disconnect();
    await server.stop();
  });
